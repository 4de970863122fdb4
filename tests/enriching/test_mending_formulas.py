"""Formulas in a text: found, read in plain words, drawn; or left whole as they were supplied."""

from __future__ import annotations

import pytest

from generator.enriching.formulas import LONGEST, reading
from generator.enriching.mending import mend

FORMULAS = {
    "dollars": (r"the $\alpha$-test", "the α-test", r"\alpha"),
    "round": (r"in \(O(n)\) time", "in O(n) time", "O(n)"),
    "two-dollars": ("so $$E=mc^2$$.", "so E=mc².", "E=mc^2"),
    "square": (r"so \[x^2 + 1\].", "so x² + 1.", "x^2 + 1"),
    "spaced": ("with $ K = 2048 $ heads", "with K = 2048 heads", "K = 2048"),
    "touching-word": ("the $n$th of $k$", "the nth of k", "n"),
    "before-money": ("$k$ for $5", "k for $5", "k"),
    "in-tex": (r"\emph{$k$-means}", "k-means", "k"),
    "macro-of-everybody": (r"in $\R^n$", "in ℝⁿ", r"\R^n"),
    "escaped-dollar-near": (r"\$5 for $x^2$", "$5 for x²", "x^2"),
}


@pytest.mark.parametrize(("text", "plain", "tex"), FORMULAS.values(), ids=FORMULAS.keys())
def test_maths_becomes_a_formula_with_its_reading(text: str, plain: str, tex: str) -> None:
    mended = mend(text)
    assert mended.text == plain
    formula = mended.marks.formulas[0]
    assert formula.tex == tex
    assert formula.mathml.startswith("<math ")
    assert mended.text[formula.start : formula.end] in plain


PLAIN = {
    "number": ("$11$", "11"),
    "number-with-unit": ("a $1.8$M-parameter, $22.5$x", "a 1.8M-parameter, 22.5x"),
    "percent": (r"$95.42\%$", "95.42%"),
    "thousands": ("$1{,}000$", "1,000"),
    "factor": (r"2.5$\times$ faster", "2.5× faster"),
    "arrow": (r"1%$\uparrow$", "1%↑"),
    "raised-number": ("256$^2$ and A$^{2}$-LLM", "256² and A²-LLM"),
    "lowered-number": ("Cu$_2$O", "Cu₂O"),
    "words": (r"$\textbf{Name}$ and $\textit{in \textbf{it}}$", "Name and in it"),
    "letter-of-a-word": (r"$\underline{S}$parsity", "Sparsity"),
}


@pytest.mark.parametrize(("text", "plain"), PLAIN.values(), ids=PLAIN.keys())
def test_what_loses_nothing_as_text_is_only_text(text: str, plain: str) -> None:
    mended = mend(text)
    assert mended.text == plain
    assert not mended.marks.formulas


UNTOUCHED = {
    "unknown-command": r"at $\OTheta{\frac{1}{t}}$ and",
    "unknown-macro-in-brackets": r"graphs \(G\sim\ER(n,q)\) in",
    "nothing-under-root": r"O($\sqrt$ n)",
    "unclosed-group": r"$\widetilde{O(m/\epsilon^2)$",
    "alignment": r"$a & b \\ c$",
    "too-long": "$" + "x^2 + " * 100 + "1$",
    "too-deep": "$" + "{" * 60 + "x^2" + "}" * 60 + "$",
    "empty": "$ $ and $$",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_a_formula_that_cannot_be_shown_stays_as_supplied(text: str) -> None:
    mended = mend(text)
    assert mended.text == text
    assert not mended.marks.formulas


READINGS = {
    r"O(n^2)": "O(n²)",
    r"O(n\log n)": "O(n log n)",
    r"\mathcal{O}(\sqrt{T} \log T)": "O(√T log T)",
    r"\tilde{O}(\epsilon^{-2})": "Õ(ε⁻²)",
    r"x \in \mathbb{R}^{n\times d}": "x ∈ ℝ^(n × d)",
    r"\frac{1}{2}": "1/2",
    r"\frac{n+1}{\sqrt{m}}": "(n+1)/(√m)",
    r"\frac12 k": "1/2 k",
    r"\frac{1}{\epsilon}k": "(1/ε)k",
    r"\sqrt{n}m": "√(n)m",
    r"\sqrt{a+b}": "√(a+b)",
    r"\sqrt[3]{x}": "³√x",
    r"\ell_2": "ℓ₂",
    r"A_{i,j}": "A_(i,j)",
    r"d_{out}": "d_out",
    r"T^{1/3}": "T^(1/3)",
    r"Q^{\star}": "Q^⋆",
    r"25\,^\circ\mathrm{C}": "25°C",
    r"1^{\rm st}": "1st",
    r"f'": "f′",
    r"\binom{n}{2}": "(n choose 2)",
    r"\{0,1\}^n": "{0,1}ⁿ",
    r"\left(\frac{a}{b}\right)": "(a/b)",
    r"9.8\pm4.1": "9.8 ± 4.1",
    r"{}^{63}": "⁶³",
    r"p(y \mid x)": "p(y | x)",
    r"\max \{x , 0\}": "max{x, 0}",
    r"\text{number of steps}": "number of steps",
}


@pytest.mark.parametrize(("tex", "plain"), READINGS.items(), ids=READINGS.keys())
def test_a_formula_reads_in_plain_words(tex: str, plain: str) -> None:
    assert reading(tex) == plain


@pytest.mark.parametrize("tex", [r"\foo", "{x", "x}", "x^", "_", r"\frac{1}", "x" * (LONGEST + 1)])
def test_what_cannot_be_read_gives_none(tex: str) -> None:
    assert reading(tex) is None
