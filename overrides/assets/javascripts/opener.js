/* One job: the way to the search over any page. Its frame opens at once, so that no letter is lost;
   what it does is finder.js's, which is fetched then. */

import { make, root } from "./dom.js";

let finder;

function open() {
  // The page of results has a field of its own.
  const own = document.querySelector(".bs-ask [name=q]");
  if (own) return own.select();
  finder ??= frame();
  finder.showModal();
  finder.querySelector("input").select();
  import("./finder.js").then(({ show }) => show());
}

function frame() {
  const field = make("input", { name: "q", role: "combobox", "aria-label": "Search", "aria-expanded": false,
    "aria-controls": "bs-hits", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off",
    spellcheck: false, enterkeyhint: "search", placeholder: "Words, authors, models" });
  const made = make("dialog", { class: "bs-finder", "aria-label": "Search", closedby: "any" },
    make("form", { role: "search", action: new URL("search/", root) }, field,
      make("button", { type: "button" }, "Close"),
      make("div", { class: "bs-choices", role: "group", "aria-label": "Filters" })),
    make("p", { role: "status" }), make("div", { id: "bs-hits", role: "listbox", "aria-label": "Results" }),
    make("a", { hidden: "" }, "All results"));
  document.body.append(made);
  return made;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".bs-find") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
// As early as reading-keys.js, which keeps keys in dialogs from all that comes later.
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  if (finder?.open) finder.close();
  else if (!document.querySelector("dialog[open]")) open();
}, true);
