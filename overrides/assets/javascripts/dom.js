/* One job: what our modules share. Elements are made of text, never of markup. */

export const root = new URL("../../", import.meta.url);

export const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
};

export const button = (name, look, act) => {
  const made = make("button", { type: "button", class: look }, name);
  made.onclick = act;
  return made;
};

/** Promise that one of our stylesheets is at work. */
export const sheet = (name) => new Promise((done) => {
  const link = make("link", { rel: "stylesheet", href: new URL(`assets/stylesheets/${name}.css`, root) });
  link.onload = link.onerror = done;
  document.head.append(link);
});

// In lists of many an entry has a title and a few words: here it becomes one like all others.
for (const entry of document.querySelectorAll(".bs-brief > *")) {
  const [title, words] = entry.children;
  entry.id = title.firstChild.pathname.split("/").at(-2);
  entry.className += " bs-entry--lazy";
  title.className = "bs-entry__title";
  words.replaceWith(make("details", { class: "bs-abstract" },
    make("summary", {}, make("span", { class: "bs-teaser" }, words.textContent))));
}

/** Act when there is time. */
export const idle = (act) => (window.requestIdleCallback ?? setTimeout)(act, { timeout: 2e3 });

const read = async () => {
  const [answer] = await Promise.all([fetch(new URL("assets/parts.htm", root)), sheet("dialogs")]);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};
let parts;

/** Promise of a part of parts.htm, fetched when first asked for. */
export const part = async (selector) => {
  const page = document.querySelector(selector);
  if (page) return page;
  const found = (await (parts ??= read())).querySelector(selector);
  document.body.append(found);
  return found;
};

/** Open the dialog with citations, which cite.js has. */
export const cite = (...of) => import("./cite.js").then(({ openCite }) => openCite(...of));

export const download = (text, name) => {
  const href = URL.createObjectURL(new Blob([text]));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
};

export const copy = async (field, status) => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = "Copied";
  } catch {
    status.textContent = status.dataset.refused;
  }
};

export const say = (number = 0) => number.toLocaleString("en");
export const tally = (n) => `${say(n)} paper${n === 1 ? "" : "s"}`;

// Several sites may share a host.
const place = `broadsheet:${root.pathname}:`;

/** What an act gives, if it can. */
export const attempt = (act) => {
  try {
    return act();
  } catch {}
};

/** What this browser keeps, if it does; `where` may be "sessionStorage". */
export const recall = (name, where = "localStorage") =>
  attempt(() => window[where].getItem(place + name));
export const remember = (name, value, where = "localStorage") =>
  attempt(() => window[where].setItem(place + name, value));

/** The paper that a part is about. */
export const slugOf = (part) => part.closest(".bs-entry")?.id ?? location.pathname.split("/").at(-2);
export const abstract = (entry) => entry.querySelector(".bs-abstract");
/** The papers of the page's list. */
export const shown = () => [...document.querySelectorAll("[data-list] .bs-entry")];
export const box = (entry) => entry.getBoundingClientRect();
/** How far header and toolbar cover the window. */
export const edge = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
