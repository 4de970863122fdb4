/* One job: a list as its reader left it: density, unfolded abstracts, place. Densities are radio
   buttons, which the stylesheet obeys. */

import { box, edge, recall, remember, shown } from "./dom.js";

const choices = document.querySelector(".bs-densities");
const fold = document.querySelector(".bs-unfold");
const abstract = (entry) => entry.querySelector(".bs-abstract");

// Coming back or reloading finds them again, by the paper at the top of the window and where it
// stood; a fresh visit starts anew.
const [{ type } = {}] = performance.getEntriesByType("navigation");
const left = type !== "navigate" && recall(location.pathname + location.search, "sessionStorage");
let [top, at, ...unfolded] = (left || "").split(" ");
let begun;
history.scrollRestoration = "manual";

function look({ type }) {
  begun ||= type !== "scroll";
  const entry = shown().find((one) => box(one).bottom > edge() + 4);
  if (entry) [top, at] = [entry.id, box(entry).top];
}

function putBack() {
  const entry = shown().find(({ id }) => id === top);
  if (entry) scrollBy({ top: box(entry).top - at, behavior: "instant" });
}

function settle() {
  // Papers may come late, but not after the reader has begun.
  if (begun) return;
  for (const entry of shown()) abstract(entry).open ||= unfolded.includes(entry.id);
  putBack();
}

for (const radio of choices.elements) radio.checked ||= radio.value === recall("density");
fold.hidden = false;
settle();

choices.onchange = ({ target }) => {
  remember("density", target.value);
  putBack();
};
fold.onclick = () => {
  const open = shown().some((entry) => !abstract(entry).open);
  for (const entry of shown()) abstract(entry).open = open;
  putBack();
};
document.addEventListener("bs:entries", settle);
for (const sign of ["scroll", "wheel", "pointerdown", "keydown"]) addEventListener(sign, look, true);
addEventListener("pagehide", () => {
  const slugs = shown().filter((entry) => abstract(entry).open).map(({ id }) => id);
  // By now some browsers changed the layout.
  remember(location.pathname + location.search, [top, at, ...slugs].join(" "), "sessionStorage");
});
