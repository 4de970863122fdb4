"""Decide what each piece of a digest is, and where that is in doubt.

`walk` finds the cheapest reading for given prices. Here the prices are learnt from the list
itself: how often it has further paragraphs, or no blank line below its titles, follows from a
first reading, and the walk is repeated. A `# ` mark is absolute throughout.
"""

from __future__ import annotations

import re
from collections import deque
from math import inf, log
from typing import TYPE_CHECKING

import msgspec

from generator.reading.kinship import kinship
from generator.reading.prices import LONE, Prices
from generator.reading.roles import Role
from generator.reading.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.reading.atoms import Atom

_OF_PAPER = frozenset(
    {Role.TITLE, Role.TITLE_MORE, Role.ABSTRACT, Role.ABSTRACT_MORE, Role.PARAGRAPH}
)
_DEAREST = LONE + 0.5
"""Most that a further paragraph costs: in a list that has none, a block without a title has
rather lost it, unless its words say that it goes on with the paper above."""
_WALKS = 3
_RECENT = 3
"""Paragraphs of a paper that the next one is compared with."""
_LOOK_AT = 1500
"""Characters of each."""
_DOUBT = ((4.5, 3.0), (2.0, 2.0), (-inf, 0.5))
"""Prices of a further paragraph and the kinship that raises no doubt: the rarer, the more."""
_SURE_KIN = 1.0
"""Kinship from which a block surely goes on with the abstract above."""
_TITLE_LIKE = 0.0
"""Leaning up to which an abstract shows nothing about what goes on with it."""

_UNMARKED = 20.0
"""Price of a missing mark in a list that begins with one."""
_ITEM = re.compile(r"(?:[0-9]{1,3}|[A-Za-z])[.)]\s")
_SUB_HEADS = frozenset(
    """
    abstract|aim|aims|availability|background|code|code and data|code availability|conclusion
    |conclusions|contributions|data|data and code|data availability|discussion|findings
    |introduction|limitations|materials and methods|method|methods|motivation|objective
    |objectives|purpose|related work|results|summary
    """.replace("\n", "")
    .replace(" |", "|")
    .strip()
    .split("|")
)
"""Heads inside an abstract, which no paper is titled."""


class Reading(msgspec.Struct, frozen=True):
    """The roles of all atoms, and what is doubtful about them."""

    roles: tuple[Role, ...]
    doubtful_paragraphs: frozenset[int]
    """Indices of atoms that may be an abstract of their own."""
    doubtful_cuts: frozenset[int]
    """Indices of atoms that may go on with the line above, or not: titles that go on after a
    short line, abstracts that begin below a full one or have a line like a title."""
    marks_all: bool
    """Whether the list marks its titles, so that one without a mark is doubtful."""


def read(atoms: Sequence[Atom]) -> Reading:
    """Return the best reading of a digest's atoms."""
    kin = _kinships(atoms, [Role.TITLE if a.leaning < 0 else Role.PARAGRAPH for a in atoms])
    strong = frozenset(i for i in range(len(atoms) - 1) if _needs_no_mark(atoms[i], atoms[i + 1]))
    marks = _begins_marked(atoms) and 3 * len(strong) <= sum(atom.marked for atom in atoms)
    prices = Prices(paragraph=0.5, unmarked=_UNMARKED) if marks else Prices()
    roles: tuple[Role, ...] = ()
    for _ in range(_WALKS):
        if prices.unmarked > 0:
            kin = [max(0.0, odds) for odds in kin]
        roles = walk(atoms, kin, prices, strong)
        kin = _kinships(atoms, roles)
        learnt = _learn(atoms, roles, kin, marks=marks)
        if learnt == prices:
            break
        prices = learnt
    marks_all = prices.unmarked > 0
    needed = -inf if marks_all else next(kin for price, kin in _DOUBT if prices.paragraph >= price)
    doubtful = frozenset(
        index
        for index, role in enumerate(roles)
        if role is Role.PARAGRAPH
        and (kin[index] < needed or atoms[index].leaning < -0.5)
        and (not marks_all or _may_be_title(atoms, index))
    )
    cuts = frozenset(
        index
        for index, role in enumerate(roles)
        if (role is Role.TITLE_MORE and atoms[index].firm)
        or (role is Role.ABSTRACT_MORE and _like_a_title(atoms[index]))
        or (role is Role.ABSTRACT and _weakly_glued(atoms[index]) and prices.glued_abstract > 1.0)
    )
    return Reading(roles, doubtful, cuts, marks_all)


