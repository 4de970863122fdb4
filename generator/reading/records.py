"""Turn a reading into records, lines and problems. What each atom is was decided before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from generator.model import Line, LineClass, Problem, Record, Source, StatedDay
from generator.reading import fileproblems, formproblems, keyproblems, paperproblems
from generator.reading.abstracts import doubt_of
from generator.reading.dates import DateLine
from generator.reading.evidence import ends_sentence
from generator.reading.keyvalues import Values
from generator.reading.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from generator.reading.atoms import Atom
    from generator.reading.lines import RawLine
    from generator.reading.pairing import Reading

_CLASSES = {
    Role.CHROME: LineClass.CHROME,
    Role.DATE: LineClass.DATE,
    Role.TITLE: LineClass.TITLE,
    Role.TITLE_MORE: LineClass.TITLE,
    Role.KEY: LineClass.KEY,
    Role.ABSTRACT: LineClass.ABSTRACT,
    Role.ABSTRACT_MORE: LineClass.ABSTRACT,
    Role.PARAGRAPH: LineClass.ABSTRACT,
}
_MARK_LIKE = re.compile(r"#{2,6} |#(?=[^\W\d_])|＃|\*\*.{1,400}\*\*$")
_SURE_ABSTRACT = 2.0
"""Leaning from which a title contradicts what it was taken for."""
_TWO_TITLES, _BARE = -2.8, -0.4
"""Leaning of an abstract that looks like a title, alone and where most of a list's do."""
_SHORT_TITLE = 50
"""Characters of a title that had room on one line, if the abstract's lines are longer."""
_SOME = 2
"""Papers from which a list shows what it is."""


class _Paper(msgspec.Struct):
    """One paper while its atoms come in."""

    title: Atom
    texts: list[str]
    values: Values = msgspec.field(default_factory=Values)
    paragraphs: list[list[Atom]] = msgspec.field(default_factory=list)
    lines: int = 1
    """Lines of the title."""
    doubtful: bool = False
    """Whether one of them was warned of."""
    below_key: bool = False
    """Whether the abstract begins right below a key, without a blank line."""


