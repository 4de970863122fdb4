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

/** Give the reader a text file. */
export const download = (text, name) =>
  make("a", { href: URL.createObjectURL(new Blob([text])), download: name }).click();

// Several sites may share a host and its storage.
const place = `broadsheet:${root.pathname}:`;

/** What an act gives, if it can. */
export const attempt = (act) => {
  try {
    return act();
  } catch {
    // Blocked or full: it holds for this page only.
  }
};

/** What this browser keeps, if it does; `where` may be "sessionStorage". */
export const recall = (name, where = "localStorage") =>
  attempt(() => window[where].getItem(place + name));
export const remember = (name, value, where = "localStorage") =>
  attempt(() => window[where].setItem(place + name, value));

/** The papers of the page's list. */
export const shown = () => [...document.querySelectorAll("[data-list] .bs-entry")];
export const box = (entry) => entry.getBoundingClientRect();
/** Where the part of the window ends that the header and the toolbar cover. */
export const edge = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
