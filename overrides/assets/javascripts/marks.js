/* One job: Save, Read and Select at every paper of a page. A paper is read when its reader says
   so; opening its page is not reading it. */

import { slugOf } from "./dom.js";
import { has, putAll, subscribe, word } from "./store.js";

const ACTS = { save: ["saved", "Save", "Saved"], read: ["read", "Mark read", "Read"] };
const PAPER = ".bs-entry, .bs-paper";
const acts = document.querySelector("#bs-acts").content;
const note = document.querySelector("#bs-word");

function show() {
  for (const place of document.querySelectorAll(".bs-entry[id], [data-acts]")) {
    if (!place.querySelector("[data-act]")) place[place.id ? "append" : "prepend"](acts.cloneNode(true));
    const paper = place.closest(PAPER);
    for (const act in ACTS) {
      const [mark, off, on] = ACTS[act];
      const is = has(mark, slugOf(paper));
      const button = place.querySelector(`[data-act=${act}]`);
      Object.assign(button, { ariaPressed: is, textContent: is ? on : off });
      paper.classList.toggle(`bs-entry--${mark}`, is);
    }
  }
}

/** What stands in the way of keeping marks, once a page. */
function say() {
  if (note.textContent.includes(word())) return;
  note.showPopover();
  note.firstChild.textContent = word();
}

document.addEventListener("click", ({ target }) => {
  const [mark] = ACTS[target.dataset.act] ?? [];
  if (!mark) return;
  const slug = slugOf(target.closest(PAPER));
  putAll(mark, [slug], !has(mark, slug));
  say();
});
document.addEventListener("bs:entries", show);
subscribe(show);
show();
// Of marks that could not be read the reader is told at once.
say();
