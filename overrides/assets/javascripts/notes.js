/* One job: to close a note on a word, which the stylesheet opens, on Escape or a tap. */

const WORD = ":is(.bs-abbr, .bs-repair)";
/** Without being told which, the other of the two. */
const hush = (on) => document.documentElement.classList.toggle("bs-hush", on);

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(`html:not(.bs-hush) ${WORD}:is(:hover, :focus)`)) {
    // This Escape is for the note alone; the focus stays.
    event.stopPropagation();
    hush(true);
  }
}, true);
addEventListener("focusin", () => hush(false));
addEventListener("pointerover", ({ pointerType, target }) => {
  // A finger comes over a word just before it taps; the tap decides.
  if (pointerType === "mouse" && target.closest(WORD)) hush(false);
});
addEventListener("pointerdown", ({ target }) => {
  const word = document.querySelector(`${WORD}:focus`);
  if (word?.contains(target)) hush();
  else word?.blur();
});
