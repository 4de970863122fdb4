/* One job: the list of a page of the reader's own: which papers are saved, read, or new since the last
   visit, and what can be done with them. filters.js draws them and tells which it shows. */

import { cite, tally } from "./dom.js";
import { loadIndex } from "./entries.js";
import { all, has, putAll, subscribe, word } from "./store.js";
import { visit } from "./visits.js";

const status = document.querySelector(".bs-status");
const desk = document.querySelector("[data-desk]");
const undo = desk?.querySelector("[role=status] > span");
const mark = status.parentNode.dataset.list;
let slugs = [];
let shown = [];
let words, cleared;

const marked = (of) => of.filter((slug) => has(mark, slug));

function tell() {
  // What is taken out by hand stays, to be put back.
  const here = new Set(slugs);
  if (desk) slugs.unshift(...all(mark).filter((slug) => !here.has(slug)));
  status.textContent = `${words ?? (slugs.length ? `${tally(marked(slugs).length)}.` : status.dataset.empty)} ${word()}`;
  document.dispatchEvent(new CustomEvent("bs:list", { detail: [...slugs] }));
}

async function findNew({ papers, digests }) {
  const { before, last } = await visit;
  const day = new Date(last);
  if (!before?.includes || isNaN(day)) return;
  const isNew = (at) => !before.includes(digests[at].slug);
  // What an earlier digest had is not new.
  slugs = papers.filter((paper) => paper.digests.every(isNew)).map(({ slug }) => slug);
  words = `${tally(slugs.length)} ${status.dataset.since} ${day.toLocaleDateString("en-GB", { dateStyle: "long" })}.`;
}

const WAYS = {
  cite: () => cite(marked(shown)),
  clear() {
    cleared = marked(shown);
    putAll(mark, cleared, false);
    slugs = marked(slugs);
    tell();
    undo.hidden = false;
    undo.firstChild.textContent = tally(cleared.length);
    undo.lastChild.focus();
  },
  undo() {
    undo.hidden = true;
    putAll(mark, cleared, true);
    desk.firstElementChild.focus();
  },
};

desk?.addEventListener("click", ({ target }) => WAYS[target.value]?.());
document.addEventListener("bs:entries", ({ detail }) => (shown = detail));
const index = await loadIndex();
words = index.error;
if (!desk && !words) await findNew(index);
tell();
subscribe(tell);