class Assembly:
    """Walks the atoms of one digest with their roles; read `records`, `lines`, `problems` after."""

    def __init__(
        self, path: str, day: date | None, reading: Reading, atoms: Sequence[Atom]
    ) -> None:
        self.problems: list[Problem] = []
        self.days: list[StatedDay] = []
        """Days that the text says, in its order."""
        self._path = path
        self._papers: list[_Paper] = []
        self._places: dict[int, tuple[LineClass, int | None]] = {}
        self._reading = reading
        lone = False
        for index, (atom, found) in enumerate(zip(atoms, reading.roles, strict=True)):
            role = Role.LONE_TITLE_MORE if found is Role.KEY and lone else found
            lone = role in (Role.LONE_TITLE, Role.LONE_TITLE_MORE)
            self._take(index, atom, role, day)
            self._place(atom, role)
        for paper in self._papers:
            self._look_over(paper)
        self._look_at_all()

    def records(self) -> tuple[Record, ...]:
        """Return the papers in the order of the file."""
        return tuple(
            paper.values.record(
                title=" ".join(paper.texts),
                abstract=_joined(paper.paragraphs),
                source=self._source(paper.title),
            )
            for paper in self._papers
        )

    def lines(self, raw: Sequence[RawLine]) -> tuple[Line, ...]:
        """Return every line of the file with its class."""
        nowhere = (LineClass.UNCLASSIFIED, None)
        return tuple(
            Line(line.number, line.start, line.end, *self._places.get(line.number, nowhere))
            if line.text
            else Line(line.number, line.start, line.end, *self._empty(line))
            for line in raw
        )

    def _empty(self, line: RawLine) -> tuple[LineClass, int | None]:
        """Return the class of a blank line, or of a label that stood alone above its abstract."""
        if not line.label:
            return LineClass.BLANK, None
        return next(
            (self._places[n] for n in range(line.number, line.number + 9) if n in self._places),
            (LineClass.UNCLASSIFIED, None),
        )

    def _place(self, atom: Atom, role: Role) -> None:
        kind = _CLASSES.get(role, LineClass.UNCLASSIFIED)
        has_record = kind in (LineClass.TITLE, LineClass.KEY, LineClass.ABSTRACT)
        record = len(self._papers) - 1 if has_record else None
        for number in range(atom.first + 1, atom.stop + 1):
            self._places[number] = (kind, record)

    def _source(self, atom: Atom) -> Source:
        return Source(self._path, atom.first + 1)

    def _take(self, index: int, atom: Atom, role: Role, day: date | None) -> None:
        source = self._source(atom)
        for line in atom.odd_marks:
            self.problems.append(paperproblems.inner_mark(Source(self._path, line + 1), atom.text))
        if role is Role.KEY:
            for line in atom.doubtful:
                here = Source(self._path, line + 1)
                self.problems.append(keyproblems.continued_value(here, atom.text))
        match role:
            case Role.TITLE:
                self._papers.append(_Paper(atom, [atom.text], lines=atom.stop - atom.first))
                if self._reading.marks_all and not atom.marked:
                    self.problems.append(paperproblems.unmarked_title(source, atom.text))
                elif atom.ends_block and not atom.opens and not atom.marked:
                    self.problems.append(paperproblems.glued_title(source, atom.text))
            case Role.TITLE_MORE:
                self._papers[-1].texts.append(atom.text)
                self._papers[-1].lines += atom.stop - atom.first
                self._papers[-1].doubtful |= index in self._reading.doubtful_cuts
                if index in self._reading.doubtful_cuts:
                    self.problems.append(paperproblems.doubtful_line(source, atom.text, "title"))
            case Role.KEY if atom.key is not None:
                self.problems += self._papers[-1].values.take(atom.key, source)
            case Role.WRONG_KEY if atom.key is not None:
                self.problems.append(keyproblems.wrong_key(source, atom.key.word))
            case Role.ABSTRACT:
                paper = self._papers[-1]
                above = self._reading.roles[index - 1] if index else Role.TITLE
                paper.below_key = not atom.opens and not atom.begins and above is Role.KEY
                paper.paragraphs.append([atom])
                if index in self._reading.doubtful_cuts:
                    self.problems.append(paperproblems.doubtful_line(source, atom.text, "abstract"))
                if atom.key is not None and atom.key.key is not None:
                    self.problems.append(keyproblems.key_as_abstract(source, atom.text))
            case Role.PARAGRAPH:
                self._papers[-1].paragraphs.append([atom])
                if index in self._reading.doubtful_paragraphs:
                    self.problems.append(paperproblems.doubtful_paragraph(source, atom.text))
            case Role.ABSTRACT_MORE:
                self._papers[-1].paragraphs[-1].append(atom)
                if index in self._reading.doubtful_cuts:
                    self.problems.append(paperproblems.doubtful_line(source, atom.text, "abstract"))
            case Role.LONE_TITLE if not atom.text:
                self.problems.append(paperproblems.empty_mark(source))
            case Role.LONE_TITLE:
                self.problems.append(
                    paperproblems.lone_title(source, atom.text, marked=atom.marked)
                )
            case Role.LONE_ABSTRACT:
                first = not self._papers
                self.problems.append(paperproblems.lone_abstract(source, atom.text, first=first))
            case Role.LATE_KEY:
                first = not self._papers
                self.problems.append(keyproblems.late_key(source, atom.text, first=first))
            case Role.BYLINE:
                self.problems.append(keyproblems.byline(source, atom.names))
            case Role.WRONG_DATE:
                self.problems.append(fileproblems.wrong_date(source, atom.text, day))
            case Role.LONE_ABSTRACT_MORE if atom.opens:
                first = not self._papers
                self.problems.append(paperproblems.lone_abstract(source, atom.text, first=first))
            case Role.STRAY if atom.date is not None and self._is_another(atom.date, day):
                self._state(atom.date, source)
                self.problems.append(formproblems.another_day(source, atom.text))
            case Role.STRAY:
                self.problems.append(fileproblems.stray(source, atom.text))
            case Role.DATE if atom.date is not None:
                self._state(atom.date, source)
                if day is not None and not atom.date.agrees_with(day):
                    self.problems.append(fileproblems.date_disagrees(source, atom.text, day))

    def _state(self, line: DateLine, source: Source) -> None:
        """Note the day of the papers that stand below."""
        first = len(self._papers)
        self.days.append(StatedDay(source, line.month, line.day, line.year, first))

    def _is_another(self, line: DateLine, day: date | None) -> bool:
        """Whether a date among the papers is none that is known of the papers above."""
        if day is not None and line.agrees_with(day):
            return False
        return not self.days or (self.days[-1].month, self.days[-1].day) != (line.month, line.day)

    def _look_over(self, paper: _Paper) -> None:
        """Warn of what a careful person would look at twice; a mark has settled the title."""
        title, abstract = " ".join(paper.texts), _joined(paper.paragraphs)
        first = paper.paragraphs[0][0]
        here, there = self._source(paper.title), self._source(first)
        add = self.problems.append
        if paper.below_key and len(paper.paragraphs) > 1:
            add(keyproblems.below_key(there, first.text))
        if not paper.title.marked and _MARK_LIKE.match(paper.title.text):
            add(paperproblems.two_marks(here, paper.title.text))
        elif not paper.title.marked and (
            ends_sentence(title)
            or title.endswith((":", ",", ";"))
            or paper.title.leaning > _SURE_ABSTRACT
        ):
            add(paperproblems.sentence_title(here, title))
        width = len(first.text) / (first.stop - first.first)
        if (
            not paper.title.marked
            and paper.lines > 1
            and not paper.doubtful
            and len(title) <= _SHORT_TITLE < width
        ):
            add(paperproblems.short_title_line(here, title))
        doubt = doubt_of(title, abstract, there)
        if doubt is not None:
            add(doubt)
        elif _like_two_titles(paper, _TWO_TITLES):
            add(paperproblems.title_like_abstract(there, first.text, title))

    def _look_at_all(self) -> None:
        """Say once that a list seems to have nothing but titles."""
        bare = [paper for paper in self._papers if _like_two_titles(paper, _BARE)]
        if len(bare) < _SOME or len(bare) <= 0.5 * len(self._papers):
            return
        self.problems.append(fileproblems.only_titles(self._source(self._papers[0].title)))
        for paper in bare:
            first = paper.paragraphs[0][0]
            if not _like_two_titles(paper, _TWO_TITLES):
                title = " ".join(paper.texts)
                there = self._source(first)
                self.problems.append(paperproblems.title_like_abstract(there, first.text, title))


def _like_two_titles(paper: _Paper, leaning: float) -> bool:
    """Whether the abstract looks like a title as much as the title does."""
    first = paper.paragraphs[0][0]
    return (
        not paper.title.marked
        and len(paper.paragraphs) == 1
        and len(paper.paragraphs[0]) == 1
        and first.leaning < leaning
        and not ends_sentence(first.text)
        and first.text[-1] not in "!?…:"
    )


def _joined(paragraphs: Sequence[Sequence[Atom]]) -> str:
    return "\n\n".join(" ".join(atom.text for atom in paragraph) for paragraph in paragraphs)
