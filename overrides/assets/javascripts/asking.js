/* One job: questions to the search engine, search.js, which works beside the page in a worker, and
   the words and marks for what it answers. */

import { attempt, button, make, recall, remember, root, say, tally } from "./dom.js";

const BROKEN = "The search could not be started.";
const SOON = 200; // Milliseconds that nobody minds.
const waiting = new Map();
let worker, opened, number = 0;

function start() {
  const made = new Worker(new URL("search.js", import.meta.url), { type: "module" });
  made.onmessage = ({ data: { id, gives, fails } }) => {
    const [give, fail] = waiting.get(id);
    waiting.delete(id);
    if (fails) fail(new Error(fails));
    else give(gives);
  };
  made.onerror = () => {
    for (const [, fail] of waiting.values()) fail(new Error(BROKEN));
    waiting.clear();
    worker = null;
  };
  return made;
}

const ask = (act, ...given) => new Promise((give, fail) => {
  worker ??= attempt(start);
  if (!worker) return fail(new Error(BROKEN));
  waiting.set(++number, [give, fail]);
  worker.postMessage({ id: number, act, given });
});

/** Say that an answer takes its time, until the function that is returned is called. */
export function patience(status, box) {
  box.ariaBusy = true;
  const waits = setTimeout(() => status.replaceChildren("Searching…"), SOON);
  return () => {
    clearTimeout(waits);
    box.ariaBusy = null;
  };
}

/** What went wrong, and another try. */
export const trouble = ({ message }, again) => [`${message} `, button("Try again", "bs-tool", again)];

/** Promise of how many papers, tags, terms and pages are searched; fetches what every query needs. */
export const ready = () => (opened ??= ask("open", root.href).catch((error) => {
  opened = null;
  throw error;
}));

/** What search.js finds, and its best sentence of one result. */
export const search = (text, options) => ready().then(() => ask("search", text, options).catch((cause) => {
  throw new Error("Part of the search index could not be read. Another try may help.", { cause });
}));
export const sentence = (result) => ask("sentence", result);

const some = (number, name) => (number ? `, ${say(number)} ${name}${number === 1 ? "" : "s"}` : "");

/** What is searched. */
export const scope = ({ paper, tag, term, page }) =>
  `${tally(paper)}, titles and abstracts${some(tag, "tag")}${some(term, "acronym")}${some(page, "page")}`;

/** How much was found. */
export const summary = ({ total, corrected, loose, dull }) =>
  `${say(total)} result${total === 1 ? "" : "s"}${corrected ? ` for “${corrected}”` : ""}` +
  (loose ? "; the phrase stands nowhere, so its words were searched" : "") +
  (dull ? "; the common words of the phrase count in titles alone" : "");

const link = (address, words) => make("a", { href: new URL(address, root) }, words);

/** What to say and do where nothing was found. */
export function nothing({ words }, pairs) {
  const strange = words.filter(({ known }) => !known).map(({ word }) => `“${word}”`);
  return make("p", {},
    strange.length ? `${strange.slice(0, 5).join(", ")} ${strange.length > 1 ? "stand" : "stands"} in no paper. ` : "",
    pairs.length ? "Fewer filters may find something. " : "Fewer or other words may find something. ",
    "Or look through ", link("tags/", "all tags"), ", ", link("glossary/", "the glossary"), ", ",
    link("digests/", "the digests"), ".");
}

/** A text with what was found in it marked. */
export function marked({ text, spans }) {
  const parts = new DocumentFragment();
  let end = 0;
  for (const [from, to] of spans) {
    parts.append(text.slice(end, from), make("mark", {}, text.slice(from, to)));
    end = to;
  }
  parts.append(text.slice(end));
  return parts;
}

/** The day of a digest, and its name if it has one. */
export const dayOf = ({ date, name }) => [new Date(date).toLocaleDateString("en-GB",
  { dateStyle: "long", timeZone: "UTC" }), name].filter(Boolean).join(", ");

/** What was searched for in this browser, the last first. */
export const recent = () =>
  [attempt(() => JSON.parse(recall("searches")))].flat().filter((one) => typeof one === "string" && one).slice(0, 8).map((one) => one.slice(0, 200));

export function keep(text) {
  const asked = text.trim().slice(0, 200);
  if (asked) remember("searches", JSON.stringify([asked, ...recent().filter((one) => one !== asked)]));
}

export const forget = () => remember("searches", "");

export const addressOf = (text, pairs = []) =>
  new URL(`search/?${new URLSearchParams([["q", text], ...pairs])}`, root).href;

export const NAMES = { tag: "Tag", term: "Acronym", page: "Page" };
