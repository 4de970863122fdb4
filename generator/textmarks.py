"""What is known of spots in a text: formulas, emphasis, repairs, later uses of acronyms.

`enriching` finds them and `writing` draws them. Like `model`, values without behaviour.
"""

from __future__ import annotations

from typing import Literal

from generator.value import Value

EmphasisKind = Literal["strong", "em", "code"]
"""Named like the elements of HTML that mean the same."""


class Formula(Value, frozen=True):
    """Maths where it stands in a text: `text[start:end]` is how it reads in plain words."""

    start: int
    end: int
    tex: str
    """The TeX as written, without delimiters: what a reader may want to copy."""
    mathml: str
    """One whole `<math>` element, safe to put into a page: every text in it is escaped."""


class Emphasis(Value, frozen=True):
    r"""Words that their author set apart, by `\emph` or its like."""

    start: int
    end: int
    kind: EmphasisKind


class Repair(Value, frozen=True):
    """A spot that was damaged on its way into the digest and is shown mended."""

    start: int
    end: int
    """`text[start:end]` is the mended text. Formulas and emphasis can stand within it."""
    original: str
    """The spot as it was supplied."""
    rule: str
    """Key of the rule that mended it, such as `times`."""


class Abbreviation(Value, frozen=True):
    """A later use of an acronym that the same text has spelt out before."""

    start: int
    end: int
    long: str


class Marks(Value, frozen=True):
    """What is known of spots in a text, each kind in order and, but for emphasis, without overlap.

    Offsets are those of the text that a reader sees. Two marks are apart or one stands within the
    other: emphasis may hold every kind, a repair formulas and emphasis, the others hold nothing.
    """

    formulas: tuple[Formula, ...] = ()
    repairs: tuple[Repair, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    """Of two that begin together, the outer one first."""


UNMARKED = Marks()
