/* One job: papers drawn by scripts as the static lists have them, an abstract when it comes near. */

import { button, make, root } from "./dom.js";

let index = null;

/** {tags, digests, papers, bySlug}; `error` has words for the reader if all are empty. */
export const loadIndex = () => (index ??= read().catch(() => {
  index = null;
  return { error: "The list of all papers could not be read.", tags: [], digests: [], papers: [], bySlug: new Map() };
}));

async function read() {
  const { version, papers, ...others } = await (await fetch(new URL("index.json", root))).json();
  if (version !== 1) throw new Error("newer");
  const bySlug = new Map(papers.map(([slug, title, tags, kinds, digests]) =>
    [slug, { slug, title, tags, kinds, digests }]));
  return { ...others, papers: [...bySlug.values()], bySlug };
}

const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) if (isIntersecting) fill(target);
}, { rootMargin: "600px" });

/** A paper of the index in the page's frame; `when` sees to the rest. */
export function entry({ slug, title, tags, kinds, digests }, index, when = (article) => near.observe(article)) {
  const article = document.querySelector("#bs-entry").content.firstElementChild.cloneNode(true);
  const $ = (selector) => article.querySelector(selector);
  const link = (element, address, words) =>
    Object.assign(element, { href: new URL(address, root), textContent: words });
  const digest = index.digests[digests[0]];
  article.id = slug;
  link($("h2 a"), `papers/${slug}/`, title);
  if (digest) link($(".bs-entry__day"), `digests/${digest.slug}/`, digest.name);
  // Where they lead comes with the abstract.
  $(".bs-links").append(...kinds.map((kind) => make("li", { class: `bs-link bs-link--${kind}` }, kind)));
  $(".bs-chips").append(...tags.map((at) => index.tags[at]).map((tag) =>
    make("li", {}, link(make("a"), `tags/${tag.slug}/`, tag.name))));
  when(article);
  return article;
}

const filled = new WeakSet();

/** Tags of a paper's page, for another page. */
function chips(tags, page) {
  for (const tag of tags && tags.querySelectorAll("a")) tag.href = new URL(tag.getAttribute("href"), page);
  return tags;
}

// Of some the page has the first words: the rest comes when unfolded or, in full, near.
const densities = document.querySelector(".bs-densities");
const brief = document.querySelectorAll(".bs-entries > .bs-entry--lazy");
const look = () => {
  if (densities?.elements[2].checked) for (const article of brief) near.observe(article);
};
for (const article of brief) article.querySelector(".bs-abstract").addEventListener("toggle", () => fill(article));
densities?.addEventListener("change", look);
if (brief.length) look();

/** Put in what only the paper's page tells. */
export async function fill(article) {
  near.unobserve(article);
  if (filled.has(article)) return;
  filled.add(article);
  const $ = (selector) => article.querySelector(selector);
  const { href } = $(".bs-entry__title a");
  if (!$(".bs-fold")) $("summary").append(make("span", { class: "bs-fold" }, "Fold abstract"));
  try {
    const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
    const part = (selector) => page.querySelector(selector) ?? "";
    if (!$(".bs-entry__foot")) article.append(make("div", { class: "bs-entry__foot" },
      make("span", { class: "bs-links" }), chips(part(".bs-facts .bs-chips"), href)));
    // Formulas' text in the page would be garbled.
    else $(".bs-teaser:not(.bs-best)")?.replaceChildren(part("[name=description]").content);
    $(".bs-abstract").append(...part(".bs-text").querySelectorAll("p"));
    $(".bs-links").replaceWith(part(".bs-facts .bs-links"));
    $(".bs-abstract").before(part(".bs-paper > .bs-authors"));
  } catch {
    filled.delete(article);
    $(".bs-teaser").textContent = "The abstract could not be fetched.";
  }
}

/** Which page is asked for, and ways to the others; `turn` gets the number of one. */
export function pager(asked, last, turn) {
  const page = Math.max(1, Math.min(parseInt(asked), last)) || 1;
  const way = (words, to) => Object.assign(button(words, "bs-tool", () => turn(to)), { disabled: to < 1 || to > last });
  return [page, make("nav", { class: "bs-pager", "aria-label": "Pages of this list" },
    way("Previous", page - 1), `Page ${page} of ${last}`, way("Next", page + 1))];
}
