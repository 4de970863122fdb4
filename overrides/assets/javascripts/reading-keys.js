/* One job: reading by keyboard, and the card that tells the keys.

   The theme takes s, f, p, n and others at the window: this listens before it. All keys of one
   sign can be switched off, the theme's too; the button "Keys" opens the card all the same. */

import { edge } from "./density.js";
import { button, make, recall, remember } from "./dom.js";
import { PLACE } from "./store.js";

const THEME = "sf/pn,.";
const paper = document.querySelector(".bs-paper");
const list = document.querySelector("[data-list]");
const said = make("p", { class: "bs-hidden", role: "status" });
const KEPT = `${PLACE}keys`;
let on = recall(KEPT) !== "off";
let card = null;

const box = (entry) => entry.getBoundingClientRect();
const link = (entry) => entry.querySelector(".bs-entry__title a");

/** The entry that keys are meant for; one that was scrolled away counts no more. */
const current = () => {
  const entry = list?.querySelector(".bs-entry--current:not([hidden])");
  return entry && box(entry).bottom > edge() && box(entry).top < innerHeight ? entry : null;
};

function step(by) {
  if (paper) return document.querySelector(`.bs-turn a[rel=${by > 0 ? "next" : "prev"}]`)?.click();
  if (!list) return;
  const entries = [...list.querySelectorAll(".bs-entry:not([hidden])")];
  const at = current() ? entries.indexOf(current()) + by
    : entries.findIndex((entry) => box(entry).top > edge() - 2);
  const entry = entries[at];
  if (!entry) return by > 0 && list.querySelector(".bs-pager > :last-child:is(a, :enabled)")?.focus();
  link(entry).focus({ preventScroll: true });
  if (box(entry).top < edge() || box(entry).bottom > innerHeight) entry.scrollIntoView();
}

// Without a current paper a key shows which one it would be for, and does nothing to it.
const act = (name, words) => () => {
  const control = (paper ?? current() ?? step(1))?.querySelector?.(`[data-act=${name}]`);
  if (!control) return;
  control.click();
  said.textContent = `${(control.checked ?? control.ariaPressed === "true") ? "" : "Not "}${words}`;
};

const KEYS = {
  j: ["Next paper", () => step(1)],
  k: ["Previous paper", () => step(-1)],
  o: ["Open it; so does Enter", () => (current() ? link(current()).click() : paper ?? step(1))],
  u: ["Unfold or fold its abstract", () => current()?.querySelector("summary").click()],
  s: ["Save it, or take it out", act("save", "saved")],
  r: ["Mark it read, or unread", act("read", "marked as read")],
  x: ["Select it, or not", act("select", "selected")],
  "/": ["Search"],
  "?": ["Show this card", help],
};

function help() {
  if (!card) {
    const use = make("input", { type: "checkbox", role: "switch" });
    use.checked = on;
    use.addEventListener("change", () => {
      on = use.checked;
      remember(KEPT, on ? "on" : "off");
    });
    const close = button("Close", "bs-tool", () => card.close());
    close.autofocus = true;
    card = make("dialog", { class: "bs-card", "aria-labelledby": "bs-card" },
      make("h2", { id: "bs-card" }, "Keys"),
      make("dl", {}, ...Object.entries(KEYS).map(([key, [what]]) =>
        make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)))),
      make("label", {}, use, "Use these keys"),
      close);
    document.body.append(card);
  }
  card.showModal();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  // The theme minds Ctrl and Meta, but not Alt.
  if (event.altKey) event.stopPropagation();
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (target.isContentEditable || target.closest?.("input, textarea, select, dialog, .md-search")
    || document.querySelector("dialog[open], #__search:checked")) return;
  const act = (list || paper || key === "?") && Object.hasOwn(KEYS, key) && KEYS[key][1];
  if (act || (!on && THEME.includes(key))) event.stopPropagation();
  if (!act || !on || (event.repeat && !"jk".includes(key))) return;
  event.preventDefault();
  act();
}, true);

list?.addEventListener("focusin", ({ target }) => {
  const entry = target.closest(".bs-entry");
  if (!entry) return;
  list.querySelector(".bs-entry--current")?.classList.remove("bs-entry--current");
  entry.classList.add("bs-entry--current");
});

document.body.append(said);
(document.querySelector("[data-tools]") ?? paper?.querySelector("[data-acts]"))
  ?.append(button("Keys", "bs-tool bs-keys", help));
