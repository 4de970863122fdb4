/* One job: reading by keyboard. The theme takes p, n and others at the window: this listens before
   it. The card, keys.html, can switch all of one sign off, the theme's too. */

import { box, edge, recall, remember, shown } from "./dom.js";

const THEME = "pn,.";
const paper = document.querySelector(".bs-paper");
const card = document.querySelector("#bs-keys");
const use = card.querySelector("input");

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
  if (is) card.nextElementSibling.value = is === "true" ? control.textContent : "Unmarked";
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  // The theme's drawer has no key of its own.
  if (key === "Escape") document.querySelector("#__drawer").checked = false;
  // The theme minds Ctrl and Meta, but neither Alt nor dialogs.
  const busy = event.altKey || document.querySelector("dialog[open]");
  if (busy) event.stopPropagation();
  if (busy || event.ctrlKey || event.metaKey) return;
  if (target.matches(":read-write, select")) return;
  const does = ("?/".includes(key) || paper || shown().length)
    && [...card.querySelectorAll("dt")].find((dt) => dt.textContent === key)?.dataset.to;
  if (does || (!use.checked && THEME.includes(key))) event.stopPropagation();
  if (!does || !use.checked || (event.repeat && !"jk".includes(key))) return;
  event.preventDefault();
  if (key === "?") card.showModal();
  else if ("/c".includes(key)) document.querySelector(does)?.click();
  else if ("jk".includes(key)) step(Number(does));
  else press(does);
}, true);

document.querySelector(".bs-keys")?.addEventListener("click", () => card.showModal());
use.checked = recall("keys") !== "off";
use.onchange = () => remember("keys", use.checked ? "" : "off");
