/* One job: the map of papers: name the dot that is pointed at, walk from dot to dot by the arrow
   keys, zoom about a point. One link, the name plate, goes along with the chosen dot. */

const map = document.querySelector(".bs-map");
const [stage, sheet, plate] = map.querySelectorAll(".bs-map__stage, .bs-map__sheet, .bs-map__name");
const levels = [...map.querySelectorAll("[name=zoom]")];

// A dot begins with x and y on a map whose side is 1000.
const { subjects, digests, papers: dots } = await (await fetch("map.json")).json();
let chosen = null;
let k = 1;

const scale = () => sheet.clientWidth / 1000;
const onStage = ([x, y]) => [x * scale() - stage.scrollLeft, y * scale() - stage.scrollTop];
const middle = () => [stage.scrollLeft, stage.scrollTop].map((way) => (way + stage.clientWidth / 2) / scale());
const pointed = (event) => {
  const { left, top } = sheet.getBoundingClientRect();
  return [(event.clientX - left) / scale(), (event.clientY - top) / scale()];
};

const nearest = ([x, y], reach = Infinity, length = Math.hypot) => {
  const shown = map.querySelector("[name=subject]:checked").value;
  let best = null;
  for (const dot of dots) {
    const far = length(dot[0] - x, dot[1] - y);
    if (far < reach && ["all", `${dot[2]}`].includes(shown)) [best, reach] = [dot, far];
  }
  return best;
};

const choose = (dot) => {
  chosen = dot;
  map.classList.toggle("bs-map--named", !!dot);
  if (!dot) return;
  const [x, y, subject, digest, slug, title] = dot;
  plate.href = `../papers/${slug}/`;
  plate.firstChild.textContent = title;
  plate.lastChild.textContent = `${subjects[subject]} · ${digests[digest]}`;
  const [across, down] = onStage(dot).map((way) => `${(100 * way) / stage.clientWidth}%`);
  const at = { "--u": x, "--v": y, "--across": across, "--down": down };
  for (const name in at) plate.style.setProperty(name, at[name]);
};
const leave = (dot) => choose(dot || (plate.matches(":focus-visible") && chosen));

/** Make the map so many times as large about a place. */
const zoom = (to, place = chosen || middle()) => {
  const [x, y] = onStage(place);
  k = Math.max(1, Math.min(16, to));
  levels.findLast((input) => input.value <= k).checked = true;
  sheet.style.setProperty("--k", k);
  const [right, down] = onStage(place);
  stage.scrollBy(right - x, down - y);
  choose(chosen);
};

/** Go to the nearest dot in a direction; what lies aside counts as farther. */
const walk = (right, down) => {
  const length = (x, y) => {
    const [ahead, aside] = [x * right + y * down, Math.abs(x * down - y * right)];
    return ahead > 0 && aside <= 2 * ahead ? ahead + 2 * aside : Infinity;
  };
  choose(nearest(chosen, Infinity, length) ?? chosen);
  plate.scrollIntoView({ block: "nearest", inline: "nearest" });
};
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

map.addEventListener("change", ({ target }) => target.name === "zoom" && zoom(target.value));
map.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const to = { "+": 2 * k, "=": 2 * k, "-": k / 2, 0: 1 }[event.key];
  if (to) zoom(to);
  else if (event.key in WAYS && event.target === plate) walk(...WAYS[event.key]);
  else return;
  event.preventDefault();
});

let dragged = 0, isTap;
const on = {
  focusin: () => chosen || choose(nearest(middle())),
  focusout: () => leave(),
  pointerdown: (event) => [dragged, isTap] = [0, event.pointerType === "touch"],
  mouseleave: () => isTap || leave(), // Some tell it after a tap.
  pointermove(event) {
    if (event.pointerType === "touch") return;
    if (!event.buttons) return leave(nearest(pointed(event), 18 / scale()));
    dragged += Math.hypot(event.movementX, event.movementY);
    stage.scrollBy(-event.movementX, -event.movementY);
  },
  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(k * Math.exp(-event.deltaY / 200), pointed(event));
  },
  click(event) {
    if (dragged > 4) event.preventDefault();
    else if (!plate.contains(event.target)) choose(nearest(pointed(event), 28 / scale()));
  },
};
for (const name in on) stage.addEventListener(name, on[name]);
map.querySelector(".bs-map__links")?.remove(); // The plate is the one stop for Tab.
plate.hidden = false;
zoom(levels.find((input) => input.checked).value);
