"""The nouns of the project, as frozen values without behaviour but look-ups.

`reading` makes a `Digest` of `Record`s: what stands in one text file.
`enriching` makes a `Library` of `Paper`s: what the site knows, each paper once.
`writing` makes `Page`s and files, each first as a `Draft`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from generator.textmarks import UNMARKED, Marks
from generator.value import Value


class Severity(StrEnum):
    """How bad a problem is: an error is something left out, a warning something doubtful."""

    ERROR = "error"
    WARNING = "warning"


def _shown(char: str) -> str:
    return char if char.isprintable() else f"\\u{ord(char):04x}"


class Source(Value, frozen=True, order=True):
    """Where something stands."""

    path: str
    """As the user named the file."""
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        # A file's name may have line ends in it, and what follows one would be a line of its own.
        return f"{''.join(map(_shown, self.path))}:{self.line}"


class Problem(Value, frozen=True, order=True):
    """Something that a contributor should know of, with the way out."""

    source: Source
    severity: Severity
    message: str
    """What was found and what was expected, in one line of plain text."""
    hint: str = ""
    """The way out, with an example of the right form. May have several lines."""
    code: str = ""
    """Which kind of problem it is, for ever: `B012`. The documentation has a page for each."""
    column: int = 0
    """Where on the line it begins, counted from 1; 0 where the whole line is meant."""

    def __str__(self) -> str:
        code = f"[{self.code}]" if self.code else ""
        return f"{self.source}: {self.severity}{code}: {self.message}"


class LineClass(StrEnum):
    """What a line of a digest is."""

    CHROME = "chrome"
    """Left over from the page that the text was copied from: buttons, badges, slogans."""
    DATE = "date"
    TITLE = "title"
    KEY = "key"
    ABSTRACT = "abstract"
    BLANK = "blank"
    UNCLASSIFIED = "unclassified"
    """Belongs to no paper; there is always a problem that says so."""


class Line(Value, frozen=True):
    """One line of a digest and what it was taken for.

    The spans of a digest's lines follow each other without gap or overlap from the first
    character to the last, so that they give the file back exactly.
    """

    number: int
    """Counted from 1."""
    start: int
    end: int
    """Offsets in the decoded text, the line's end (LF, CRLF or CR) included."""
    kind: LineClass
    record: int | None = None
    """Index of the record in the digest that the line went to."""


class Given(Value, frozen=True):
    """One value of a key that can have several, and where it stands."""

    text: str
    """As it was written."""
    source: Source


class Found(Value, frozen=True):
    """What was found of a paper elsewhere. It is shown, but tells no papers apart and joins none.

    Which records are one paper, and so where it stands, is for digests to say: an address neither
    comes nor goes because something was looked up.
    """

    arxiv: str
    doi: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None


class Record(Value, frozen=True):
    """One paper as it stands in one digest: text as pasted, with white space folded."""

    title: str
    abstract: str
    """Paragraphs joined by a blank line; within a paragraph lines are joined by a space."""
    source: Source
    """Where the title stands."""
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    """The identifier without version or prefix: `2503.04715`, `cs/0112017`."""
    doi: str | None = None
    """Lower-case, without resolver: `10.1000/182`."""
    links: tuple[Given, ...] = ()
    """Values of `Link:` lines: each in one piece, but not yet judged to be an address."""
    tags: tuple[Given, ...] = ()
    """Names of `Tags:` lines."""
    notes: tuple[str, ...] = ()
    published: date | None = None
    """The paper's own day, where the list tells it; not the day of the list."""
    found: Found | None = None
    """What `identities.yml` says of it; all else is what the digest says."""


class StatedDay(Value, frozen=True):
    """A day that the text itself says its list is of."""

    source: Source
    month: int
    day: int
    year: int | None = None
    """None where the text leaves it out."""
    first: int = 0
    """Index of the first record that stands below."""


