/* One job: formulas are copied as TeX; of MathML bare letters would come out. */

/** The ends of the selection stay beside it. */
const swap = (old, other) => {
  old.before(other);
  old.remove();
};

addEventListener("copy", (event) => {
  const selection = getSelection();
  const formulas = [...document.querySelectorAll("math")].filter((one) => selection.containsNode(one, true));
  if (selection.isCollapsed || !formulas.length || event.target.matches(":read-write, [readonly]")) return;
  // Half a formula has no TeX.
  const range = selection.getRangeAt(0);
  if (formulas[0].contains(range.startContainer)) range.setStartBefore(formulas[0]);
  const pairs = formulas.map((one) => [one, new Text(`$${one.dataset.tex}$`)]);
  for (const [one, tex] of pairs) swap(one, tex);
  event.clipboardData.setData("text", selection);
  for (const [one, tex] of pairs) swap(tex, one);
  event.preventDefault();
});
