/* One job: the list of a page of the reader's own: saved, read, or new since the last visit. What
   a paper is comes from the index; while filters are on, they draw instead. */

import { openCite } from "./cite.js";
import { tally } from "./dom.js";
import { entry, loadIndex, sheet } from "./entries.js";
import { all, has, putAll, subscribe, word } from "./store.js";
import { visit } from "./visits.js";

const list = document.querySelector("[data-list]");
const [status, place] = list.querySelectorAll(".bs-status, .bs-entries");
const desk = document.querySelector("[data-desk]");
const undo = desk?.querySelector("[role=status] > span");
const mark = list.dataset.list;
let page = new URLSearchParams(location.search).get("page");
let slugs = [];
let index = { digests: [], bySlug: new Map() };
let words, drawn, cleared;

const marked = () => slugs.filter((slug) => has(mark, slug));

const paperOf = (slug) => index.bySlug.get(slug)
  ?? { slug, title: `${slug} (not in the list of all papers)`, tags: [], kinds: [], digests: [] };

function draw() {
  // What is taken out by hand stays in sight, to be put back.
  const here = new Set(slugs);
  if (desk) slugs.unshift(...all(mark).filter((slug) => !here.has(slug)));
  status.textContent = `${words ?? (slugs.length ? `${tally(marked().length)}.` : status.dataset.empty)} ${word()}`;
  const [shown, ways] = sheet(slugs, page, turn);
  if ("filtered" in list.dataset) drawn = null;
  else if (drawn !== (drawn = `${slugs.length} ${shown}`)) {
    place.replaceChildren(...shown.map((slug) => entry(paperOf(slug), index)), ways);
    document.dispatchEvent(new Event("bs:entries"));
  }
  const detail = { slugs: slugs.filter((slug) => index.bySlug.has(slug)) };
  document.dispatchEvent(new CustomEvent("bs:list", { detail }));
}

function turn(to) {
  page = to;
  history.replaceState(null, "", `?page=${page}`);
  draw();
  place.querySelector("a").focus();
}

async function findNew() {
  const { before, last } = await visit;
  if (!before?.includes) return;
  const isNew = (at) => !before.includes(index.digests[at].slug);
  // What an earlier digest had as well is not new.
  slugs = index.papers.filter(({ digests }) => digests.every(isNew)).map(({ slug }) => slug);
  const day = new Date(last).toLocaleDateString("en-GB", { dateStyle: "long" });
  words = `${tally(slugs.length)} new since your last visit, on ${day}.`;
}

const WAYS = {
  cite: () => openCite(marked()),
  clear() {
    [cleared, slugs] = [marked(), []];
    putAll(mark, cleared, false);
    undo.hidden = false;
  },
  undo() {
    undo.hidden = true;
    putAll(mark, cleared, true);
  },
};

desk?.addEventListener("click", ({ target }) => WAYS[target.value]?.());
try {
  index = await loadIndex();
  if (!desk) await findNew();
} catch (error) {
  words = error.message;
}
draw();
subscribe(draw);
document.addEventListener("bs:list?", draw);
