/* One job: the filters of a list: their panel, what is on, and the narrowed list.

   The view stands in the address, see query.js. The data is fetched when the panel is first opened
   or the address asks for something. Where all papers are on the page, entries are hidden; else 50
   at a time are drawn in the place of the list. Without a filter the page is as it was. */

import { button, make } from "./dom.js";
import { CHOICES, describer, isActive, narrow, parseView, writeView } from "./query.js";

const MOST = 24;
const list = document.querySelector("[data-list]");
const tools = document.querySelector("[data-tools]");
const [kind, slug] = list?.dataset.list.split(":") ?? [];
const none = parseView("");
const chips = new Map();
let view = parseView(location.search);
let told = [];
let loading = null;
let data = null;
let aside = null;

const row = (name, ...children) =>
  make("div", { class: "bs-choices", role: "group", "aria-label": name }, ...children);
const toggle = button("Filter", "bs-tool bs-filter", () => {
  panel.hidden = !panel.hidden;
  show();
});
const typed = make("input", { type: "search", placeholder: "Find a tag", "aria-label": "Find a tag" });
const fixed = { has: row("With a link to"), is: row("Marks") };
const tags = row("Tags");
const panel = make("div",
  { class: "bs-filters", id: "bs-filters", role: "group", "aria-label": "Filters", hidden: "" },
  fixed.has, fixed.is, typed, tags,
  make("p", {}, "Click a tag to ask for it, once more to leave it out."));
const on = row("Filters in use");
const status = make("p", { class: "bs-found", role: "status" });
const clear = () => button("Clear all", "bs-tool", () => {
  turn(none);
  toggle.focus();
});
const empty = make("p", { class: "bs-none", hidden: "" }, "No paper matches. ", clear());
const drawn = make("div", { class: "bs-entries" });

const load = () => loading ??= (async () => {
  const [entries, store] = await Promise.all([import("./entries.js"), import("./store.js")]);
  const index = await entries.loadIndex();
  const describe = describer(index, new Map(), new Map());
  const at = index.digests.findIndex((digest) => digest.slug === slug);
  const papers = index.papers.filter((paper) => !slug
    || (kind === "digest" ? paper.digests.includes(at) : describe(paper).has(`tag:${slug}`)));
  const { counts } = narrow(papers, none, describe);
  const here = new Map([...list.querySelectorAll(".bs-entry")].map((entry) => [entry.id, entry]));
  data = { ...entries, ...store, index, papers, here,
    names: new Map(index.tags.map((tag) => [tag.slug, tag.name])),
    // Commonest first, and the order stays whatever is chosen.
    tags: index.tags.map((tag) => tag.slug).filter((word) => counts.has(`tag:${word}`) && word !== slug)
      .sort((a, b) => counts.get(`tag:${b}`) - counts.get(`tag:${a}`)),
    whole: slug && papers.every((paper) => here.has(paper.slug)) };
  store.subscribe(() => count());
})().catch((error) => {
  loading = null;
  throw error;
});

const papers = () => (slug ? data.papers
  : told.map((one) => data.index.bySlug.get(one)).filter(Boolean));
const result = () => narrow(papers(), view,
  describer(data.index, data.all(data.SAVED), data.all(data.READ)));

async function show() {
  toggle.setAttribute("aria-expanded", !panel.hidden);
  if (!data && panel.hidden && !isActive(view)) return;
  list.setAttribute("aria-busy", true);
  try {
    await load();
    count(draw());
  } catch (error) {
    status.textContent = error.message;
  }
  list.removeAttribute("aria-busy");
}

function draw() {
  for (const part of ["tag", "not"]) view[part] = view[part].filter((word) => data.names.has(word));
  const active = isActive(view);
  const now = result();
  const { found } = now;
  empty.hidden = !active || found.length > 0;
  if (data.whole) {
    const kept = new Set(found.map((paper) => paper.slug));
    for (const [one, entry] of data.here) entry.hidden = active && !kept.has(one);
  } else if (active) {
    list.dataset.filtered = "";
    if (!aside) {
      aside = [...list.querySelectorAll(":scope > :is(.bs-entries, .bs-of-day, .bs-pager, .bs-more)")];
      for (const part of aside) part.remove();
      empty.after(drawn);
    }
    view.page = Math.min(view.page, Math.ceil(found.length / data.PER_PAGE) || 1);
    const from = (view.page - 1) * data.PER_PAGE;
    const pager = data.pager(found.length, view.page, async (page) => {
      await turn({ ...view, page });
      drawn.querySelector("a")?.focus();
    });
    drawn.replaceChildren(pager);
    pager.before(...found.slice(from, from + data.PER_PAGE).map((paper) => data.entry(paper, data.index)));
  } else if (aside) {
    drawn.replaceWith(...aside);
    aside = null;
    delete list.dataset.filtered;
    document.dispatchEvent(new CustomEvent("bs:list?"));
  }
  document.dispatchEvent(new CustomEvent("bs:entries"));
  return now;
}

