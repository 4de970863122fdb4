/* One job: reading by keyboard. The theme takes p, n and others at the window: this listens before
   it. The card of keys, in parts.htm, can switch all of one sign off, the theme's too. */

import { box, edge, make, part, recall, remember, shown } from "./dom.js";

/** What a key clicks at the current paper, or how far it goes; c, / and ? are of the page. */
const KEYS = { j: 1, k: -1, o: ".bs-entry__title a", u: "summary", s: "[data-act=save]", r: "[data-act=read]",
  x: "[data-act=select]", c: ".bs-bar:not([hidden]) button", "/": ".bs-find", "?": card };
const THEME = "pn,.";
const paper = document.querySelector(".bs-paper");
const told = make("output", { class: "bs-hidden" });

/** The paper that keys are for, unless it was scrolled away. */
function current() {
  const entry = document.querySelector(".bs-entry:focus-within");
  return entry && box(entry).bottom > edge() && box(entry).top < innerHeight ? entry : paper;
}

function step(by) {
  if (paper) return document.querySelector(`.bs-turn [rel=${by > 0 ? "next" : "prev"}]`)?.click();
  const entries = shown();
  const entry = current() ? entries[entries.indexOf(current()) + by]
    : entries.find((one) => box(one).top > edge() - 2);
  if (!entry) return by > 0 && document.querySelector(".bs-pager > :last-child")?.focus();
  entry.querySelector("a").focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

function press(selector) {
  // Without one it only shows which it would be.
  if (!current()) return step(1);
  const control = current().querySelector(selector);
  control?.click();
  const is = control?.ariaPressed;
  if (is) told.value = is === "true" ? control.textContent : "Unmarked";
}

async function card() {
  const dialog = await part("#bs-keys");
  const use = dialog.querySelector("input");
  use.checked = recall("keys") !== "off";
  use.onchange = () => remember("keys", use.checked ? "" : "off");
  dialog.showModal();
}

/** Its bar may still be on its way. */
async function citeSelected() {
  if (!recall("selected", "sessionStorage") && !document.querySelector("[data-act=select]:checked")) return;
  await import("./select.js");
  document.querySelector(KEYS.c)?.click();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  // The theme minds Ctrl and Meta, but neither Alt nor dialogs.
  const busy = event.altKey || document.querySelector("dialog[open]");
  if (busy) event.stopPropagation();
  if (busy || event.ctrlKey || event.metaKey) return;
  if (target.matches(":read-write, select")) return;
  const is = Object.hasOwn(KEYS, key) && ("?/".includes(key) || (paper ? !"ou".includes(key) : shown().length));
  const isOff = recall("keys") === "off";
  if (is || (isOff && THEME.includes(key))) event.stopPropagation();
  if (!is || isOff || (event.repeat && !"jk".includes(key))) return;
  event.preventDefault();
  if (key === "?") card();
  else if (key === "/") document.querySelector(KEYS[key]).click();
  else if (key === "c") citeSelected();
  else if ("jk".includes(key)) step(KEYS[key]);
  else press(KEYS[key]);
}, true);

document.body.append(told);
document.querySelector(".bs-keys")?.addEventListener("click", card);
