/* One job: papers drawn by scripts as the static lists draw them. The index of all papers is
   fetched when first asked for, an abstract when its entry comes near the window. */

import { button, make } from "./dom.js";

export const PER_PAGE = 50;
const root = new URL("../../", import.meta.url);
const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const kinds = { c: "code", m: "model", d: "data", x: "demo", p: "paper", j: "project", v: "video" };
let index = null;

const to = (address) => new URL(address, root).href;
export const day = ({ date }) => days.format(new Date(date));

/** {tags, digests, papers, bySlug}; rejects with words that can be shown. */
export const loadIndex = () => (index ??= read().catch((cause) => {
  index = null;
  throw new Error("The list of all papers could not be read.", { cause });
}));

async function read() {
  const { version, ...data } = await (await fetch(to("index.json"))).json();
  if (version !== 1) throw new Error(`index version ${version}`);
  const papers = data.papers.map(([slug, title, tags, kinds, digests], at) =>
    ({ slug, title, tags, kinds, digests, at }));
  return {
    tags: data.tags.map(([slug, name, broader]) => ({ slug, name, broader })),
    digests: data.digests.map(([slug, date, words]) => ({ slug, date, words })),
    papers,
    bySlug: new Map(papers.map((paper) => [paper.slug, paper])),
  };
}

const near = new IntersectionObserver((seen) => {
  for (const { target } of seen.filter((one) => one.isIntersecting)) {
    near.unobserve(target);
    fill(target);
  }
}, { rootMargin: "600px" });

const list = (name, label, links) => (links.length
  ? make("ul", { class: name, "aria-label": label }, ...links.map((link) => make("li", {}, link)))
  : "");

/** One paper of the index as an `article.bs-entry`. */
export function entry(paper, { tags, digests }) {
  const href = to(`papers/${paper.slug}/`);
  const digest = digests[paper.digests[0]];
  const article = make("article", { class: "bs-entry bs-entry--lazy", id: paper.slug },
    make("h2", { class: "bs-entry__title", dir: "auto" }, make("a", { href }, paper.title)),
    make("details", { class: "bs-abstract" }, make("summary", {},
      make("span", { class: "bs-teaser", dir: "auto" }, "…"),
      make("span", { class: "bs-fold" }, "Fold abstract"))),
    make("div", { class: "bs-entry__foot" },
      // Where they lead stands on the paper's page, and comes with the abstract.
      list("bs-links", "Links", [...paper.kinds].map((letter) => kinds[letter] ?? "other").map(
        (kind) => make("a", { class: `bs-link bs-link--${kind}`, href }, make("b", {}, kind)))),
      list("bs-chips", "Tags", paper.tags.map((at) =>
        make("a", { class: "bs-chip", href: to(`tags/${tags[at].slug}/`) }, tags[at].name))),
      make("a", { class: "bs-entry__day", href: to(`digests/${digest.slug}/`) }, day(digest))));
  near.observe(article);
  return article;
}

async function fill(article) {
  const $ = (selector) => article.querySelector(selector);
  const { href } = $(".bs-entry__title a");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
    page.head.prepend(make("base", { href }));
    for (const link of page.querySelectorAll(".bs-paper a")) link.href = String(link.href);
    for (const part of page.querySelectorAll(".bs-text [id]")) part.removeAttribute("id");
    const text = page.querySelector(".bs-text").querySelectorAll("p");
    $(".bs-teaser").textContent = text[0].textContent.slice(0, 300);
    $(".bs-abstract").append(...text);
    $(".bs-links")?.replaceWith(page.querySelector(".bs-facts .bs-links") ?? "");
    $(".bs-abstract").before(page.querySelector(".bs-paper > .bs-authors") ?? "");
  } catch {
    $(".bs-teaser").textContent = "The abstract could not be fetched.";
    $(".bs-abstract").append(make("p", {}, make("a", { href }, "Read it on the paper’s page")));
  }
  article.classList.remove("bs-entry--lazy");
}

/** Ways to the other pages of a list; `turn` gets the number of one, from 1. */
export function pager(total, page, turn) {
  const last = Math.max(1, Math.ceil(total / PER_PAGE));
  const way = (words, number) => {
    const made = button(words, "bs-tool", () => turn(number));
    made.disabled = number < 1 || number > last;
    return made;
  };
  const nav = make("nav", { class: "bs-pager", "aria-label": "Pages of this list" },
    way("Previous", page - 1), `Page ${page} of ${last}`, way("Next", page + 1));
  nav.hidden = last === 1;
  return nav;
}
