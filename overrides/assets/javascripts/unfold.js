/* One job: a button that unfolds or folds all abstracts of a list at once.
   Without scripts there is no button, and each abstract still unfolds by itself. */

const abstracts = [...document.querySelectorAll(".bs-entries .bs-abstract")];
const place = document.querySelector(".bs-dateline");

if (abstracts.length > 1 && place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bs-unfold";

  const allOpen = () => abstracts.every((abstract) => abstract.open);
  const name = () => {
    button.textContent = allOpen() ? "Fold all abstracts" : "Unfold all abstracts";
  };

  button.addEventListener("click", () => {
    const open = !allOpen();
    for (const abstract of abstracts) abstract.open = open;
    name();
  });
  for (const abstract of abstracts) abstract.addEventListener("toggle", name);

  name();
  place.append(button);
}