def _begins_marked(atoms: Sequence[Atom]) -> bool:
    """Whether the first paper's title is marked: then the list marks its titles."""
    return next((a.marked for a in atoms if not a.head and (a.key is None or not a.late)), False)


def _needs_no_mark(atom: Atom, below: Atom) -> bool:
    """Whether an unmarked title with its abstract is beyond doubt: no sub-head is so long."""
    return (
        atom.opens
        and not atom.marked
        and atom.words >= 3
        and atom.leaning <= -1.2
        and below.opens
        and not below.marked
        and below.words >= 25
        and below.leaning >= 3.0
        and _in_words(atom.text)
    )


def _may_be_title(atoms: Sequence[Atom], index: int) -> bool:
    """Whether a paragraph in a marked list could be a title without its mark."""
    atom = atoms[index]
    below = atoms[index + 1] if index + 1 < len(atoms) else None
    prose = below is not None and below.opens and not below.marked and below.leaning > 1
    return (
        _in_words(atom.text)
        and atom.text[-1] not in ":,;"
        and atom.text.casefold().rstrip(".:") not in _SUB_HEADS
        and (prose or atom.words >= 4)
    )


def _in_words(text: str) -> bool:
    """Whether a text is written in words as a title is: no formula, item or row of a table."""
    letters = sum(map(str.isalpha, text)) + sum(map(str.isspace, text))
    return (
        text[0].isalnum()
        and not text[0].islower()
        and letters >= 0.8 * len(text)
        and not any(sign in text for sign in "=|\\<>")
        and _ITEM.match(text) is None
    )


def _like_a_title(atom: Atom) -> bool:
    return atom.firm and atom.after_end and atom.leaning < -1 and not atom.text[0].islower()


def _weakly_glued(atom: Atom) -> bool:
    return not atom.opens and not atom.firm


def _learn(
    atoms: Sequence[Atom], roles: Sequence[Role], kin: Sequence[float], *, marks: bool
) -> Prices:
    abstracts = [index for index, role in enumerate(roles) if role is Role.ABSTRACT]
    titles = [index for index, role in enumerate(roles) if role is Role.TITLE]
    paragraphs = sum(
        role is Role.PARAGRAPH and odds > _SURE_KIN and atom.leaning > 0
        for role, odds, atom in zip(roles, kin, atoms, strict=True)
    )
    glued = sum(not atoms[index].opens for index in abstracts)
    glued_titles = sum(not atoms[index].opens and not atoms[index].head for index in titles)
    marked = sum(atoms[index].marked for index in titles)
    marks_all = marks or (marked >= 1 and marked >= 0.8 * len(titles))
    return Prices(
        paragraph=0.5
        if marks_all
        else min(_DEAREST, -log((paragraphs + 0.02) / (len(abstracts) + paragraphs + 8.0))),
        glued_abstract=_price(glued, len(abstracts), 0.5, 2.5),
        open_abstract=_price(len(abstracts) - glued, len(abstracts), 0.0, 3.0),
        glued_title=_price(glued_titles, len(titles), 0.7, 3.5),
        unmarked=_UNMARKED if marks else 4.0 if marks_all else 0.0,
    )


def _price(count: int, total: int, least: float, most: float) -> float:
    """Return the log-odds against something that was seen so often, within bounds."""
    return max(least, min(most, -log((count + 0.05) / (total + 2.0))))


def _kinships(atoms: Sequence[Atom], roles: Sequence[Role]) -> list[float]:
    """Weigh each atom that may be a further paragraph against the paper above it."""
    papers: list[list[str]] = [[]]
    for atom, role in zip(atoms, roles, strict=True):
        if role is Role.TITLE:
            papers.append([])
        if role in _OF_PAPER:
            papers[-1].append(atom.text)
    lengths = sorted(sum(map(len, texts[1:])) for texts in papers[1:])
    usual = float(lengths[len(lengths) // 2]) if len(lengths) >= 5 else None
    kin = [0.0] * len(atoms)
    title, length = "", 0
    recent: deque[str] = deque(maxlen=_RECENT)
    for index, (atom, role) in enumerate(zip(atoms, roles, strict=True)):
        if recent and atom.opens and not atom.marked:
            near = min(atom.leaning, atoms[index - 1].leaning) > -2.0
            if near or role is Role.PARAGRAPH:
                kin[index] = kinship([title, *recent], length, atom.text, usual)
        if role is Role.TITLE:
            title, length = atom.text, 0
            recent.clear()
        elif title and role in _OF_PAPER and atom.leaning > _TITLE_LIKE:
            recent.append(atom.text[:_LOOK_AT])
            length += len(atom.text)
    return kin
