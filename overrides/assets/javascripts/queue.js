/* One job: the list of a page of the reader's own: saved, read, or new since the last visit. What
   a paper is comes from the index; while filters are on, they draw instead (see `bs:list`). */

import "./carry.js";
import { button, make } from "./dom.js";
import { PER_PAGE, entry, loadIndex, pager } from "./entries.js";
import { SAVED, all, has, put, putAll, subscribe, usable, word } from "./store.js";
import { visit } from "./visits.js";

const list = document.querySelector("[data-list]");
const place = list.querySelector(".bs-entries");
const status = list.querySelector(".bs-status");
const desk = document.querySelector("[data-desk]");
const mark = list.dataset.list;
const nodes = new Map();
// What is taken out by hand stays in sight until the page is left, to be put back.
const taken = new Map();
const count = (n) => `${n.toLocaleString("en")} ${n === 1 ? "paper" : "papers"}`;
let index = { bySlug: new Map() };
let fresh = null; // On the page of what is new: slugs.
let page = parseInt(new URLSearchParams(location.search).get("page")) || 1;
let pages = list.appendChild(pager(0, 1));
let words = null;

const slugs = () => fresh ?? [...new Map([...all(mark), ...taken])]
  .sort(([, a], [, b]) => (a.at < b.at ? 1 : -1)).map(([slug]) => slug);

/** A paper that the index does not have: no longer there, or the index is not. */
const bare = (slug) => make("article", { class: "bs-gone" },
  make("h2", { class: "bs-entry__title" }, index.papers ? slug
    : make("a", { href: new URL(`../../papers/${slug}/`, import.meta.url) }, slug)),
  ...(index.papers ? ["No longer in the library. ", button("Remove", "bs-tool", () => put(mark, slug, false))] : []));

function node(slug) {
  const paper = index.bySlug.get(slug);
  if (!nodes.has(slug)) nodes.set(slug, paper ? entry(paper, index) : bare(slug));
  return nodes.get(slug);
}

function draw() {
  const every = slugs();
  list.dataset.total = every.length;
  list.classList.toggle("bs-empty", !every.length);
  const now = every.filter((slug) => has(mark, slug)).length;
  const text = [words ?? (now ? `${count(now)}, the last one first.`
    : `Nothing yet. “${mark === SAVED ? "Save" : "Mark read"}” stands at every paper.`), usable() ? "" : word()].join(" ");
  if (status.textContent !== text) status.textContent = text;
  if (!("filtered" in list.dataset)) {
    page = Math.max(1, Math.min(page, Math.ceil(every.length / PER_PAGE)));
    const shown = every.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(node);
    const changed = shown.length !== place.childElementCount || shown.some((one, at) => one !== place.children[at]);
    if (changed) place.replaceChildren(...shown);
    pages.replaceWith(pages = pager(every.length, page, turn));
    document.dispatchEvent(new CustomEvent("bs:entries"));
  }
  const detail = { slugs: every.filter((slug) => index.bySlug.has(slug)) };
  document.dispatchEvent(new CustomEvent("bs:list", { detail }));
}

function turn(to) {
  page = to;
  const address = new URL(location);
  address.searchParams.set("page", page);
  history.replaceState(null, "", address);
  draw();
  list.scrollIntoView();
  place.querySelector("a").focus({ preventScroll: true });
}

async function findNew() {
  const { before, last } = await visit;
  const isNew = (at) => !before.includes(index.digests[at].slug);
  // What an earlier digest had as well is not new.
  fresh = before ? index.papers.filter(({ digests }) => digests.every(isNew)).map(({ slug }) => slug) : [];
  words = before
    ? `${fresh.length ? `${count(fresh.length)} new` : "Nothing new"} since your last visit, on ${new Date(last).toLocaleDateString("en-GB", { dateStyle: "long" })}.`
    : "This is your first visit, as far as this browser knows: nothing counts as new yet.";
}

if (desk) {
  list.addEventListener("click", ({ target }) => {
    const slug = target.closest(`[data-act=${mark === SAVED ? "save" : "read"}]`)?.closest("[id]").id;
    if (has(mark, slug)) taken.set(slug, taken.get(slug) ?? all(mark).get(slug));
  }, true);
  const said = make("span", { role: "status" });
  if (mark === SAVED) {
    desk.prepend(button("Cite these", "bs-tool", async () => {
      const known = [...all(mark).keys()].filter((slug) => index.bySlug.has(slug));
      if (known.length) (await import("./cite.js")).openCite(known);
    }));
  }
  desk.append(button("Clear", "bs-tool", () => {
    taken.clear();
    const cleared = slugs();
    putAll(mark, cleared, false);
    said.replaceChildren(`${count(cleared.length)} taken out. `, button("Undo", "bs-tool", () => {
      putAll(mark, cleared, true);
      said.replaceChildren();
    }));
  }), said);
}

try {
  index = await loadIndex();
  if (!desk) await findNew();
} catch (error) {
  words = error.message;
}
draw();
subscribe(draw);
document.addEventListener("bs:list?", draw);
