/* One job: what the theme's drawer and search leave out for the keyboard. */

const search = document.querySelector("#__search");
const dialog = document.querySelector(".md-search");
let before;

dialog?.setAttribute("aria-label", "Search");
document.addEventListener("focusin", ({ target }) => {
  if (!dialog?.contains(target) && !target.matches(".md-toggle")) before = target;
});
// Once the theme has let go of the focus, in its own time.
search?.addEventListener("change", () => {
  setTimeout(() => search.checked || before?.focus({ preventScroll: true }));
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") document.querySelector("#__drawer").checked = false;
});
