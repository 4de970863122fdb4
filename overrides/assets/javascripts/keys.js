/* One job: what the theme's drawer and search leave out for the keyboard. Escape closes the
   drawer; closing the search gives the focus back to where it was; its dialog has a name. */

const drawer = document.querySelector("#__drawer");
const search = document.querySelector("#__search");
const dialog = document.querySelector(".md-search");
let before = null;

dialog?.setAttribute("aria-label", "Search");

document.addEventListener("focusin", (event) => {
  if (!dialog?.contains(event.target) && !event.target.matches(".md-toggle")) before = event.target;
});

search?.addEventListener("change", () => {
  if (!search.checked && before?.isConnected) before.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer?.checked) drawer.checked = false;
});
