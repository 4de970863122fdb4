/* One job: Save, Read and Select at every paper of a page. A paper is read when its reader says
   so; opening its page is not reading it. */

import { root, slugOf } from "./dom.js";
import { has, putAll, subscribe, word } from "./store.js";

const acts = document.querySelector("#bs-acts").content;
const note = document.querySelector("#bs-word");

function show() {
  for (const place of document.querySelectorAll(".bs-entry[id], [data-acts]")) {
    if (!place.querySelector("[data-act]")) place.append(acts.cloneNode(true));
    for (const button of place.querySelectorAll("[data-mark]")) {
      const { mark, off, on } = button.dataset;
      const is = has(mark, slugOf(button));
      Object.assign(button, { ariaPressed: is, textContent: is ? on : off });
      button.closest(".bs-entry, .bs-paper").classList.toggle(`bs-entry--${mark}`, is);
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
  const { mark } = target.dataset;
  if (!mark) return;
  const slug = slugOf(target);
  putAll(mark, [slug], !has(mark, slug));
  say();
});
document.addEventListener("bs:entries", show);
subscribe(show);
show();
// At once, if the page before has not.
if (!document.referrer.startsWith(root)) say();
