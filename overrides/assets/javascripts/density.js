/* One job: how much of each paper a list shows: radio buttons that the stylesheet obeys. */

import { abstract, recall, remember, shown } from "./dom.js";
import { putBack } from "./place.js";

const choices = document.querySelector(".bs-densities");
const fold = document.querySelector(".bs-unfold");

for (const radio of choices.elements) radio.checked ||= radio.value === recall("density");
fold.hidden = false;
putBack();

choices.onchange = ({ target }) => {
  remember("density", target.value);
  putBack();
};
fold.onclick = () => {
  const open = shown().some((entry) => !abstract(entry).open);
  for (const entry of shown()) abstract(entry).open = open;
  putBack();
};
