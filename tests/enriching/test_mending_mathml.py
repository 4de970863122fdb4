"""MathML for a page: one line, only MathML Core, and no sign that means anything elsewhere."""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from latex2mathml import converter

from generator.enriching import mathml as module
from generator.enriching.mathml import DEEPEST, mathml

TAG = re.compile(r'</?[a-z]+(?: [a-z-]+="[^"<>]*")*>')
ENTITY = re.compile(r"&#\d+;")
TEX = st.lists(
    st.sampled_from(
        ["é", "\\frac", "\\sqrt", "\\text", "\\href", "\\left(", "\\right)", "\\color",
         "\\class",
         "\\begin{matrix}", "\\end{matrix}", "{", "}", "^", "_", "x", "1", "<", ">", "&", '"', "'",
         "`", "*", "[", "]", "\\", "javascript:", "</math>", "<script>", "\x00", "\n", "\ud800",
         "\\unicode{x3c}", "&lt;", "\\&", "\\mathbb", "\\alpha", "\\hspace{1em}", "\\over", "\\not",
         "\\log", "\\max", "\\arg"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def drawn(tex: str) -> str:
    element = mathml(tex)
    assert element is not None
    return element


def test_a_formula_is_one_element_with_its_tex() -> None:
    root = ET.fromstring(drawn(r"Q^{\star}"))  # noqa: S314 - our own output
    assert root.tag == "math"
    assert root.get("data-tex") == r"Q^{\star}"
    assert [child.tag for child in root.iter()][:3] == ["math", "mrow", "msup"]
    assert "".join(root.itertext()) == "Q⋆"


def test_the_tex_as_written_can_differ_from_what_is_drawn() -> None:
    root = ET.fromstring(mathml(r"\mathbb{R}^n", r"\R^n") or "")  # noqa: S314 - our own output
    assert root.get("data-tex") == r"\R^n"


@pytest.mark.parametrize(
    ("tex", "letter"),
    [(r"\mathbf{x}", "𝐱"), (r"\mathbb{R}", "ℝ"), (r"\mathcal{L}", "ℒ"), (r"\boldsymbol{x}", "𝒙")],
)
def test_a_style_is_carried_by_the_letter_itself(tex: str, letter: str) -> None:
    assert "".join(ET.fromstring(drawn(tex)).itertext()) == letter  # noqa: S314 - our own output
    assert "mathvariant" not in drawn(tex)


def spaced(tex: str) -> str:
    """Give the text of a formula with "_" for each thin space."""
    root = ET.fromstring(drawn(tex))  # noqa: S314 - our own output
    return "".join("_" if one.tag == "mspace" else one.text or "" for one in root.iter())


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"O(n \log n)", "O(n_log_n)"),
        (r"O(n \log(n))", "O(n_log(n))"),
        (r"O(n \log\left(n\right))", "O(n_log(n))"),
        (r"n\log^{2}n", "n_log2_n"),
        (r"2\sin\theta\cos\theta", "2_sin_θ_cos_θ"),
        (r"\log\log n", "log_log_n"),
        (r"{\log} n", "log_n"),
        (r"\arg\max_\theta L", "arg_maxθ_L"),
        (r"\operatorname{rank} A", "rank_A"),
        (r"f(x) \ln x", "f(x)_ln_x"),
        (r"-\log p = \exp x, \max y", "−log_p=exp_x,max_y"),
        (r"\frac{\log n}{n}", "log_nn"),
        (r"\log\, n", "log_n"),
        (r"a \bmod n", "amodn"),
        ("ab", "ab"),
    ],
)
def test_the_name_of_a_function_has_a_thin_space_where_an_operand_stands_beside_it(
    tex: str, shown: str
) -> None:
    assert spaced(tex) == shown


def test_a_name_that_is_a_sign_to_the_translator_has_no_wide_spaces_either() -> None:
    assert '<mo lspace="0em" rspace="0em">max</mo>' in drawn(r"\max(a)")
    assert '<mo lspace="0em" movablelimits="true" rspace="0em">det</mo>' in drawn(r"\det A")


@pytest.mark.parametrize(
    "tex",
    [r"\foo", r"\unknown{x}", r"\sqrt", "", "{", "x" * 1000, "{" * 500 + "x" + "}" * 500,
     "x^" * 500 + "x", r"\left(" * 300],
)  # fmt: skip
def test_what_cannot_be_drawn_gives_none(tex: str) -> None:
    assert mathml(tex) is None


def test_links_and_styles_do_not_get_through() -> None:
    for tex in (r"\href{javascript:alert(1)}{x}", r"\color{red}{x}", r"\class{a}{x}"):
        element = mathml(tex) or ""
        assert not re.search(r" (?:href|style|class|mathcolor|on\w+)=", element)


def test_whatever_the_translator_raises_there_is_only_no_formula(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(tex: str) -> None:
        raise RecursionError(tex)

    monkeypatch.setattr(converter, "convert_to_element", fail)
    assert mathml("x^2 + 123456789") is None


@given(TEX)
def test_only_tags_of_ours_and_entities_have_signs(tex: str) -> None:
    element = mathml(tex)
    if element is None:
        return
    assert "\n" not in element
    text = ENTITY.sub("", TAG.sub("", element))
    assert not set(text) & set(string.punctuation)
    for attribute in re.findall(r'="([^"]*)"', element):
        assert not set(ENTITY.sub("", attribute)) & set("<>\"'`*_[]\\{}$&")
    names = set(re.findall(r"</?([a-z]+)", element))
    assert names <= module._ELEMENTS


@given(st.text(max_size=60))
def test_no_text_raises(tex: str) -> None:
    element = mathml(tex)
    assert element is None or element.startswith("<math ")


def test_what_is_deep_is_refused_before_it_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "convert_to_element", pytest.fail)
    assert mathml("{" * (DEEPEST + 1) + "y" + "}" * (DEEPEST + 1)) is None
