/* One job: the map of papers: zoom, name the dot that is pointed at, walk from dot to dot by the
   arrow keys. Dots are links of the page, or drawn here from map.json. One link, the name plate,
   goes along with the chosen dot: it is what takes the focus. */

const map = document.querySelector(".bs-map");
const [stage, links, plate] = ["stage", "links", "name"].map((part) => map?.querySelector(`.bs-map__${part}`));

let dots = [];
let chosen = null;
let canvas = null;
let view = { x: 0, y: 0, k: 1 }; // The map's side is 1000; k times enlarged.

const hue = () => map.querySelector(":checked").value;
let width = 0; // Of the stage, in pixels.
const scale = (k = view.k) => (width / 1000) * k;
const middle = () => [500 * scale(1), 500 * scale(1)];
const onStage = (dot) => [(dot.x - view.x) * scale(), (dot.y - view.y) * scale()];
const at = (event) => {
  const box = stage.getBoundingClientRect();
  return [event.clientX - box.left - 1, event.clientY - box.top - 1];
};

let frame = 0;
const paint = () => {
  frame = 0;
  const sharp = devicePixelRatio;
  const side = (canvas.width = canvas.height = width * sharp);
  const context = canvas.getContext("2d");
  const size = side * Math.max(0.003, 0.125 / Math.sqrt(dots.length)) * Math.sqrt(view.k);
  for (const swatch of [...map.querySelectorAll("svg")].reverse()) {
    const own = swatch.parentNode.control.value;
    const stamp = new OffscreenCanvas(4 * size, 4 * size); // Much faster than 10,000 paths.
    const ink = stamp.getContext("2d");
    ink.setTransform(size / 9, 0, 0, size / 9, 2 * size, 2 * size);
    ink.fillStyle = getComputedStyle(swatch).color;
    ink.fill(new Path2D(swatch.firstElementChild.getAttribute("d")));
    context.globalAlpha = ["all", own].includes(hue()) ? 1 : 0.12;
    for (const dot of dots) {
      if (dot.hue !== own) continue;
      context.drawImage(stamp, ...onStage(dot).map((way) => Math.round(way * sharp - 2 * size)));
    }
  }
};

const look = (x = view.x, y = view.y, k = view.k) => {
  const inside = (from) => Math.max(0, Math.min(1000 - 1000 / k, from));
  view = { x: inside(x), y: inside(y), k };
  const places = { ...view, u: chosen?.x ?? 0, v: chosen?.y ?? 0 };
  for (const name in places) stage.style.setProperty(`--${name}`, places[name]);
  stage.style.touchAction = k > 1 ? "none" : "pan-y";
  links?.setAttribute("viewBox", `${view.x} ${view.y} ${1000 / k} ${1000 / k}`);
  if (canvas) frame ||= requestAnimationFrame(paint);
};

/** Enlarge; what stands at a point of the stage stays there. By nothing: the whole map. */
const zoom = (by, [x, y] = chosen ? onStage(chosen) : middle()) => {
  const k = by ? Math.max(1, Math.min(40, view.k * by)) : 1;
  look(view.x + x / scale() - x / scale(k), view.y + y / scale() - y / scale(k), k);
};

/** Choose a dot; `stays` keeps its name, to be tapped, when the pointer has gone. */
const choose = (dot, stays = false) => {
  if (dot) {
    plate.href = dot.href;
    plate.firstChild.textContent = dot.title;
    plate.lastChild.textContent = dot.about;
  }
  const other = dot !== chosen;
  chosen = dot;
  if (other) look();
  map.classList.toggle("bs-map--named", !!dot);
  map.classList.toggle("bs-map--stays", !!dot && stays);
};
const leave = () => plate.matches(":focus, .bs-map--stays *") || choose(null);

const nearest = ([x, y], reach, length = Math.hypot) => {
  let best = null;
  for (const dot of dots) {
    const [left, top] = onStage(dot);
    const far = length(left - x, top - y);
    if (far < reach && ["all", dot.hue].includes(hue())) [best, reach] = [dot, far];
  }
  return best;
};

/** Go to the nearest dot in a direction; what lies aside of the way counts as farther. */
const walk = (right, down) => {
  const next = nearest(onStage(chosen), Infinity, (x, y) => {
    const [ahead, aside] = [x * right + y * down, Math.abs(x * down) + Math.abs(y * right)];
    return ahead > 0.1 && aside <= 2 * ahead ? ahead + 2 * aside : Infinity;
  });
  if (!next) return;
  choose(next);
  const seen = onStage(next).every((way) => way > 0 && way < width);
  if (!seen) look(next.x - 500 / view.k, next.y - 500 / view.k);
};
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = { "+": 1.6, "=": 1.6, "-": 0.625, 0: 0 };

const fingers = new Map();
let dragged = 0;

const on = {
  keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ZOOMS) zoom(ZOOMS[event.key]);
    else if (event.key in WAYS && chosen) walk(...WAYS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  focusin: (event) => event.target === plate && !chosen && choose(nearest(middle(), Infinity)),
  focusout: () => setTimeout(leave),
  pointerdown(event) {
    fingers.set(event.pointerId, at(event));
    dragged = 0;
  },
  pointermove(event) {
    const [to, from] = [at(event), fingers.get(event.pointerId)];
    if (!from) return leave() || (event.pointerType === "mouse" && choose(nearest(to, 18)));
    fingers.set(event.pointerId, to);
    const [x, y] = [to[0] - from[0], to[1] - from[1]];
    dragged += Math.hypot(x, y);
    const other = [...fingers.values()].find((finger) => finger !== to);
    const apart = ([left, top]) => Math.hypot(left - other[0], top - other[1]) + 1;
    if (other) zoom(apart(to) / apart(from), other);
    else if (dragged > 4) look(view.x - x / scale(), view.y - y / scale());
  },
  pointerleave: leave,
  wheel(event) {
    if (event.deltaY > 0 && view.k === 1) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), at(event));
  },
  click(event) {
    const by = event.target.dataset.zoom;
    if (by) return zoom(Number(by));
    if (plate.contains(event.target)) return;
    const touch = event.pointerType !== "mouse";
    const dot = dragged > 4 ? null : nearest(at(event), touch ? 28 : 18);
    if (dot && (!touch || dot === chosen)) location.href = dot.href;
    else choose(dot, true);
    event.preventDefault();
  },
};

if (links) {
  dots = [...links.children].map((link) => {
    const title = link.textContent;
    link.tabIndex = -1; // The name plate is the one stop of the Tab key,
    link.firstChild.remove(); // and the browser's own tooltip would cover it.
    link.setAttribute("aria-label", title);
    return { ...link.dataset, title, href: link.href.baseVal };
  });
} else if (stage) {
  const { papers, subjects, digests } = await (await fetch("map.json")).json();
  dots = papers.map(([slug, title, x, y, hue, day]) => ({
    x, y, hue: String(hue), title, about: `${subjects[hue]} · ${digests[day]}`, href: `../papers/${slug}/`,
  }));
  canvas = document.createElement("canvas");
  canvas.className = "bs-map__dots";
  stage.querySelector("img").replaceWith(canvas);
}
if (dots.length) {
  plate.href = dots[0].href;
  for (const name in on) stage.addEventListener(name, on[name], { passive: false });
  for (const over of ["pointerup", "pointercancel"]) {
    addEventListener(over, (event) => fingers.delete(event.pointerId));
  }
  const again = () => {
    width = stage.clientWidth;
    look();
  };
  again();
  map.addEventListener("change", again);
  new ResizeObserver(again).observe(stage);
  new MutationObserver(again).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
}
