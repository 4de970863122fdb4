/* One job: a form of filters, as _filters.jinja and its address have it: each choice is asked for,
   left out or off, and tells how many papers have it. */

import { make, say } from "./dom.js";

const choicesOf = (form) => form.querySelectorAll("[type=checkbox]");

export const choice = (word, name) => make("label", { class: "bs-choice" },
  make("input", { type: "checkbox", value: word, name: "with" }), name, make("span", { class: "bs-count" }));

/** What is asked for: pairs ["with" or "not", word]. */
export const pairsOf = (form) => [...choicesOf(form)].filter(({ checked }) => checked)
  .map(({ name, value }) => [name, value]);

/** Tick such pairs. */
export function obey(form, pairs) {
  for (const choice of choicesOf(form)) {
    const is = (part) => pairs.some(([name, word]) => name === part && word === choice.value);
    choice.name = is("not") ? "not" : "with";
    choice.checked = is(choice.name);
  }
}

/** The second click leaves it out. */
export function cycle(choice) {
  if (choice.name === "with" && !choice.checked) Object.assign(choice, { name: "not", checked: true });
}

/** Tell the numbers, hide what is not sought. */
export function tell(form, countOf, isSought) {
  for (const choice of choicesOf(form)) {
    const [, name, number] = choice.parentNode.childNodes;
    const many = countOf(choice.value);
    number.textContent = say(many);
    choice.parentNode.hidden = !choice.checked && !isSought(choice, many, name.data);
  }
}

const ROOM = 30;

/** Put the ticked choices and the first of those sought into a box. */
function fit(box, labels, isSought) {
  let room = ROOM;
  const shown = labels.filter((label) => label.firstChild.checked || (isSought(label) && room-- > 0));
  if (shown.length === box.children.length && shown.every((label, at) => label === box.children[at])) return;
  const { activeElement } = document;
  box.replaceChildren(...shown);
  if (box.contains(activeElement)) activeElement.focus({ preventScroll: true });
}

/** The panel of a list: `turn` is for a change by the reader, `count` for a sought tag. */
export function panel(list, { turn, count, opened }) {
  const [toggle, form] = list.querySelectorAll(".bs-filter, .bs-filters");
  const [typed, tags] = form.querySelectorAll("[type=search], [aria-label=Tags]");
  toggle.hidden = false;
  toggle.onclick = () => {
    toggle.ariaExpanded = toggle.ariaExpanded !== "true";
    opened();
  };
  form.oninput = ({ target }) => {
    if (target === typed) return count();
    // In a closed form a click takes a filter off.
    if (toggle.ariaExpanded !== "true") toggle.focus();
    else cycle(target);
    return turn();
  };
  form.onsubmit = () => {
    tags.querySelector("label:not([hidden])")?.click();
    return false;
  };
  form.onreset = () => {
    toggle.focus();
    setTimeout(turn);
  };
  form.onkeydown = ({ key }) => {
    if (key !== "Escape") return;
    toggle.ariaExpanded = false;
    toggle.focus();
  };
  return {
    form,
    tags,
    /** `all` are choices of which only some are shown; else those of `tags` are all there are. */
    tell(countOf, all) {
      const asked = typed.value.trim().toLowerCase();
      const isSought = (many, name) => many && name.toLowerCase().includes(asked);
      if (all) fit(tags, all, ({ childNodes: [box, { data }] }) => isSought(countOf(box.value), data));
      tell(form, countOf, (choice, many, name) => !tags.contains(choice) || isSought(many, name));
    },
  };
}
