/* One job: the dialog with citations, in parts.htm, to copy or download. Those of a selection are
   joined from its papers' files as generator/writing/citations/files.py joins them. */

import { copy, download, part, recall, remember, root, tally } from "./dom.js";

const dialog = await part(".bs-citing");
const [heading, format, area, status, copying, downloading] = dialog.children;
let papers, file, turn = 0;

async function load() {
  const mine = ++turn;
  const { ending, head, between, tail } = format.selectedOptions[0].dataset;
  const read = async (paper) => {
    const folder = new URL(paper.includes("/") ? paper : `papers/${paper}/`, root);
    const answer = await fetch(new URL(`papers.${ending}`, folder));
    return answer.ok && (await answer.text()).slice(head.length, -tail.length);
  };
  const texts = [];
  copying.disabled = downloading.disabled = true;
  area.value = "";
  status.textContent = "Fetching…";
  while (texts.length < papers.length) {
    // Of thousands at once browsers refuse some.
    const next = papers.slice(texts.length).slice(0, 100);
    texts.push(...await Promise.all(next.map((paper) => read(paper).catch(() => ""))));
    if (mine !== turn) return;
  }
  const found = texts.filter(Boolean);
  const missing = papers.filter((_, at) => !texts[at]);
  copying.disabled = downloading.disabled = !found.length;
  area.value = found.length ? head + found.join(between) + tail : "";
  status.textContent = missing.length ? `Could not be fetched: ${missing.join(", ")}. Are you offline?` : "";
}

dialog.onclose = () => turn++;
copying.onclick = () => copy(area, status);
downloading.onclick = () => download(area.value, `${file}.${format.selectedOptions[0].dataset.ending}`);
format.onchange = () => {
  remember("format", format.value);
  load();
};

/** Cite papers: their slugs, or the address of a file that has them. */
export function openCite(of, what = tally(of.length), name = "papers") {
  [papers, file] = [of, name];
  format.value = recall("format") ?? format.value;
  if (!format.value) format.selectedIndex = 0;
  heading.textContent = `Cite ${what}`;
  dialog.showModal();
  return load();
}
