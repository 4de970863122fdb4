/* One job: the reader's marks, kept in this browser in the form that docs/data.md tells. Of two
   changes of a paper's mark the later one holds, in whatever order they meet: so the marks of
   several devices merge without loss. */

import { attempt, recall, remember } from "./dom.js";

const ROW = /^(un)?(saved|read) [a-z0-9-]{1,120} \d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/;
const none = () => ({ saved: new Map(), read: new Map() });
let marks = none(); // By mark and slug: {at, on}.
let known; // The text that they are in step with.
const BLOCKED = "This browser’s storage is blocked or full: new marks last for this page only.";
const PART = "Part of your marks could not be read and is put aside; all others are here.";
remember("probe", 1);
let trouble = recall("probe") ? "" : BLOCKED;

const beats = (a, b) => !b || a.at > b.at || (a.at === b.at && a.on);

/** {marks, whole}: all that can be read of a text, even if cut off, and whether that is all. */
export function parse(text) {
  // Written anew it has no escapes.
  const sound = attempt(() => JSON.stringify(JSON.parse(text)));
  const rows = (sound ?? text).replace(/"version"\s*:\s*1\b/, "");
  const found = { marks: none(), whole: (sound ?? rows) !== rows };
  const now = new Date().toISOString();
  let table;
  for (const [, name, value, time] of rows.matchAll(/"([^"]*)"\s*:\s*(\{|"([^"]*)")?/g)) {
    const [, un, mark] = ROW.exec(`${table} ${name} ${time}`) ?? [];
    // A clock that is ahead must not win for ever.
    const change = { at: time < now ? time : now, on: !un };
    if (value === "{") table = name.slice(0, 8);
    else if (!mark) found.whole = false;
    else if (beats(change, found.marks[mark].get(name))) found.marks[mark].set(name, change);
  }
  return found;
}

/** Marks in the documented form, with or without those that were taken out. */
export function write(removals = true) {
  const data = { version: 1, saved: {}, read: {}, unsaved: {}, unread: {} };
  for (const mark in marks) {
    for (const [slug, { at, on }] of marks[mark]) {
      if (on || removals) data[on ? mark : `un${mark}`][slug] = at;
    }
  }
  return JSON.stringify(data);
}

/** How many marks change if others are merged in, by what becomes of them; `really` does it. */
export function merge(others, really) {
  pull();
  const changed = {};
  for (const mark in others) {
    for (const [slug, change] of others[mark]) {
      if (!beats(change, marks[mark].get(slug))) continue;
      const name = change.on ? mark : "gone";
      if (change.on !== has(mark, slug)) changed[name] = (changed[name] ?? 0) + 1;
      if (really) marks[mark].set(slug, change);
    }
  }
  if (really) push();
  return changed;
}

/** What the reader should know: marks that do not outlast this page, or could not be read. */
export const word = () => trouble;

export const has = (mark, slug) => marks[mark].get(slug)?.on === true;
/** Papers with a mark, the last one first. */
export const all = (mark) => [...marks[mark]].filter(([, { on }]) => on)
  .sort(([, a], [, b]) => (a.at < b.at ? 1 : -1)).map(([slug]) => slug);
export const subscribe = (listener) => document.addEventListener("bs:marks", listener);
const tell = () => document.dispatchEvent(new Event("bs:marks"));

/** Set or remove a mark of papers; the first counts as marked last. */
export function putAll(mark, slugs, on) {
  pull();
  let time = Date.now();
  for (const slug of slugs) marks[mark].set(slug, { at: new Date(time--).toISOString(), on });
  push();
}

/** What is stored holds for all tabs: it is taken in before it is changed. */
function pull() {
  const text = recall("marks");
  if (text === known) return;
  const stored = parse(text ?? '{"version":1}');
  [marks, known] = [stored.marks, text];
  if (stored.whole) return tell();
  trouble = PART;
  remember(`marks:aside:${Date.now()}`, text);
  push();
}

function push() {
  const text = write();
  remember("marks", text);
  if (recall("marks") === text) known = text;
  else trouble = BLOCKED;
  tell();
}

addEventListener("storage", pull);
addEventListener("pageshow", pull);
pull();
