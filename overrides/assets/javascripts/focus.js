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

// The theme lets go of the focus in its own time, so this looks once it has.
const giveBack = () => {
  setTimeout(() => {
    const nowhere = document.activeElement === document.body;
    if (nowhere && !search.checked && before?.isConnected) before.focus({ preventScroll: true });
  });
};

search?.addEventListener("change", giveBack);
dialog?.addEventListener("focusout", giveBack);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer?.checked) drawer.checked = false;
});
