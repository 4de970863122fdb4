/* One job: the page of results. What is asked stands in the address, in the words of the lists'
   filters (_filters.jinja), so that it can be shared: ?q=attention&with=has.code&not=vision&page=2 */

import { addressOf, dayOf, forget, keep, marked, NAMES, nothing, patience, ready, recent, scope, search, sentence,
  summary, trouble } from "./asking.js";
import { button, make, root } from "./dom.js";
import { entry, fill, pager } from "./entries.js";
import { choice, obey, pairsOf, panel } from "./panel.js";
import "./place.js";

const SIZE = 10;
const KNOWN = /^has\.(code|data|model|demo)$/;
const ask = document.querySelector(".bs-ask");
const field = ask.elements.q;
const list = document.querySelector("[data-list]");
const [status, unknown, empty, box] = list.querySelectorAll(".bs-found, .bs-unknown b, .bs-empty, .bs-entries");
const [name] = document.title.split(" - ").slice(-1);
let asked = 0, typing = false, rest = () => {}, offered, last = { counts: {} };

const { form, tags, tell } = panel(list, { turn, count: () => tell(countOf), opened() {} });
const countOf = (word) => last.counts[word];

/** Results that are no papers: less is known of them. */
const other = ({ kind, address, title, spans }, best) => make("article", { class: "bs-other" },
  make("h2", { class: "bs-entry__title" },
    make("a", { href: new URL(address, root) }, marked({ text: title, spans }))),
  make("p", {}, make("span", { class: "bs-other__kind" }, NAMES[kind]), best));

/** The rest of a paper is fetched when the reader turns to it. */
function lazily(article) {
  const turned = new AbortController();
  for (const sign of ["toggle", "pointerenter", "focusin"]) {
    article.addEventListener(sign, () => {
      turned.abort();
      fill(article);
    }, { capture: true, signal: turned.signal });
  }
}

function draw(result) {
  const best = make("span", { class: "bs-teaser bs-best" });
  sentence(result).then((found) => best.replaceChildren(marked(found)), () => {});
  if (result.kind !== "paper") return other(result, best);
  const { slug, title, spans, has, digest } = result;
  const article = entry({ slug, title, kinds: has, tags: [...result.tags.keys()], digests: [0] }, {
    tags: result.tags.map(([slug, name]) => ({ slug, name })),
    digests: [{ slug: digest.slug, name: dayOf(digest) }],
  }, lazily);
  article.querySelector("h2 a").replaceChildren(marked({ text: title, spans }));
  article.querySelector(".bs-teaser").replaceWith(best);
  return article;
}

/** What was searched for before, where nothing is asked. */
function again() {
  const texts = recent();
  if (!texts.length) return [];
  return [make("p", {}, "You searched for "),
    make("ul", { class: "bs-chips" }, ...texts.map((text) =>
      make("li", {}, make("a", { href: addressOf(text) }, text)))),
    button("Forget these", "bs-tool", () => {
      forget();
      empty.replaceChildren();
      field.focus();
    })];
}

/** Bring the page in step with the address. The last word may be begun, as in the search over pages:
    so whoever gets the address sees the same. */
async function show() {
  const mine = ++asked;
  const given = new URLSearchParams(location.search);
  const text = given.get("q")?.trim() ?? "";
  let pairs = [...given].filter(([part]) => part === "with" || part === "not");
  if (!typing) field.value = given.get("q") ?? "";
  document.title = text ? `${text.slice(0, 80)} - Search - ${name}` : `Search - ${name}`;
  rest();
  rest = patience(status, list);
  try {
    const isAsked = text || pairs.length;
    const counts = isAsked || await ready();
    const turnedTo = (page) => search(text, { from: (page - 1) * SIZE, size: SIZE, prefix: true, pairs });
    const page = Math.max(parseInt(given.get("page")) || 1, 1);
    let found = isAsked && await turnedTo(page);
    // What no choice stands for asks for nothing, as in the lists.
    const isKnown = ([, word]) => KNOWN.test(word) || found.tags.some(([slug]) => slug === word);
    const strange = pairs.filter((pair) => !isKnown(pair)).map(([, word]) => word);
    if (strange.length) {
      pairs = pairs.filter(isKnown);
      found = await turnedTo(page);
    }
    // Behind the last page stands the last one, as in the lists.
    if (found.total && !found.results.length) found = await turnedTo(Math.ceil(found.total / SIZE));
    if (mine !== asked) return;
    rest();
    unknown.textContent = strange.join(", ");
    last = found || { counts: {}, tags: [], results: [], total: 0 };
    if (offered !== (offered = text)) tags.replaceChildren(...last.tags.map(([word, name]) => choice(word, name)));
    form.hidden = list.querySelector(".bs-filter").hidden = !isAsked;
    obey(form, pairs);
    tell(countOf);
    const [, ways] = pager(given.get("page"), Math.ceil(last.total / SIZE), async (page) => {
      await turn(page);
      box.querySelector("a")?.focus();
    });
    box.replaceChildren(...last.results.map(draw), ways);
    status.textContent = isAsked ? summary(last) : scope(counts);
    empty.replaceChildren(...(!isAsked ? again() : last.total ? [] : [nothing(last, pairs)]));
    list.toggleAttribute("data-filtered", pairs.length > 0);
    document.dispatchEvent(new Event("bs:entries"));
  } catch (error) {
    if (mine !== asked) return;
    rest();
    for (const part of [box, empty]) part.replaceChildren();
    status.replaceChildren(...trouble(error, show));
  }
}

/** The address of what the form asks for. */
function address(page) {
  const text = field.value.trim();
  const pairs = [...(text ? [["q", text]] : []), ...pairsOf(form), ...(page > 1 ? [["page", page]] : [])];
  return `?${new URLSearchParams(pairs)}`;
}

/** A change by the reader: a step that the browser's Back takes back. */
function turn(page) {
  typing = false;
  if (address(page) !== (location.search || "?")) history.pushState(null, "", address(page));
  return show();
}

field.oninput = () => {
  // However many keys it takes, other words are one step.
  history[typing || !location.search ? "replaceState" : "pushState"](null, "", address());
  typing = true;
  show();
};
ask.onsubmit = () => {
  keep(field.value);
  turn();
  return false;
};
box.addEventListener("click", ({ target }) => target.closest("a") && keep(field.value));
addEventListener("popstate", () => {
  typing = false;
  show();
});
// Beside the results there is room for the filters.
if (matchMedia("(min-width: 60em)").matches) list.querySelector(".bs-filter").click();
show();
