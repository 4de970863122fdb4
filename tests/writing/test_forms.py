"""What is filled once with signs reads as if each time had been filled anew."""

from __future__ import annotations

from markupsafe import Markup

from generator.writing.escaping import html
from generator.writing.forms import SIGNS, Form
from generator.writing.rendering import fill

ONE, TWO, *_ = SIGNS


def test_values_stand_where_their_signs_stood_in_any_order_and_number() -> None:
    form = Form(f"<a>{TWO}</a><b>{ONE}</b><i>{TWO}</i>")
    assert form.filled(Markup("x"), Markup("y")) == "<a>y</a><b>x</b><i>y</i>"
    assert form.filled(Markup("1"), Markup("2")) == "<a>2</a><b>1</b><i>2</i>"


def test_a_value_that_holds_a_sign_stays_as_it_is() -> None:
    assert Form(f"{ONE}, {TWO}").filled(TWO, Markup("y")) == f"{TWO}, y"


def test_no_pasted_text_brings_a_sign_along() -> None:
    assert html("".join(SIGNS)) == ""


def test_a_template_s_form_says_what_the_template_says() -> None:
    values = {"href": html("../a/?x=1&y"), "text": html("<b> & 'c'"), "count": html("12")}
    signs = dict(zip(values, SIGNS, strict=False))
    form = Form(fill("chip.html", **signs))
    assert form.filled(*values.values()) == fill("chip.html", **values)
