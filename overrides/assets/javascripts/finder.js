/* One job: the search over any page, whose frame opener.js makes: results while one types, as a combobox. */

import { addressOf, dayOf, forget, keep, marked, NAMES, nothing, patience, ready, recent, scope, search, sentence,
  summary, trouble } from "./asking.js";
import { make, root, say, sheet } from "./dom.js";
import { choice, cycle, obey, pairsOf, tell } from "./panel.js";
import { has } from "./store.js";

const SHOWN = 8;
const PAUSE = 150; // Milliseconds without a key after which sentences are fetched.
const KINDS = ["code", "data", "model", "demo"];
const dialog = document.querySelector(".bs-finder");
const [form, status, box, all] = dialog.children;
const [field, close, choices] = form.children;
let asked = 0, active = -1, shown = "", pause, rest = () => {};

sheet("filters");
sheet("search");

const pairs = () => pairsOf(choices);
const options = () => [...box.children];

/** Mark one option, or none; the focus stays in the field. */
function choose(at) {
  active = at;
  options().forEach((option, index) => option.setAttribute("aria-selected", index === at));
  options()[at]?.scrollIntoView({ block: "nearest" });
  if (at < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", options()[at].id);
}

function list(links) {
  links.forEach((link, at) => Object.assign(link, { id: `bs-hit-${at}`, role: "option", tabIndex: -1 }));
  box.replaceChildren(...links);
  field.ariaExpanded = links.length > 0;
  choose(-1);
}

function option(result) {
  const { kind, slug, title, spans, tags, digest } = result;
  const about = [
    NAMES[kind],
    ...["saved", "read"].filter((mark) => kind === "paper" && has(mark, slug))
      .map((mark) => make("b", {}, mark === "saved" ? "Saved" : "Read")),
    digest && dayOf(digest),
    result.has.length > 0 && `with ${result.has.join(", ")}`,
    ...tags.slice(0, 3).map(([, name]) => name),
  ].filter(Boolean).map((part) => make("span", {}, part));
  return make("a", { href: new URL(result.address, root), class: "bs-hit" },
    make("strong", { dir: "auto" }, marked({ text: title, spans })),
    make("span", { class: "bs-hit__about" }, ...about), make("span", { class: "bs-hit__best", dir: "auto" }));
}

function offer({ counts, tags }) {
  const on = pairs();
  const words = [...KINDS.map((kind) => [`has.${kind}`, kind]), ...tags]
    .filter(([word]) => counts[word] || on.some(([, own]) => own === word));
  choices.replaceChildren(...words.slice(0, 10).map(([word, name]) => choice(word, name)));
  obey(choices, on);
}

export async function show() {
  const mine = ++asked;
  const text = field.value.trim(), on = pairs();
  clearTimeout(pause);
  all.hidden = true;
  rest();
  rest = patience(status, box);
  try {
    if (!text && !on.length) {
      choices.replaceChildren();
      list(recent().map((words) => make("a", { href: addressOf(words), class: "bs-hit bs-hit--again" }, words)));
      box.ariaLabel = "Searched before";
      const counts = await ready();
      if (mine !== asked) return;
      rest();
      status.replaceChildren(scope(counts));
      return;
    }
    const found = await search(text, { size: SHOWN, prefix: true, pairs: on });
    if (mine !== asked) return;
    rest();
    box.ariaLabel = "Results";
    // While filters change, they stay where they are.
    if (text !== shown) offer(found);
    shown = text;
    tell(choices, (word) => found.counts[word], () => true);
    list(found.results.map(option));
    status.replaceChildren(found.total ? summary(found) : nothing(found, on));
    all.hidden = !found.total;
    all.href = addressOf(text, on);
    all.textContent = found.total > SHOWN ? `All ${say(found.total)} results` : "These results as a page";
    const places = options().map((one) => one.lastChild);
    pause = setTimeout(() => found.results.forEach((result, at) =>
      // A result without its sentence is one all the same.
      sentence(result).then((best) => places[at].replaceChildren(marked(best)), () => {})), PAUSE);
  } catch (error) {
    if (mine !== asked) return;
    rest();
    list([]);
    status.replaceChildren(...trouble(error, () => {
      field.focus();
      show();
    }));
  }
}

const SCREEN = 4;
const steps = {
  ArrowDown: (at, last) => (at < last ? at + 1 : -1),
  ArrowUp: (at, last) => (at < 0 ? last : at - 1),
  PageDown: (at, last) => Math.min(at + SCREEN, last),
  PageUp: (at) => Math.max(at - SCREEN, -1),
};

// As early as reading-keys.js, which keeps keys in dialogs from all that comes later.
addEventListener("keydown", (event) => {
  const { key, target } = event;
  // Safari ends a composition before it tells of the key that ended it, as 229.
  if (event.shiftKey || event.altKey || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || !dialog.open) return;
  if (Object.hasOwn(steps, key)) {
    field.focus();
    choose(steps[key](active, options().length - 1));
  } else if (key === "Enter" && target === field && active >= 0) {
    options()[active].click();
  } else {
    return;
  }
  event.preventDefault();
}, true);
form.oninput = ({ target }) => {
  if (target !== field) cycle(target);
  // What stands below answers other words.
  choose(-1);
  show();
};
form.onsubmit = (event) => {
  if (field.value.trim() || pairs().length) keep(field.value);
  else event.preventDefault();
};
close.onclick = () => dialog.close();
box.onclick = () => {
  keep(field.value);
  // It may lead to another place of this page.
  dialog.close();
};
all.onclick = () => keep(field.value);
dialog.onclose = () => {
  clearTimeout(pause);
  rest();
};
