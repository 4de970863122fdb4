/* One job: the button that unfolds or folds all abstracts of a list at once, and what was
   unfolded when the reader comes back from a paper. Each abstract unfolds without it. */

const abstracts = [...document.querySelectorAll(".bs-entries .bs-abstract")];
const button = document.querySelector(".bs-unfold");
const key = `unfolded:${location.pathname}`;

const allOpen = () => abstracts.every((abstract) => abstract.open);

const name = () => {
  button.textContent = allOpen() ? "Fold all abstracts" : "Unfold all abstracts";
};

const remember = () => {
  const open = abstracts.flatMap((abstract, at) => (abstract.open ? [at] : []));
  try {
    sessionStorage.setItem(key, JSON.stringify(open));
  } catch {
    // Storage is blocked or full: the list is folded when the reader comes back.
  }
};

const restore = () => {
  try {
    for (const at of JSON.parse(sessionStorage.getItem(key) ?? "[]")) {
      if (abstracts[at]) abstracts[at].open = true;
    }
  } catch {
    // Nothing that can be read: the list stays as it is.
  }
};

if (button) {
  // A fresh visit starts folded; coming back or reloading finds the list as it was left.
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") restore();
  name();
  button.addEventListener("click", () => {
    const open = !allOpen();
    for (const abstract of abstracts) abstract.open = open;
  });
  for (const abstract of abstracts) abstract.addEventListener("toggle", name);
  addEventListener("pagehide", remember);
}
