/* One job: marks on their way to another browser and into this one: as a file, or as a link that
   carries them in its fragment, which is never sent to a server. */

import { attempt, copy, download, root } from "./dom.js";
import { merge, parse, write } from "./store.js";

const LONGEST = 16e3; // Characters; mail may cut more.
const desk = document.querySelector("[data-desk]");
const [picker, field] = desk.querySelectorAll("input");
const [offering, sharing] = desk.querySelectorAll("dialog");
const [words, merging] = offering.querySelectorAll("output, [value=merge]");

function offer(text) {
  const { marks, whole } = parse(text);
  const adds = Object.entries(merge(marks, false)).map(([name, number]) => `${number} ${name}`).join(", ");
  words.textContent = `${adds ? `Not here yet: ${adds}.` : "There is nothing new in it."} ${
    whole ? "" : "Not all of it could be read."}`;
  merging.hidden = !adds;
  merging.onclick = () => merge(marks, true);
  offering.showModal();
}

function arrive() {
  const [, packed] = location.hash.split("#marks=");
  if (packed === undefined) return;
  history.replaceState(null, "", ".");
  offer(attempt(() => decodeURIComponent(packed)) ?? "");
}

const WAYS = {
  share() {
    const { href } = new URL(`saved/#marks=${encodeURIComponent(write(false))}`, root);
    // If empty, it says why.
    field.value = href.length > LONGEST ? "" : href;
    field.nextElementSibling.textContent = "";
    sharing.showModal();
  },
  copy: () => copy(field, field.nextElementSibling),
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