class Digest(Value, frozen=True):
    """One text file: one issue of the list."""

    path: str
    """As the user named the file."""
    slug: str
    """The file's name without extension, in lower case: the last part of the digest's address."""
    date: date | None
    """The day of the list; not the day on which any paper was published."""
    records: tuple[Record, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    dialect: str = "text"
    """Name of the form that the text has: `text` is the project's own, and that of plain pastes."""
    days: tuple[StatedDay, ...] = ()
    """Days that the text says, in its order. More than one: it holds several lists."""
    marks: tuple[bytes, ...] = ()
    """A hash of each record, if it is known; whoever puts other records here leaves these out."""


class LinkKind(StrEnum):
    """What a link leads to; the value is its label's key."""

    PAPER = "paper"
    CODE = "code"
    MODEL = "model"
    DATA = "data"
    DEMO = "demo"
    PROJECT = "project"
    VIDEO = "video"
    OTHER = "other"


class Link(Value, frozen=True):
    """An address that the authors or the contributor gave."""

    url: str
    """Complete and safe: http or https, nothing else."""
    kind: LinkKind
    text: str
    """As it was written."""


class Mention(Value, frozen=True):
    """A link where it stands in a text: `text[start:end]` is clickable and leads to `link.url`."""

    start: int
    end: int
    link: Link


class Acronym(Value, frozen=True, order=True):
    """A short form and what it stands for, as one text defines it."""

    short: str
    long: str


class Related(Value, frozen=True):
    """Another paper that is close to one, and why."""

    slug: str
    terms: tuple[str, ...]
    """The shared words or phrases that tell most, up to three, as they are written."""


class Tag(Value, frozen=True):
    """A subject from the vocabulary; a paper has several."""

    slug: str
    name: str
    description: str = ""
    broader: str | None = None
    """Slug of the broad tag that this one stands below; None for a broad tag."""
    phrases: tuple[str, ...] = ()
    """What shows the tag in a text."""
    listed: bool = True
    """Whether the vocabulary has it; False for a name that only a `Tags:` line gave."""


class Appearance(Value, frozen=True):
    """One place where a digest lists a paper."""

    digest: str
    """The digest's slug."""
    source: Source


class Paper(Value, frozen=True):
    """A paper of the library: once, however many digests list it."""

    slug: str
    title: str
    """As it reads: TeX and known damage made into what they mean. So with the abstract."""
    abstract: str
    """Paragraphs joined by a blank line."""
    title_marks: Marks = UNMARKED
    abstract_marks: Marks = UNMARKED
    mentions: tuple[Mention, ...] = ()
    """Links where they stand in the abstract, in order."""
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    links: tuple[Link, ...] = ()
    """Every address once: those of keys first, then those of the abstract."""
    tags: tuple[str, ...] = ()
    """Slugs, best first."""
    notes: tuple[str, ...] = ()
    published: date | None = None
    """The paper's own day, where a list told it; not the day of any list."""
    appearances: tuple[Appearance, ...] = ()
    """Oldest digest first; never empty in a library."""
    acronyms: tuple[Acronym, ...] = ()
    """What the title and the abstract define, in order of appearance."""
    related: tuple[Related, ...] = ()
    """Closest first, at most six; none where nothing is close."""


class Issue(Value, frozen=True):
    """A digest as the library shows it: its papers in the order of the file."""

    slug: str
    date: date
    path: str
    papers: tuple[str, ...]
    """Slugs of papers."""
    records: tuple[str, ...] = ()
    """Slug of the paper that each record of the file went to: one twice, if it is listed twice."""


class Library(Value, frozen=True):
    """All digests, each paper once."""

    issues: tuple[Issue, ...] = ()
    """Newest first."""
    papers: dict[str, Paper] = msgspec.field(default_factory=dict)
    """By slug, in the order of first appearance, oldest digest first."""
    tags: dict[str, Tag] = msgspec.field(default_factory=dict)
    """By slug: the whole vocabulary, then names that only `Tags:` lines gave."""
    positions: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Of papers on the map, by slug: x and y from 0 to 9999. Empty if too few for a map."""
    problems: tuple[Problem, ...] = ()
    """Of all digests, the vocabulary, and what shows only when they come together."""


class Page(Value, frozen=True):
    """A page, finished but for the layout around it."""

    path: str
    """Of its Markdown file, relative to the folder of documents: `papers/x.md`."""
    meta: dict[str, Any]
    """What its front matter says, escaped for HTML already."""
    heading: str
    """What stands in its h1: entities and inline HTML that mean the same in Markdown and HTML."""
    body: str
    """What follows the heading: blocks of HTML that Markdown leaves as they are."""
    updated: date | None = None
    """Day of the newest digest that the page shows: comes from the content, not from a clock."""


Made_co = TypeVar("Made_co", covariant=True)


class Draft(msgspec.Struct, Generic[Made_co], frozen=True):
    """A page or a file that can be made, and whether it is the same as one that was made before."""

    path: str
    """As that of what it makes. No two drafts of a site share one."""
    rests_on: bytes | Callable[[], bytes]
    """Its key, or what gives it: that of a page takes longer than to know that there is one."""
    make: Callable[[], Made_co]

    @property
    def key(self) -> bytes:
        """A digest of all that the content rests on besides this code: equal if that is."""
        return self.rests_on() if callable(self.rests_on) else self.rests_on


PageDraft = Draft[Page]
FileDraft = Draft[bytes]
