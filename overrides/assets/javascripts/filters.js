/* One job: the filters of a list: what is left of how many. Papers that are all on the page stay if
   they fit; else they are drawn, and so are the reader's own, which queue.js tells. */

import { say, tally } from "./dom.js";
import { entry, loadIndex, pager } from "./entries.js";
import { choice, obey, pairsOf, panel } from "./panel.js";
import { describer, narrow } from "./query.js";
import { has, subscribe } from "./store.js";
import "./place.js";

const list = document.querySelector("[data-list]");
const [status, unknown] = list.querySelectorAll(".bs-found, .bs-unknown b");
const boxes = [...list.querySelectorAll(".bs-entries")];
const home = boxes.map((box) => [...box.children]);
const isOwn = !list.dataset.list.includes(":");
const name = list.dataset.list.replace("tag:", "");
const within = isOwn ? [] : [["with", name]];
const isWhole = String(home.flat().length) === list.dataset.total;
// More would be over 1,500 elements.
const PAGE = 30;
let own = [];
let index = null;
let choices = [];

const { form, tags, tell } = panel(list, { turn, count: () => count(), opened: () => index ?? show() });
const pairs = () => pairsOf(form);
const refresh = () => (index || /[?&](with|not)=/.test(location.search)) && show();

const paperOf = (slug) => index.bySlug.get(slug)
  ?? { slug, title: `${slug} (not in the list of all papers)`, tags: [], kinds: [], digests: [] };
const result = () => narrow(isOwn ? own.map(paperOf) : index.papers, [...within, ...pairs()], describer(index, has));

function prepare() {
  const { counts } = result();
  const often = ({ slug }) => counts.get(slug) ?? 0;
  // Commonest first; the order stays.
  choices = index.tags.filter(({ slug }) => slug !== name).sort((a, b) => often(b) - often(a))
    .map((tag) => choice(tag.slug, tag.name));
  form.hidden = false;
  subscribe(() => count());
}

/** Bring form, list and numbers in step with the address. */
async function show() {
  list.ariaBusy = true;
  const loaded = await loadIndex();
  // Without it the reader's own have slugs for names.
  if (isOwn || !loaded.error) {
    index ?? prepare(index = loaded);
    const given = new URLSearchParams(location.search);
    const asked = [...given.getAll("with"), ...given.getAll("not")];
    tags.append(...choices.filter(({ firstChild, isConnected }) => !isConnected && asked.includes(firstChild.value)));
    obey(form, [...given]);
    unknown.textContent = asked.filter((word) => pairs().every(([, one]) => one !== word)).join(", ");
    const now = result();
    if (isOwn || pairs().length || "filtered" in list.dataset) draw(now.found, given.get("page"));
    count(now);
  } else status.textContent = loaded.error;
  list.ariaBusy = null;
}

function draw(found, asked) {
  const isOn = pairs().length > 0;
  const isDrawn = isOwn || (isOn && !isWhole);
  const detail = found.map(({ slug }) => slug);
  const fit = new Set(isDrawn ? [] : detail);
  const { activeElement } = document;
  const { id } = activeElement.closest(".bs-entry") ?? {};
  boxes.forEach((box, at) => box.replaceChildren(...home[at].filter(({ id }) => fit.has(id))));
  if (isDrawn) {
    const [page, ways] = pager(asked, Math.ceil(found.length / PAGE), async (to) => {
      await turn(to);
      boxes[0].querySelector("a").focus();
    });
    boxes[0].append(...found.slice((page - 1) * PAGE, page * PAGE).map((paper) => entry(paper, index)), ways);
  }
  // What moves loses the focus.
  const held = activeElement.isConnected ? activeElement : document.getElementById(id)?.querySelector("a");
  if (id) held?.focus({ preventScroll: true });
  list.toggleAttribute("data-filtered", isOn);
  document.dispatchEvent(new CustomEvent("bs:entries", { detail }));
}

/** Tell the numbers; the list stays as it is. */
function count({ found, counts } = result()) {
  // Older pages do not tell how long it has become.
  list.dataset.total ||= narrow(index.papers, within, describer(index, has)).found.length;
  const total = tally(Number(list.dataset.total));
  status.textContent = pairs().length ? `${say(found.length)} of ${total}` : total;
  tell((word) => counts.get(word), choices);
}

/** A change by the reader, which Back takes back. */
function turn(page) {
  const address = new URL(location);
  address.search = new URLSearchParams([...pairs(), ...(page > 1 ? [["page", page]] : [])]);
  history.pushState(null, "", address);
  return show();
}

addEventListener("popstate", refresh);
document.addEventListener("bs:list", ({ detail }) => {
  if (String(own) === String(detail)) return;
  own = detail;
  list.dataset.total = own.length;
  show();
});
refresh() || (list.ariaBusy = null);
