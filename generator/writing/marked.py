"""Text with its marks made into HTML: links, formulas, emphasis, repairs, acronyms.

Every piece of text is escaped here. A formula's markup comes finished from `generator.enriching`,
which builds it from an allow-list; nothing else is trusted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from markupsafe import Markup

from generator.model import Mention
from generator.textmarks import Abbreviation, Emphasis, Formula, Marks, Repair
from generator.writing.escaping import html, inline

_LINK = Markup('<a href="{}" rel="noopener nofollow">{}</a>')
_REPAIR = Markup(
    '<span class="bs-repair" tabindex="0" aria-description="as supplied: {}">{}</span>'
)
_ABBR = {
    stop: Markup(f'<abbr class="bs-abbr" tabindex="{stop}" aria-description="')  # noqa: S704
    for stop in (0, -1)
}
_ABBR_TEXT, _ABBR_END = Markup('">'), Markup("</abbr>")
_EMPHASES = {
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
}

Escape = Callable[[str], Markup]
Mark = Mention | Formula | Emphasis | Repair | Abbreviation


class MarkedText(msgspec.Struct, frozen=True):
    """A text and everything that is known of spots in it."""

    text: str
    marks: Marks = msgspec.field(default_factory=Marks)
    mentions: Sequence[Mention] = ()

    def paragraphs(self) -> tuple[Markup, ...]:
        """Return the paragraphs, each on one line; a mark never goes from one into the next."""
        parts = []
        start = 0
        marks = self._marks()
        for paragraph in self.text.split("\n\n"):
            end = start + len(paragraph)
            parts.append(self._between(start, end, marks))
            start = end + 2
        return tuple(parts)

    def heading(self) -> Markup:
        """Return a title for a heading in Markdown, with formulas, emphasis and repairs."""
        return self._between(0, len(self.text), self._marks(), inline)

    def label(self) -> Markup:
        """Return a title for use within a link, where only formulas and emphasis may stand."""
        marks: list[Mark] = [*self.marks.emphases, *self.marks.formulas]
        return self._between(0, len(self.text), sorted(marks, key=_outer_first))

    def _marks(self) -> list[Mark]:
        # Emphasis first: it holds what it shares its place with.
        marks: list[Mark] = [*self.marks.emphases, *self.mentions, *self.marks.formulas]
        marks += [*self.marks.repairs, *self.marks.abbreviations]
        return sorted(marks, key=_outer_first)

    def _between(
        self, start: int, end: int, marks: Sequence[Mark], escape: Escape = html
    ) -> Markup:
        """Draw a stretch; `marks` are in order, and only those in it are looked at."""
        first, last = (bisect_left(marks, at, key=lambda mark: mark.start) for at in (start, end))
        inside = [mark for mark in marks[first:last] if mark.start < mark.end <= end]
        if not inside:
            return escape(self.text[start:end])
        return _joined(self._pieces(start, end, inside, escape))

    def _pieces(
        self, start: int, end: int, marks: Sequence[Mark], escape: Escape
    ) -> Iterator[Markup]:
        at, number = start, 0
        while number < len(marks):
            mark, first = marks[number], number + 1
            number = bisect_left(marks, mark.end, lo=first, key=lambda mark: mark.start)
            inner = [each for each in marks[first:number] if each.end <= mark.end]
            yield escape(self.text[at : mark.start])
            yield self._show(mark, inner, escape)
            at = mark.end
        yield escape(self.text[at:end])

    def _show(self, mark: Mark, inner: Sequence[Mark], escape: Escape) -> Markup:
        """Draw a mark with those that stand within it."""
        words = escape(self.text[mark.start : mark.end])
        match mark:
            case Mention():
                return _LINK.format(html(mark.link.url), words)
            case Formula():
                return Markup(mark.mathml)  # noqa: S704 - built from an allow-list
            case Emphasis():
                pieces = self._pieces(mark.start, mark.end, inner, escape)
                return _EMPHASES[mark.kind].format(_joined(pieces))
            case Repair():
                if words.isspace():
                    return words  # Nobody could see, find or touch a mark there.
                inner = [each for each in inner if isinstance(each, Formula | Emphasis)]
                pieces = self._pieces(mark.start, mark.end, inner, escape)
                return _REPAIR.format(html(mark.original), _joined(pieces))
            case Abbreviation():
                # The Tab key meets each acronym once; a finger or a mouse can open every one.
                stop = 0 if self._is_first(mark) else -1
                return _joined((_ABBR[stop], html(mark.long), _ABBR_TEXT, words, _ABBR_END))

    def _is_first(self, mark: Abbreviation) -> bool:
        return next(other for other in self.marks.abbreviations if other.long == mark.long) == mark


def _joined(pieces: Iterable[Markup]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704 - each of them is escaped


def _outer_first(mark: Mark) -> tuple[int, int]:
    """By where it begins; of two that begin together, the longer one; a formula comes last."""
    return (mark.start, -mark.end if not isinstance(mark, Formula) else 0)
