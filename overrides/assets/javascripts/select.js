/* One job: the papers that a reader has ticked, and the bar with what can be done with them. A
   selection lives as long as its tab: through looks into papers, over the pages of a list. */

import { openCite } from "./cite.js";
import { button, make, recall, remember } from "./dom.js";
import { PLACE, READ, SAVED, putAll, word } from "./store.js";

const KEY = `${PLACE}selected`;
const SLUGS = /[a-z0-9-]{1,120}/g;
const selected = new Set();
let last;

const slugOf = (box) => box.closest("[data-paper]")?.dataset.paper ?? box.closest("[id]")?.id;

const pull = () => {
  selected.clear();
  for (const slug of recall(KEY, "sessionStorage")?.match(SLUGS) ?? []) selected.add(slug);
  show();
};

const keep = () => {
  remember(KEY, [...selected].join(" "), "sessionStorage");
  show();
};

const put = (mark, name) => {
  putAll(mark, [...selected], true);
  count.textContent = word() || `${selected.size} ${name}`;
};

const clear = () => {
  selected.clear();
  keep();
  last?.focus({ preventScroll: true });
};

const count = make("span", { role: "status" });
const bar = make("section", { class: "bs-bar", "aria-label": "Selected papers" }, count,
  button("Cite", "bs-tool", () => openCite([...selected])),
  button("Save", "bs-tool", () => put(SAVED, "saved")),
  button("Mark read", "bs-tool", () => put(READ, "marked as read")),
  button("Clear", "bs-tool", clear));

function show() {
  const boxes = document.querySelectorAll("[data-act=select]");
  for (const box of boxes) box.checked = selected.has(slugOf(box));
  bar.hidden = !selected.size || !boxes.length;
  count.textContent = `${selected.size} selected`;
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-act=select]")) return;
  last = target;
  selected[target.checked ? "add" : "delete"](slugOf(target));
  keep();
});
document.addEventListener("bs:entries", show);
// On the way back the browser fills in boxes as they were.
addEventListener("pageshow", pull);
document.querySelector("article.md-typeset").append(bar);
pull();
