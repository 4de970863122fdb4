/* One job: a list as its reader left it: its density, by radio buttons that the stylesheet obeys,
   unfolded abstracts, the place and the focus. */

import { abstract, box, edge, recall, remember, shown } from "./dom.js";

const here = () => location.pathname + location.search;

// Coming back finds it by the paper at the top of the window; a fresh visit starts anew.
const [{ type } = {}] = performance.getEntriesByType("navigation");
const left = type !== "navigate" && recall(here(), "sessionStorage");
let [top, at, held, ...unfolded] = (left || "").split(" ");
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
  shown().find(({ id }) => id === held)?.querySelector("a").focus({ preventScroll: true });
}

const [choices, fold] = document.querySelectorAll(".bs-densities, .bs-unfold");
if (choices) {
  for (const radio of choices.elements) radio.checked ||= radio.value === recall("density");
  fold.hidden = false;
  choices.onchange = ({ target }) => {
    remember("density", target.value);
    putBack();
  };
  fold.onclick = () => {
    const open = shown().some((entry) => !abstract(entry).open);
    for (const entry of shown()) abstract(entry).open = open;
    putBack();
  };
}

settle();
document.addEventListener("bs:entries", settle);
for (const sign of ["scroll", "wheel", "pointerdown", "keydown"]) addEventListener(sign, look, true);
addEventListener("pagehide", () => {
  const slugs = shown().filter((entry) => abstract(entry).open).map(({ id }) => id);
  held = document.activeElement.closest(".bs-entry")?.id;
  // By now some browsers changed the layout.
  remember(here(), [top, at, held, ...slugs].join(" "), "sessionStorage");
});
