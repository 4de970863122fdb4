/* One job: the papers that a reader has ticked, over all pages and as long as the tab lives, and
   the bar with what can be done with them. */

import { cite as openCite, part, recall, remember, slugOf } from "./dom.js";
import { putAll, word } from "./store.js";

const TICK = "[data-act=select]";
const bar = await part(".bs-bar");
const [count, cite, save, read, clear] = bar.children;
let selected, last;

function show() {
  for (const tick of document.querySelectorAll(TICK)) tick.checked = selected.has(slugOf(tick));
  bar.hidden = !selected.size;
  count.textContent = `${selected.size} selected`;
  remember("selected", [...selected].join(" "), "sessionStorage");
}

function pull() {
  selected = new Set(recall("selected", "sessionStorage")?.match(/[\w-]+/g));
  show();
}

function put(mark, name = mark) {
  putAll(mark, [...selected], true);
  count.textContent = word() || `${selected.size} ${name}`;
}

cite.onclick = () => openCite([...selected]);
save.onclick = () => put("saved");
read.onclick = () => put("read", "marked as read");
clear.onclick = () => {
  selected.clear();
  show();
  last?.focus({ preventScroll: true });
};

/** A paper was ticked, or no longer is. */
export function tick(box, on) {
  last = box;
  selected[on ? "add" : "delete"](slugOf(box));
  show();
}

document.addEventListener("bs:entries", show);
// On the way back the browser fills in boxes as they were.
addEventListener("pageshow", pull);
pull();
