/* One job: what every page has: the colours' button, the tabs, the keys, the way to the search. */

import { attempt, root } from "./dom.js";
import "./opener.js";
import "./reading-keys.js";
import "./visits.js";

const $ = (selector) => document.querySelector(selector);

// Kept as the theme keeps them, whose switch pages by hand may have.
const KEY = `${root.pathname}.__palette`;
const WAYS = [["", "as your system", "light"], [": light", "light", "dark"], [": dark", "dark", "your system's"]];
const system = matchMedia("(prefers-color-scheme: dark)");
const colours = $(".bs-colours");
let way = attempt(() => JSON.parse(localStorage.getItem(KEY)).index);
if (!WAYS[way]) way = 0;

function paint() {
  const [, is, next] = WAYS[way];
  colours.dataset.is = is;
  colours.title = colours.ariaLabel = `Colours: ${is}. Switch to ${next}`;
  document.body.dataset.mdColorScheme = way === 2 || (!way && system.matches) ? "slate" : "default";
  return document.body.dataset.mdColorScheme;
}

colours.onclick = () => {
  way = (way + 1) % 3;
  const color = { media: `(prefers-color-scheme${WAYS[way][0]})`, scheme: paint(), primary: "custom", accent: "custom" };
  attempt(() => localStorage.setItem(KEY, JSON.stringify({ index: way, color })));
};
system.onchange = paint;
paint();

// In a strip of tabs the one of the page is seen.
const tab = $(".bs-tabs [aria-current]");
if (tab) $(".bs-tabs ul").scrollLeft = tab.offsetLeft - 60;
