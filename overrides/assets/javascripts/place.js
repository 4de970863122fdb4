/* One job: a list as its reader left it: density, unfolded abstracts, place and focus; and the way to
   its filters. */

import { abstract, box, edge, idle, recall, remember, sheet, shown } from "./dom.js";

const $ = (selector) => document.querySelector(selector);
const here = () => location.pathname + location.search;

// Coming back finds it by the paper at the top of the window; a fresh visit starts anew.
const [{ type } = {}] = performance.getEntriesByType("navigation");
const left = type !== "navigate" && recall(here(), "sessionStorage");
let [top, at, held, ...unfolded] = (left || "").split(" ");
let begun, coming = left && location.search;
history.scrollRestoration = "manual";

function look({ type }) {
  begun ||= type !== "scroll";
  if (coming && !begun) return;
  draw();
  const entry = shown().find((one) => box(one).bottom > edge() + 4);
  if (entry) [top, at] = [entry.id, box(entry).top];
}

function putBack() {
  const entry = shown().find(({ id }) => id === top);
  if (entry) scrollBy({ top: box(entry).top - at, behavior: "instant" });
}

function settle(late) {
  coming &&= !late; // What is filtered comes then.
  if (begun) return;
  for (const entry of shown()) abstract(entry).open ||= unfolded.includes(entry.id);
  putBack();
  shown().find(({ id }) => id === held)?.querySelector("a").focus({ preventScroll: true });
}

// The stylesheet leaves them out if they are far down.
const rest = shown();
function draw() {
  for (const entry of rest.splice(0, left || location.hash ? 99 : 2)) entry.dataset.drawn = "";
  if (rest.length) idle(draw);
}

const isWhole = () => shown().every((entry) => abstract(entry).open);
const choices = $(".bs-densities"), fold = $(".bs-unfold");
if (choices) {
  for (const radio of choices.elements) radio.checked ||= radio.value === recall("density");
  fold.hidden = false;
  choices.onchange = ({ target }) => {
    remember("density", target.value);
    putBack();
  };
  fold.onclick = () => {
    const open = !isWhole();
    for (const entry of shown()) abstract(entry).open = open;
    putBack();
  };
  const tell = () => fold.toggleAttribute("data-all", isWhole());
  for (const sign of ["toggle", "bs:entries"]) document.addEventListener(sign, tell, true);
}

// Other lists have theirs from the start.
const filter = $('[data-list*=":"] .bs-filter');
if (filter) {
  const load = () => sheet("filters").then(() => import("./filters.js"));
  filter.hidden = false;
  filter.onclick = () => load().then(() => filter.click());
  if (location.search) {
    const list = $("[data-list]");
    list.ariaBusy = true; // Until filters.js has looked.
    load().catch(() => (list.ariaBusy = null));
  }
}
if ($(".bs-entries > .bs-entry--lazy")) import("./entries.js");

if (left || location.hash) draw();
settle();
document.addEventListener("bs:entries", settle);
for (const sign of ["scroll", "wheel", "pointerdown", "keydown"]) addEventListener(sign, look, true);
addEventListener("pagehide", () => {
  const slugs = shown().filter((entry) => abstract(entry).open).map(({ id }) => id);
  held = document.activeElement.closest(".bs-entry")?.id;
  // By now some browsers changed the layout.
  remember(here(), [top, at, held, ...slugs].join(" "), "sessionStorage");
});
