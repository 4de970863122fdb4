/* One job: how much of each paper a list shows, and that it is found again as it was left.

   The density is a class on <html>, kept for all lists. "Two lines" is how a list looks before
   this runs, so a first visit never changes under the eye; the toolbar's room is reserved by
   lists.css. Who chose another density gets it once the page is parsed, before it is loaded. */

import { button, make, recall, remember } from "./dom.js";
import { PLACE } from "./store.js";

const NAMES = { titles: "Titles", lines: "Two lines", full: "Full" };
const list = document.querySelector("[data-list]");
const tools = document.querySelector("[data-tools]");
const seen = new WeakSet();
const shown = () => [...list.querySelectorAll(".bs-entry:not([hidden])")];
const abstracts = () => shown().map((entry) => entry.querySelector(".bs-abstract"));
const box = (entry) => entry.getBoundingClientRect();

/** Where the part of the window ends that the header and the toolbar cover. */
export const edge = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);

const topmost = () => shown().find((entry) => box(entry).bottom > edge() + 4);
const move = (entry, at) => scrollBy({ top: box(entry).top - at, behavior: "instant" });

/** Make a change; the entry at the top of the window stays where it is. */
function inPlace(change) {
  const entry = topmost();
  const at = entry && box(entry).top;
  change();
  if (entry) move(entry, at);
}

function start() {
  let density = recall(`${PLACE}density`);
  if (!Object.hasOwn(NAMES, density)) density = "lines";
  const isOpen = () => abstracts().every((abstract) => abstract.open);
  const openAll = (open) => abstracts().forEach((abstract) => { abstract.open = open; });

  const choices = Object.keys(NAMES).map((name) => button(NAMES[name], "bs-density", () => {
    remember(`${PLACE}density`, density = name);
    inPlace(() => {
      show();
      openAll(name === "full");
    });
  }));
  const fold = button("", "bs-tool bs-unfold", () => inPlace(() => openAll(!isOpen())));
  tools.append(
    make("div", { class: "bs-densities", role: "group", "aria-label": "Show" }, ...choices), fold);
  const label = () => {
    fold.textContent = isOpen() ? "Fold all" : "Unfold all";
    fold.setAttribute("aria-label", `${fold.textContent} abstracts`);
  };
  const show = () => Object.keys(NAMES).forEach((name, at) => {
    document.documentElement.classList.toggle(`bs-show-${name}`, name === density);
    choices[at].setAttribute("aria-pressed", name === density);
  });

  // A fresh visit starts anew; coming back or reloading finds the list as it was left.
  const place = () => `bs:${location.pathname}${location.search}`;
  let left = {};
  try {
    const [{ type }] = performance.getEntriesByType("navigation");
    if (type !== "navigate") left = JSON.parse(recall(place(), "sessionStorage")) ?? {};
  } catch {
    // Nothing that can be read: the list stays as it is.
  }
  // Entries may come late, by a filter: until the reader moves, the place is looked for again.
  let moved = false;
  for (const sign of ["wheel", "pointerdown", "keydown"]) {
    addEventListener(sign, () => { moved = true; }, { once: true, capture: true, passive: true });
  }
  const settle = () => {
    for (const abstract of abstracts().filter((one) => !seen.has(one))) {
      seen.add(abstract);
      abstract.open = (density === "full") !== Boolean(left.others?.includes(abstract.parentElement.id));
    }
    label();
    const find = (slug) => !moved && shown().find((entry) => entry.id === slug);
    const current = find(left.current);
    if (current) current.querySelector("a").focus({ preventScroll: true });
    const entry = find(left.top);
    if (entry) move(entry, left.at);
  };
  show();
  settle();
  if (!left.top) document.querySelector(":target")?.scrollIntoView();
  document.addEventListener("bs:entries", settle);
  list.addEventListener("toggle", label, true);
  // Looked up while reading: on leaving, some browsers have changed the layout already.
  let here = {};
  addEventListener("scroll", () => {
    const entry = topmost();
    here = entry ? { top: entry.id, at: box(entry).top } : {};
  }, { passive: true });
  addEventListener("pagehide", () => {
    const others = abstracts().filter((abstract) => abstract.open !== (density === "full"));
    remember(place(), JSON.stringify({
      ...here,
      current: list.querySelector(".bs-entry--current")?.id,
      others: others.map((abstract) => abstract.parentElement.id),
    }), "sessionStorage");
  });
}

if (list && tools) start();
