/* One job: Save, Read and Select at every paper of a page. A paper is read when its reader says
   so; opening its page is not reading it. The stylesheet keeps the room. */

import { button, make } from "./dom.js";
import { READ, SAVED, has, put, subscribe, usable, word } from "./store.js";

const ACTS = { save: [SAVED, "Save", "Saved"], read: [READ, "Mark read", "Read"] };
const slugs = new Map();
let said = false;

function show() {
  for (const [box, slug] of slugs) {
    const paper = box.closest(".bs-entry, .bs-paper");
    for (const act in ACTS) {
      const [mark, off, on] = ACTS[act];
      const button = box.querySelector(`[data-act=${act}]`);
      button.ariaPressed = has(mark, slug);
      button.textContent = has(mark, slug) ? on : off;
      paper.classList.toggle(`bs-entry--${mark}`, has(mark, slug));
    }
  }
}

function add() {
  for (const box of slugs.keys()) if (!box.isConnected) slugs.delete(box);
  for (const place of document.querySelectorAll(".bs-entry[id], [data-acts]")) {
    let box = place.querySelector(".bs-acts");
    if (!box) {
      box = make("div", { class: "bs-acts" },
        ...Object.keys(ACTS).map((act) => make("button", { type: "button", "data-act": act })),
        make("label", {}, make("input", { type: "checkbox", "data-act": "select" }), "Select"));
      if (place.id) place.append(box);
      else place.prepend(box);
    }
    slugs.set(box, place.id || place.closest("[data-paper]").dataset.paper);
  }
  show();
}

/** What stands in the way of keeping marks, once a page. */
function say() {
  if (said || !word()) return;
  said = true;
  const note = make("p", { class: "bs-word", role: "status" });
  document.body.append(note);
  note.append(word(), button("Close", "bs-tool", () => note.remove()));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".bs-acts button[data-act]");
  const slug = slugs.get(button?.parentNode);
  if (slug) {
    const [mark] = ACTS[button.dataset.act];
    put(mark, slug, !has(mark, slug));
    say();
  }
});

document.addEventListener("bs:entries", add);
subscribe(show);
add();
// Of a store that was mended the reader is told at once: from now on it is whole.
if (usable()) say();
