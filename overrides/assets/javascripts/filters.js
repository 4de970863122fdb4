/* One job: the filters of a list: what is left of how many. The index is fetched when the form is
   first opened or the address asks for something. Where all papers are on the page, those that fit
   stay; else they are drawn. */

import { say, tally } from "./dom.js";
import { entry, loadIndex, sheet } from "./entries.js";
import { choice, obey, pairsOf, panel } from "./panel.js";
import { describer, narrow } from "./query.js";
import { has, subscribe } from "./store.js";

const list = document.querySelector("[data-list]");
const status = list.querySelector(".bs-found");
const boxes = [...list.querySelectorAll(".bs-entries")];
const home = boxes.map((box) => [...box.children]);
// Of the reader's own lists queue.js tells the papers.
const isOwn = !list.dataset.list.includes(":");
const name = list.dataset.list.replace("tag:", "");
const within = isOwn ? [] : [["with", name]];
const isWhole = !isOwn && home.flat().length === Number(list.dataset.total);
let told = [];
let index = null;

const { form, tags, tell } = panel(list, { turn, count: () => count(), opened: () => index ?? show() });
const pairs = () => pairsOf(form);
const refresh = () => (index || /[?&](with|not)=/.test(location.search)) && show();

const result = () => narrow(isOwn ? told.map((slug) => index.bySlug.get(slug)) : index.papers,
  [...within, ...pairs()], describer(index, has));

function prepare() {
  const { counts } = result();
  const often = ({ slug }) => counts.get(slug) ?? 0;
  // Commonest first, and the order stays whatever is chosen.
  tags.append(...index.tags.filter(({ slug }) => slug !== name).sort((a, b) => often(b) - often(a))
    .map((tag) => choice(tag.slug, tag.name)));
  form.hidden = false;
  subscribe(() => count());
}

/** Bring form, list and numbers in step with the address. */
async function show() {
  list.ariaBusy = true;
  try {
    await loadIndex().then((loaded) => index ?? prepare(index = loaded));
    const given = new URLSearchParams(location.search);
    obey(form, [...given]);
    const now = result();
    if (pairs().length || "filtered" in list.dataset) draw(now.found, given.get("page"));
    count(now);
  } catch (error) {
    status.textContent = error.message;
  }
  list.ariaBusy = null;
}

function draw(found, asked) {
  const isOn = pairs().length > 0;
  const isDrawn = isOn && !isWhole;
  const fit = new Set(isDrawn ? [] : found.map(({ slug }) => slug));
  boxes.forEach((box, at) => box.replaceChildren(...home[at].filter(({ id }) => fit.has(id))));
  if (isDrawn) {
    const [shown, pager] = sheet(found, asked, async (page) => {
      await turn(page);
      boxes[0].querySelector("a").focus();
    });
    boxes[0].append(...shown.map((paper) => entry(paper, index)), pager);
  }
  list.toggleAttribute("data-filtered", isOn);
  for (const sign of ["bs:entries", "bs:list?"]) document.dispatchEvent(new Event(sign));
}

/** Tell the numbers; the list itself stays as it is. */
function count({ found, counts } = result()) {
  const total = tally(isOwn ? told.length : Number(list.dataset.total));
  status.textContent = pairs().length ? `${say(found.length)} of ${total}` : total;
  tell((word) => counts.get(word));
}

/** A change by the reader: a step that the browser's Back takes back. */
function turn(page) {
  const address = new URL(location);
  address.search = new URLSearchParams([...pairs(), ...(page > 1 ? [["page", page]] : [])]);
  history.pushState(null, "", address);
  return show();
}

addEventListener("popstate", refresh);
document.addEventListener("bs:list", ({ detail: { slugs } }) => {
  if (String(told) === String(slugs)) return;
  told = slugs;
  refresh();
});
refresh();
