/* One job: marks on their way to another browser and into this one: as a file, or as a link that
   carries them in its fragment, which is never sent to a server. They are merged, when asked. */

import { button, make } from "./dom.js";
import { merge, parse, write } from "./store.js";

const LONGEST = 8000; // Characters of a link that mail and messengers let through.
const LARGEST = 2e6; // Bytes that are unpacked or read, whatever comes.
const desk = document.querySelector("[data-desk]");

const through = (bytes, ...streams) =>
  new Response(streams.reduce((from, by) => from.pipeThrough(by), new Blob([bytes]).stream()));

async function pack(text) {
  let [kind, packed] = ["p", new TextEncoder().encode(text)];
  try {
    packed = new Uint8Array(await through(text, new CompressionStream("deflate-raw")).arrayBuffer());
    kind = "z";
  } catch {
    // A browser that cannot pack: they go as they are.
  }
  const letters = btoa(String.fromCharCode(...packed.subarray(0, LONGEST)));
  return kind + letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpack(packed) {
  if (packed.length > LARGEST) return "";
  const letters = atob(packed.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
  let room = LARGEST;
  const bound = new TransformStream({
    transform(part, out) {
      if ((room -= part.length) < 0) throw new RangeError("too much");
      out.enqueue(part);
    },
  });
  const how = packed[0] === "p" ? [] : [new DecompressionStream("deflate-raw")];
  return through(Uint8Array.from(letters, (letter) => letter.charCodeAt()), ...how, bound).text();
}

/** A dialog; its buttons close it if what they do does not return true. */
function card(title, content, ...ways) {
  const dialog = make("dialog", { class: "bs-card bs-carry", "aria-labelledby": "bs-carry" },
    make("h2", { id: "bs-carry" }, title), ...content,
    make("div", { class: "bs-card__ways" }, ...ways.map(([name, act]) =>
      button(name, "bs-tool", () => act?.() || dialog.close()))));
  dialog.onclose = () => dialog.remove();
  document.querySelector("article").append(dialog);
  dialog.showModal();
  return dialog;
}

function offer(text) {
  const { marks, refused, newer } = parse(text);
  const { saved, read, removed } = newer ? {} : merge(marks, false);
  const adds = [saved && `${saved} saved`, read && `${read} read`, removed && `${removed} taken out later`]
    .filter(Boolean).join(", ");
  const words = newer ? "They come from a newer version of this site. Nothing is changed."
    : adds ? `What is not here yet: ${adds}. Your own marks stay.`
      : marks.size ? "All of them are here already." : "No marks could be read. Nothing is changed.";
  const lost = refused && marks.size ? `${refused} more could not be read.` : "";
  return card(adds ? "Merge these marks?" : "Nothing to merge", [make("p", {}, words, " ", lost)],
    ...(adds ? [["Merge", () => void merge(marks, true)], ["Leave"]] : [["Close"]]));
}

async function share() {
  const { href } = new URL(`../../saved/#marks=${await pack(write(0))}`, import.meta.url);
  if (href.length > LONGEST) {
    return card("Too long for a link", [make("p", {}, "Mail and messengers would cut it. Export a file instead.")], ["Close"]);
  }
  const field = make("input", { class: "bs-field", readonly: "", value: href, "aria-label": "Link" });
  const said = make("p", { role: "status" });
  const copy = () => {
    field.select();
    navigator.clipboard?.writeText(href).then(() => said.replaceChildren("Copied."), () => {});
    return true;
  };
  return card("A link with your marks", [make("p", {},
    "Whoever opens it is asked whether to merge them. The marks are in the link itself; no server gets them."),
  field, said], ["Copy", copy], ["Close"]);
}

function save() {
  const href = URL.createObjectURL(new Blob([write()], { type: "application/json" }));
  const download = `broadsheet-marks-${new Date().toLocaleDateString("sv")}.json`;
  make("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
}

async function arrive() {
  const [, packed] = location.hash.match(/^#marks=(.*)/) ?? [];
  if (packed === undefined) return;
  const text = await Promise.resolve(packed).then(unpack).catch(() => "");
  offer(text).addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
}

if (desk) {
  const picker = make("input", { type: "file", accept: ".json", hidden: "", "aria-label": "File of marks" });
  picker.onchange = async () => {
    offer(await picker.files[0].slice(0, 2 * LARGEST).text());
    picker.value = "";
  };
  desk.append(button("Share as a link", "bs-tool", share), button("Export", "bs-tool", save),
    button("Import", "bs-tool", () => picker.click()), picker);
  addEventListener("hashchange", arrive);
  arrive();
}
