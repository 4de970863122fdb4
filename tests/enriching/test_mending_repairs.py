"""Damage: what each rule mends, and what it must never touch."""

from __future__ import annotations

import pytest

from generator.enriching.mending import mend
from generator.enriching.repairs import REPAIRS, Rule

MENDED = {
    "times": ("of 384times384 on", "384times384", "384 × 384", "times"),
    "times-three": ("3times768times512", "3times768times512", "3 × 768 × 512", "times"),
    "times-letters": ("an NtimesN grid", "NtimesN", "N × N", "times"),
    "factor": ("a 2.01times decode speedup", "2.01times", "2.01×", "factor"),
    "factor-thousands": ("1,000times, at least", "1,000times", "1,000×", "factor"),
    "at-least": ("with geq 0.65 in", "geq 0.65", "≥ 0.65", "relation"),
    "at-most-glued": ("of leq5 %", "leq5", "≤ 5", "relation"),
    "not-equal": ("x neq -1.", "neq -1", "≠ -1", "relation"),
    "about": ("a maximum of sim80% at", "sim80%", "∼80%", "about"),
    "about-escaped": (r"of sim80\% at", r"sim80\%", "∼80%", "about"),
    "about-factor": ("some sim2times", "sim2times", "∼2×", "about"),
    "plus-minus": ("at 76.2pm0.4 points", "76.2pm0.4", "76.2 ± 0.4", "plusminus"),
    "plus-minus-set": ("in {pm 1, pm i}", "{pm 1, pm i}", "{±1, ±i}", "plusminus"),
    "star": ("a Q^{star}-approximation", "Q^{star}", "Q^⋆", "script"),
    "star-bare": ("a Q^star value", "Q^star", "Q^⋆", "script"),
    "square": ("X^{2}-Gaussian", "X^{2}", "X²", "script"),
    "square-of-word": ("the OVQA^{2} set", "OVQA^{2}", "OVQA²", "script"),
    "degrees": ("360^{circ} views", "360^{circ}", "360°", "script"),
    "degrees-of-tex": (r"0^{\circ} to", r"0^{\circ}", "0°", "script"),
    "fraction": ("O(m^{1/2}) time", "m^{1/2}", "m^(1/2)", "script"),
    "names-within": ("2^{O(k/epsilon)}n", "2^{O(k/epsilon)}", "2^(O(k/ε))", "script"),
    "lowered": ("an F_{0.5} score", "F_{0.5}", "F_0.5", "script"),
    "behind-bracket": ("[u, v]^{T} as", "]^{T}", "]ᵀ", "script"),
    "greek-number": ("the pi_0 policy", "pi_0", "π₀", "greek"),
    "greek-decimal": ("pi_0.5, and", "pi_0.5", "π_0.5", "greek"),
    "greek-raised": ("on tau^2-bench", "tau^2", "τ²", "greek"),
    "ell": ("the ell_p norm", "ell_p", "ℓₚ", "greek"),
    "braced": (r"an ({\epsilon}, 1)-cut", r"{\epsilon}", "ε", "braced"),
    "braced-degrees": (r"in 360{\deg}: Search", r"{\deg}", "°", "braced"),
    "command": (r"for \epsilon^{-2}d steps", r"\epsilon^{-2}", "ε⁻²", "command"),
    "command-sign": (r"over 3.6\times inference", r"\times", "×", "command"),
    "command-root": (r"of O(\sqrt{OPT}) when", r"\sqrt{OPT}", "√(OPT)", "command"),
    "command-relation": (r"if OPT \in [0,1] is", r"\in", "∈", "command"),
    "wrapper": ("in mathcal{O}(n) time", "mathcal{O}", "O", "wrapper"),
    "wrapper-of-words": ("a textit{video cut}.", "textit{video cut}", "video cut", "wrapper"),
    "root": ("sqrt{k} log k", "sqrt{k}", "√k", "wrapper"),
    "entity": ("0 &lt; U", "&lt;", "<", "entity"),
    "entity-space": ("Abstract&nbsp;&nbsp;The", "&nbsp;&nbsp;", " ", "entity"),
}


