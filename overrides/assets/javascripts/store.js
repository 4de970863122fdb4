/* One job: the reader's marks, kept in this browser. What is stored, exported and shared is

     {"version": 1, "saved": {slug: time, …}, "read": {slug: time, …},
      "removed": {"saved": {slug: time, …}, "read": {slug: time, …}}}

   Times are ISO 8601 in UTC. Of two changes of a paper's mark the later one holds, in whatever
   order they meet: so stores of several tabs and devices merge without loss. */

export const SAVED = "saved";
export const READ = "read";
// Several sites may share one host, and with it one storage.
export const PLACE = `broadsheet:${new URL("../../", import.meta.url).pathname}:`;

const KEY = `${PLACE}marks`;
const REMOVALS = 9999; // So many are remembered, the latest.
const SLUG = /^[a-z0-9-]{1,120}$/; // As the generator makes them: nothing called __proto__.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const WORDS = {
  mended: "Part of your marks could not be read. It is put aside in this browser; all others are here.",
  newer: "Your marks come from a newer version of this site and are left alone. New ones last for this page only.",
  blocked: "This browser’s storage is blocked or full: new marks last for this page only.",
};
const marks = new Map(); // "saved some-slug" → {at, on}
const listeners = new Set();
let trouble = "";
let known = null; // The text that the marks were last in step with.

const beats = (a, b) => !b || a.at > b.at || (a.at === b.at && a.on > b.on);
const isTable = (value) => Object.prototype.toString.call(value) === "[object Object]";
const take = (all, key, change) => beats(change, all.get(key)) && all.set(key, change);

/** {marks, refused, newer}: all that can be read of a text, and how many parts cannot. */
export function parse(text) {
  const found = { marks: new Map(), refused: 0, newer: false };
  const now = Date.now();
  const row = (mark, slug, at, on) => {
    const good = SLUG.test(slug) && typeof at === "string" && TIME.test(at);
    const time = Date.parse(good ? at : "");
    if (!(time >= 0)) return void (found.refused += 1);
    // A clock that is far ahead must not win for ever.
    const past = new Date(time > now + 864e5 ? now : time).toISOString();
    take(found.marks, `${mark} ${slug}`, { at: past, on });
  };
  const rows = ({ removed = {}, ...tables }, on) => {
    for (const [mark, table] of Object.entries(tables)) {
      if (![SAVED, READ].includes(mark) || !isTable(table)) row();
      else for (const [slug, at] of Object.entries(table)) row(mark, slug, at, on);
    }
    if (on) rows({ ...removed }, false);
    if (!isTable(removed)) row();
  };
  try {
    const { version, ...tables } = JSON.parse(text);
    found.newer = Number.isInteger(version) && version > 1;
    if (version !== 1) row();
    if (!found.newer) rows(tables, true);
  } catch {
    // Cut off or damaged: single marks can still be told.
    row();
    let [mark, on] = ["", true];
    for (const [, name, at] of text.matchAll(/"([a-z0-9-]{1,120})"\s*:\s*(?:\{|"([^"]{20,30})")/g)) {
      if (at) row(mark, mark && name, at, on);
      else if (name === "removed") on = false;
      else mark = [SAVED, READ].includes(name) ? name : "";
    }
  }
  return found;
}

/** Marks in the documented form; the same marks give the same text. */
export function write(removals = REMOVALS) {
  const data = { version: 1, saved: {}, read: {}, removed: { saved: {}, read: {} } };
  for (const [key, { at, on }] of [...marks].sort(([a, x], [b, y]) => (x.at + a < y.at + b ? 1 : -1))) {
    const [mark, slug] = key.split(" ");
    if (on || removals-- > 0) (on ? data : data.removed)[mark][slug] = at;
  }
  return JSON.stringify(data);
}

/** {saved, read, removed}: how many marks change if others are merged in; `really` does it. */
export function merge(others, really) {
  pull();
  const changed = { saved: 0, read: 0, removed: 0 };
  for (const [key, change] of others) {
    const mine = marks.get(key);
    if (beats(change, mine) && change.on !== Boolean(mine?.on)) {
      changed[change.on ? key.split(" ")[0] : "removed"] += 1;
    }
    if (really) take(marks, key, change);
  }
  if (really) push();
  return changed;
}

/** Whether marks outlast this page; `word()` says so if not, or if some could not be read. */
export const usable = () => trouble === "" || trouble === "mended";
export const word = () => WORDS[trouble] ?? "";

export const has = (mark, slug) => marks.get(`${mark} ${slug}`)?.on === true;
export const all = (mark) => new Map([...marks].filter(([key, { on }]) => on && key.startsWith(mark))
  .map(([key, change]) => [key.split(" ")[1], change]));
export const put = (mark, slug, on) => putAll(mark, [slug], on);
export const subscribe = (listener) => listeners.add(listener);

/** Set or remove a mark of several papers; the first counts as marked last. */
export function putAll(mark, slugs, on) {
  pull();
  let time = Date.now() + slugs.length;
  for (const slug of slugs.filter((slug) => SLUG.test(slug))) {
    time = Math.max(time - 1, (Date.parse(marks.get(`${mark} ${slug}`)?.at) || 0) + 1);
    marks.set(`${mark} ${slug}`, { at: new Date(time).toISOString(), on });
  }
  push();
}

function attempt(act) {
  try {
    if (usable()) act();
  } catch {
    trouble = "blocked";
  }
}

/** Take in what is stored; write back what another tab did not know when it wrote. */
const pull = () => attempt(() => {
  const text = localStorage.getItem(KEY);
  if (text === known) return;
  if (text === null) {
    known = null;
    return void marks.clear();
  }
  const stored = parse(text);
  if (stored.newer) return void (trouble = "newer");
  if (stored.refused) {
    localStorage.setItem(`${KEY}:aside:${Date.now()}`, text);
    trouble = "mended";
  }
  for (const [key, change] of stored.marks) take(marks, key, change);
  known = write();
  if (text !== known) localStorage.setItem(KEY, known);
});

const tell = () => listeners.forEach((listener) => listener());

function push() {
  known = write();
  attempt(() => localStorage.setItem(KEY, known));
  tell();
}

const renew = () => {
  pull();
  tell();
};

pull();
addEventListener("storage", ({ key }) => (key ?? KEY) === KEY && renew());
addEventListener("pageshow", ({ persisted }) => persisted && renew());
