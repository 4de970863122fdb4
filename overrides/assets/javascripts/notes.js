/* One job: a note on a word, which the stylesheet opens on hover and focus, closes on Escape, on a
   second tap and on a tap elsewhere. Notes open and close without it. */

const WORD = ".bs-abbr, .bs-repair";
const root = document.documentElement.classList;
const noted = () => document.activeElement?.closest(WORD);
const speak = () => root.remove("bs-hush");

addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || root.contains("bs-hush")) return;
    if (!noted() && !document.querySelector(`:is(${WORD}):hover`)) return;
    // This Escape is for the note alone; the focus stays where it is.
    event.stopPropagation();
    root.add("bs-hush");
  },
  true,
);

addEventListener("focusin", speak);
addEventListener("pointerover", (event) => {
  // A finger comes over a word just before it taps: that is for the tap to decide.
  if (event.pointerType === "mouse" && event.target.closest?.(WORD)) speak();
});
addEventListener("pointerdown", (event) => {
  const word = noted();
  const target = event.target.closest?.(WORD);
  if (word && target === word) root.toggle("bs-hush");
  else if (word && !target) word.blur();
});
