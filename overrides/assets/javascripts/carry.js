/* One job: marks on their way to another browser and into this one: as a file, or as a link that
   carries them in its fragment, which is never sent to a server. docs/data.md
   tells both forms. */

import { attempt, copy, download, root } from "./dom.js";
import { merge, parse, write } from "./store.js";

const desk = document.querySelector("[data-desk]");
const [picker, field, told] = desk.querySelectorAll("input, p[role=status]");
const [offering, sharing] = desk.querySelectorAll("dialog");
const [words, merging] = offering.querySelectorAll("output, [value=merge]");

const pack = (text) => encodeURIComponent(text.replace(/"([^"]+)":"([^"]+)"/g,
  (row, slug, at) => `${slug}.${Date.parse(at).toString(36)}`)).replaceAll("%2C", "~");

const unpack = (packed) => decodeURIComponent(packed.replaceAll("~", ","))
  .replace(/([a-z\d-]{1,120})\.([a-z\d]{8})\b/g, (row, slug, time) => `"${slug}":"${new Date(parseInt(time, 36)).toISOString()}"`);

function offer(text) {
  const { marks, whole } = parse(text);
  const { gone, ...news } = merge(marks, false);
  const adds = Object.entries(news).map(([name, number]) => `${number} ${name}`).join(", ");
  const { alien, none, part, goes, stay } = words.dataset;
  const nothing = gone ? "" : /"(saved|read)"/.test(text) ? none : alien;
  const begin = adds ? `Not here yet: ${adds}.` : nothing;
  words.textContent = `${begin} ${whole ? "" : part} ${gone ? `${gone} ${goes}` : stay}`;
  merging.hidden = !adds && !gone;
  merging.onclick = () => merge(marks, true);
  offering.showModal();
}

function arrive() {
  const [, packed] = location.hash.split("#marks=");
  if (packed === undefined) return;
  history.replaceState(null, "", ".");
  offer(attempt(() => unpack(packed)) ?? "");
}

const WAYS = {
  share() {
    const { href } = new URL(`saved/#marks=${pack(write(false))}`, root);
    // Longer ones get cut; if empty, it says why.
    field.value = href.length > 32e3 ? "" : href;
    told.textContent = "";
    sharing.showModal();
  },
  copy: () => copy(field, told),
  export: () => download(write(), `broadsheet-marks-${new Date().toLocaleDateString("sv")}.json`),
  import: () => picker.click(),
};

desk.onclick = ({ target }) => WAYS[target.value]?.();
picker.onchange = async () => {
  offer(await picker.files[0].slice(0, 4e6).text());
  picker.value = "";
};
addEventListener("hashchange", arrive);
desk.hidden = false;
arrive();
