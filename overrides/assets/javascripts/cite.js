/* One job: the dialog with citations, to copy or download. Those of a selection are joined from
   its papers' files as generator/writing/citations/files.py joins them. */

import { button, make, recall, remember } from "./dom.js";
import { PLACE } from "./store.js";

// Ending of a file: name, what stands before, between and behind entries.
const FORMS = {
  bib: ["BibTeX", "", "\n\n", "\n"],
  ris: ["RIS", "", "\n\n", "\n"],
  "csl.json": ["CSL-JSON", "[\n", ",\n", "\n]\n"],
};
const ID = /^(?:@misc\{|TY.*\nID  - |\{"id": ")([\w-]+)/;
const MANY = 200; // Above it the library's one file is fetched.
const SHOWN = 2e5; // Characters.
const KEY = `${PLACE}format`;
const root = new URL("../../", import.meta.url);
let slugs, base, file, text, turn = 0;

/** A file's entries; none if there is no such file. */
async function entries(ending, folder) {
  const answer = await fetch(new URL(`papers.${ending}`, folder));
  if (answer.status === 404) return [];
  if (!answer.ok) throw answer;
  const [, head, between, tail] = FORMS[ending];
  return (await answer.text()).slice(head.length, -tail.length).split(between);
}

/** Papers' entries in order, undefined for what is no paper. */
async function select(ending) {
  if (slugs.length <= MANY) {
    const files = slugs.map((slug) => entries(ending, new URL(`papers/${slug}/`, root)));
    return (await Promise.all(files)).map(([entry]) => entry);
  }
  const all = await entries(ending, root);
  const bySlug = new Map(all.map((entry) => [ID.exec(entry)?.[1], entry]));
  return slugs.map((slug) => bySlug.get(slug));
}

const papers = (n) => `${n.toLocaleString("en")} ${n === 1 ? "paper" : "papers"}`;
const ending = () => dialog.querySelector(":checked").value;
const say = (words) => status.replaceChildren(words);

async function load() {
  const mine = ++turn;
  const [, head, between, tail] = FORMS[ending()];
  copying.disabled = downloading.disabled = true;
  area.value = "";
  say("Fetching…");
  try {
    const all = await (base ? entries(ending(), base) : select(ending()));
    if (mine !== turn) return; // Overtaken.
    const found = all.filter(Boolean);
    const missing = all.flatMap((entry, at) => (entry ? [] : slugs[at])).join(", ");
    text = head + found.join(between) + tail;
    area.value = text.slice(0, SHOWN);
    copying.disabled = downloading.disabled = !found.length;
    say(papers(found.length) + (missing && `. Not in the library, and left out: ${missing}`)
      + (text.length > SHOWN ? ". Only the beginning is shown" : ""));
  } catch {
    if (mine === turn) say(location.protocol === "file:"
      ? "Pages in a plain folder may not read files: use the links beside “Cite”."
      : "The citations could not be fetched. Are you offline? Choose a format to try again.");
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied");
  } catch {
    area.value = text;
    area.select();
    say("The browser does not let pages copy. The text is selected: copy it by hand.");
  }
}

function download() {
  const name = `${file}.${ending()}`;
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
  say(`Downloaded as ${name}`);
}

/** Open the dialog for papers, [slug, …] or {slugs, name}, or for files: {base, name, file}. */
export function openCite(of) {
  let name;
  ({ slugs = of, name = papers(slugs.length), base,
    file = slugs[1] ? `${slugs.length}-papers` : slugs[0] } = of);
  heading.textContent = `Cite ${name}`;
  dialog.showModal();
  dialog.querySelector(":checked").focus();
  return load();
}

const heading = make("h2", { id: "bs-cite" });
const area = make("textarea", { readonly: "", "aria-label": "Citations" });
const status = make("p", { role: "status" });
const copying = button("Copy", "bs-tool", copy);
const downloading = button("Download", "bs-tool", download);
const formats = make("fieldset", {}, make("legend", {}, "Format"),
  ...Object.keys(FORMS).map((value) => make("label", {},
    make("input", { type: "radio", name: "bs-format", value }), FORMS[value][0])));
const dialog = make("dialog", { class: "bs-card bs-citing", "aria-labelledby": "bs-cite" },
  heading, formats, area, status, make("div", { class: "bs-citing__ways" },
    copying, downloading, button("Close", "bs-tool", () => dialog.close())));
const kept = recall(KEY);
dialog.querySelector(`[value="${Object.hasOwn(FORMS, kept) ? kept : "bib"}"]`).checked = true;
formats.addEventListener("change", () => {
  remember(KEY, ending());
  load();
});
// The theme's own keys, such as "s", are not meant here.
dialog.addEventListener("keydown", (event) => event.stopPropagation());
document.querySelector("article.md-typeset").append(dialog);

for (const label of document.querySelectorAll(".bs-cite__label")) {
  const { href: base, download, parentNode: line } = label.nextElementSibling;
  label.replaceWith(button("Cite", "bs-cite__label",
    () => openCite({ base, name: line.dataset.what, file: download.slice(0, -4) })));
}
