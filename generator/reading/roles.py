"""What a piece of a digest can be, and where a reading stands after it: the words of `walk`.

Which role is possible in which state is for `steps` to say, what it costs for `prices`.
"""

from __future__ import annotations

from enum import Enum, auto


class Role(Enum):
    """What an atom is in the reading."""

    CHROME = auto()
    DATE = auto()
    TITLE = auto()
    TITLE_MORE = auto()
    KEY = auto()
    WRONG_KEY = auto()
    ABSTRACT = auto()
    ABSTRACT_MORE = auto()
    PARAGRAPH = auto()
    LONE_TITLE = auto()
    LONE_TITLE_MORE = auto()
    LONE_ABSTRACT = auto()
    LONE_ABSTRACT_MORE = auto()
    STRAY = auto()
    """Chrome or a date among the papers."""
    LATE_KEY = auto()
    """A key line below an abstract, or above a title."""
    BYLINE = auto()
    """Names below a title, without a key."""
    WRONG_DATE = auto()
    """A date in a form that is not read, where a date can stand."""


class State(Enum):
    """What the next piece comes after; a card's words inside a paper count as nothing."""

    TOP = auto()
    DATED = auto()
    TITLE = auto()
    KEYS = auto()
    ABSTRACT = auto()
    LONE_TITLE = auto()
    LONE_ABSTRACT = auto()
    STRAY = auto()

    # By identity: a walk looks states up all the time, and an Enum's own way takes four times that.
    __hash__ = object.__hash__


TOPS = frozenset({State.TOP, State.DATED})
"""Where chrome and the date can stand."""
FREE = TOPS | {State.STRAY}
"""After these a title needs no blank line above it."""
INSIDE = frozenset({State.TITLE, State.KEYS, State.ABSTRACT})
"""Where a card's words leave the paper as it is."""
RESTS = FREE | {State.ABSTRACT, State.LONE_TITLE, State.LONE_ABSTRACT}
"""Where a digest can end."""
