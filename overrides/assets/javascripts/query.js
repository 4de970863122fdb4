/* One job: a view of a list as a value: read from an address, written to it, asked of papers.
   Nothing here touches a page. The parts of an address:

   ?tag=agents,robotics   papers with all of these tags; a broad tag holds those of narrower ones
   &not=safety            and with none of these
   &has=code,data         with a link of each of these kinds: code, data, model, demo
   &is=unread,saved       by the marks in this browser
   &page=2                of 50 papers each, from 1

   What is not known is ignored; what belongs to others stays. */

export const CHOICES = { has: ["code", "data", "model", "demo"], is: ["unread", "saved"] };
const LETTERS = { code: "c", data: "d", model: "m", demo: "x" };
const PARTS = ["tag", "not", "has", "is"];

export const isActive = (view) => PARTS.some((part) => view[part].length);

export function parseView(search) {
  const given = new URLSearchParams(search);
  const view = { page: Number(/^[1-9]\d{0,4}$/.exec(given.get("page"))) || 1 };
  for (const part of PARTS) {
    const words = given.getAll(part).join().split(",").slice(0, 50);
    view[part] = [...new Set(words)].filter((word) =>
      word && (CHOICES[part]?.includes(word) ?? !view.tag?.includes(word)));
  }
  return view;
}

/** `search` with its parts replaced by this view's: "" or "?…"; equal views give equal texts. */
export function writeView(view, search = "") {
  const others = new URLSearchParams(search);
  for (const part of [...PARTS, "page"]) others.delete(part);
  const query = [String(others)];
  for (const part of PARTS) {
    if (view[part].length) query.push(`${part}=${[...view[part]].sort().map(encodeURIComponent)}`);
  }
  if (view.page > 1) query.push(`page=${view.page}`);
  const text = query.filter(Boolean).join("&");
  return text && `?${text}`;
}

/** A function from paper to all that is true of it: `tag:agents`, `has:code`, `is:saved`. */
export function describer({ tags }, saved, read) {
  const upwards = tags.map((tag) => {
    const words = new Set();
    for (let up = tag; up && !words.has(`tag:${up.slug}`); up = tags[up.broader]) {
      words.add(`tag:${up.slug}`);
    }
    return [...words];
  });
  return ({ slug, tags, kinds }) => new Set([
    ...tags.flatMap((at) => upwards[at] ?? []),
    ...CHOICES.has.filter((kind) => kinds.includes(LETTERS[kind])).map((kind) => `has:${kind}`),
    ...(read.has(slug) ? [] : ["is:unread"]),
    ...(saved.has(slug) ? ["is:saved"] : []),
  ]);
}

/** The papers that a view leaves, and of how many of them each word is true. */
export function narrow(papers, view, describe) {
  const name = (part) => view[part].map((word) => `${part === "not" ? "tag" : part}:${word}`);
  const [wanted, unwanted] = [["tag", "has", "is"].flatMap(name), name("not")];
  const counts = new Map();
  const found = papers.filter((paper) => {
    const words = describe(paper);
    const fits = wanted.every((word) => words.has(word))
      && !unwanted.some((word) => words.has(word));
    if (fits) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return fits;
  });
  return { found, counts };
}
