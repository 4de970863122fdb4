/* One job: what our modules share: elements made without markup (strings are text, whatever
   stands in them), and small values that this browser keeps, if it lets us. */

export const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
};

export const button = (name, look, act) => {
  const made = make("button", { type: "button", class: look }, name);
  made.addEventListener("click", act);
  return made;
};

/** What was kept under a key, or null; `where` may be "sessionStorage". */
export const recall = (key, where = "localStorage") => {
  try {
    return window[where].getItem(key);
  } catch {
    return null;
  }
};

export const remember = (key, value, where = "localStorage") => {
  try {
    window[where].setItem(key, value);
  } catch {
    // Blocked or full: it holds for this page only.
  }
};