/** A change by the reader: a step that the browser's Back takes back. */
function turn(next) {
  view = next;
  history.pushState(null, "", location.pathname + writeView(view, location.search));
  return show();
}

/** A click asks for something, the next takes it back; with a tag, the second leaves it out. */
function click(part, word) {
  const without = (name) => view[name].filter((one) => one !== word);
  const next = { ...view, page: 1, [part]: without(part) };
  const was = view[part].includes(word);
  if (part === "tag") next.not = [...without("not"), ...(was ? [word] : [])];
  if (!was && !(part === "tag" && view.not.includes(word))) next[part].push(word);
  turn(next);
}

const nameOf = (part, word) => (CHOICES[part] ? word : data.names.get(word));

function chip(part, word, counts) {
  const key = `${part}:${word}`;
  if (!chips.has(key)) {
    chips.set(key, button(nameOf(part, word), "bs-choice", () => click(part, word)));
    chips.get(key).append(make("i", { class: "bs-hidden" }), make("span", { class: "bs-count" }));
  }
  const made = chips.get(key);
  const not = part === "tag" && view.not.includes(word);
  const is = not ? "not" : view[part].includes(word) ? "on" : "";
  made.dataset.is = is;
  if (part !== "tag") made.setAttribute("aria-pressed", is === "on");
  else made.children[0].textContent = { on: ", asked for", not: ", left out" }[is] ?? "";
  made.children[1].textContent = not ? "" : (counts.get(key) ?? 0).toLocaleString("en");
  return made;
}

/** Tell the numbers and what is on; the list itself stays as it is. */
function count({ found, counts } = result()) {
  const active = isActive(view);
  const total = `${papers().length.toLocaleString("en")} papers`;
  status.textContent = active ? `${found.length.toLocaleString("en")} of ${total}` : total;
  const asked = typed.value.trim().toLowerCase();
  const choices = data.tags.filter((word) => nameOf("tag", word).toLowerCase().includes(asked)
    && (counts.has(`tag:${word}`) || view.not.includes(word)));
  const focused = document.activeElement;
  for (const part in CHOICES) {
    fixed[part].replaceChildren(...CHOICES[part].map((word) => chip(part, word, counts)));
  }
  tags.replaceChildren(...choices.slice(0, MOST).map((word) => chip("tag", word, counts)));
  on.replaceChildren(...["tag", "not", "has", "is"].flatMap((part) => view[part].map((word) => {
    const name = `${part === "not" ? "not " : ""}${nameOf(part, word)}`;
    const off = button(`${name} ×`, "bs-choice", () => {
      turn({ ...view, page: 1, [part]: view[part].filter((one) => one !== word) });
      toggle.focus();
    });
    off.setAttribute("aria-label", `${name}: take this filter off`);
    return off;
  })), ...(active ? [clear()] : []));
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

function start() {
  toggle.setAttribute("aria-controls", panel.id);
  tools.append(toggle);
  tools.after(panel, make("div", { class: "bs-narrowed" }, status, on), empty);
  typed.addEventListener("input", () => data && count());
  typed.addEventListener("keydown", (event) => event.key === "Enter" && tags.firstChild?.click());
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || (event.target === typed && typed.value)) return;
    toggle.click();
    toggle.focus();
  });
  addEventListener("popstate", () => {
    view = parseView(location.search);
    show();
  });
  document.addEventListener("bs:list", (event) => {
    told = event.detail.slugs;
    if (data) isActive(view) ? show() : count();
  });
  document.dispatchEvent(new CustomEvent("bs:list?"));
  show();
}

if (list && tools) start();