@pytest.mark.parametrize(("text", "original", "shown", "rule"), MENDED.values(), ids=MENDED.keys())
def test_a_rule_mends_its_spot_and_says_what_stood_there(
    text: str, original: str, shown: str, rule: str
) -> None:
    mended = mend(text)
    assert mended.text == text.replace(original, shown)
    (repair,) = mended.marks.repairs
    assert mended.text[repair.start : repair.end] == shown
    assert (repair.original, repair.rule) == (original, rule)


STAYS = {
    "the-times": "The New York Times, sometimes 3 times 4 times, times2, timeseries, 2times-fold",
    "times-in-name": "v1.2times3x, x2times3, a384times384b, lifetimes",
    "leq-as-name": "the leq operator, LEQ 5, geqo 3, x.leq 5, leq-5, neq, leq 65 dB, leq 65.5 dB",
    "approx-and-sim": "approx 50, sim 10, sim2real, sim2, Sim80%, SimCLR, a sim of 3",
    "time-of-day": "at 2 pm 3.5 people, 2.30pm, 10pm5, PM2.5, (pm 2.5), 5 pm",
    "words-in-to": "in, to, star, pi, beta, log n, alpha beta, (1+epsilon)-approximation",
    "plain-powers": "O(n^2), R^d, 10^3, CoRe^2, H_2O, x_i, UV^T, a_{}",
    "variables": "my_alpha_1, alpha_1_x, file_{name}.txt, prefix_{index}, beta_max, x.pi_0",
    "placeholders": "{epsilon}, {star}, {0}, f{x}, ${name}",
    "paths": r"C:\beta\alpha, \\alpha\beta, \n\t, \d{3}, a\to b",
    "words-of-wrappers": "text{file}, bar{x, y}, frac, sqrt(n), mathbf x",
    "ampersands": "AT&T; R&D; Q&A, &unknown; &, &#0; &#x0304; &#1114112; &dollar;",
    "references": "&lt;script&gt; a&lt;b R&#38;D &copy; &amp;amp;",
    "markup": "a <i>G</i> and H<sub>2</sub>O",
    "tags": "<think> and <i> alone, x < y > z, <div>y</div>, <i>\n\n</i>",
    "multiplied-twice": "an orthogonality of ×4.1times that",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS.keys())
def test_what_only_looks_like_damage_stays(text: str) -> None:
    mended = mend(text)
    assert mended.text == text
    assert not mended.marks.repairs


def test_a_repair_can_hold_the_formula_that_was_damaged() -> None:
    marks = mend("a form of Q^{star}-approximation").marks
    (repair,), (formula,) = marks.repairs, marks.formulas
    assert (formula.start, formula.end) == (repair.start, repair.end)
    assert formula.tex == r"Q^{\star}"
    assert "<msup>" in formula.mathml


def test_a_repair_takes_in_those_within_it() -> None:
    mended = mend("textbf{at Q^{star}, geq 0.5}")
    assert mended.text == "at Q^⋆, ≥ 0.5"
    assert [repair.original for repair in mended.marks.repairs] == ["textbf{at Q^{star}, geq 0.5}"]
    assert len(mended.marks.formulas) == 1


@pytest.mark.parametrize("rule", REPAIRS, ids=lambda rule: rule.key)
def test_every_rule_has_an_example_that_is_true(rule: Rule) -> None:
    mended = mend(rule.before)
    assert mended.text == rule.after
    assert [repair.rule for repair in mended.marks.repairs] == [rule.key]


def test_the_table_here_has_every_rule() -> None:
    assert {rule for *_, rule in MENDED.values()} == {rule.key for rule in REPAIRS}
