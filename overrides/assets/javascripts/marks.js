/* One job: Save, Read and Select at every paper of a page, and Cite. Opening a page is not reading it. */

import "./page.js";
import { button, cite, make, recall, root, sheet, slugOf } from "./dom.js";
import { has, putAll, subscribe, word } from "./store.js";

const act = (name, mark, off, on) =>
  make("button", { type: "button", "data-act": name, "data-mark": mark, "data-off": off, "data-on": on });
const acts = make("div", { class: "bs-acts" }, act("save", "saved", "Save", "Saved"), act("read", "read", "Mark read", "Read"),
  make("label", {}, make("input", { type: "checkbox", "data-act": "select" }), "Select"));
const note = make("div", { class: "bs-word", popover: "manual" }, make("span", { role: "status" }),
  button("Close", "bs-tool", () => note.hidePopover()));

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
async function say() {
  if (note.textContent.includes(word())) return;
  await sheet("dialogs");
  document.body.append(note);
  note.showPopover();
  note.firstChild.textContent = word();
}

/** What can be done with a selection, as soon as there is one. */
const selecting = () => import("./select.js");
const resume = () => recall("selected", "sessionStorage") && selecting();

document.addEventListener("click", ({ target }) => {
  const { mark } = target.dataset;
  if (!mark) return;
  const slug = slugOf(target);
  putAll(mark, [slug], !has(mark, slug));
  say();
});
document.addEventListener("change", ({ target }) => {
  const { checked } = target;
  if (target.matches("[data-act=select]")) selecting().then(({ tick }) => tick(target, checked));
});
addEventListener("pageshow", resume);
document.addEventListener("bs:entries", show);
subscribe(show);
show();
resume();
// At once, if the page before has not.
if (!document.referrer.startsWith(root)) say();

for (const label of document.querySelectorAll(".bs-cite > b")) {
  const { href, download, parentNode: line } = label.nextElementSibling;
  label.replaceWith(button("Cite", "bs-cite__label", () => cite([href], line.dataset.what, download.slice(0, -4))));
}
