/* One job: reading by keyboard. The theme takes s, f, p, n and others at the window: this listens
   before it. All keys of one sign can be switched off, the theme's too: on the card, keys.html. */

import { box, edge, recall, remember, shown } from "./dom.js";

const THEME = "sf/pn,.";
const KEYS = {
  j: 1,
  k: -1,
  o: ".bs-entry__title a",
  u: "summary",
  s: "[data-act=save]",
  r: "[data-act=read]",
  x: "[data-act=select]",
};
const paper = document.querySelector(".bs-paper");
const card = document.querySelector("#bs-keys");
const use = card.querySelector("input");

/** The paper that keys are meant for; one that was scrolled away counts no more. */
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
  // Without a current paper a key only shows which one it would be for.
  if (!current()) return step(1);
  const control = current().querySelector(selector);
  control?.click();
  const pressed = control?.ariaPressed;
  if (pressed) card.nextElementSibling.value = pressed === "true" ? control.textContent : "Unmarked";
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  const busy = document.querySelector("dialog:is([open], :popover-open)");
  // The theme minds Ctrl and Meta, but neither Alt nor dialogs.
  if (event.altKey || busy) event.stopPropagation();
  if (event.ctrlKey || event.altKey || event.metaKey || busy) return;
  if (target.matches(":read-write, select")) return;
  const does = key === "?" || ((paper || shown().length) && KEYS[key]);
  if (does || (!use.checked && THEME.includes(key))) event.stopPropagation();
  if (!does || !use.checked || (event.repeat && !"jk".includes(key))) return;
  event.preventDefault();
  if (key === "?") card.showPopover();
  else if ("jk".includes(key)) step(does);
  else press(does);
}, true);

use.checked = recall("keys") !== "off";
use.onchange = () => remember("keys", use.checked ? "on" : "off");
