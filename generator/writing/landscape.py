"""The map: every paper a dot, near what it resembles, with the broad subjects as its legend.

The dots are drawn into the page, whatever their number; a script names them from `map/map.json`:

    {"version": 1,
     "subjects": ["Language models", …, "Other subjects"],
     "digests": ["11 March 2025", …],
     "papers": [[x, y, index of the subject, index of the digest, slug, title], …]}

x and y go from 0 to 1000, from left to right and from top to bottom. Where the script does not
run, each dot is a link of its own in a library of up to 300 papers, and lists lead on in any.
Where links and names stand is in a stylesheet, `map/map.css`: no page has styles of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from math import sqrt

import msgspec
from markupsafe import Markup

from generator.enriching.landscape import FEWEST, SIDE
from generator.model import Draft, FileDraft, Library, Page, PageDraft, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker, chips
from generator.writing.catalogue import Catalogue
from generator.writing.data import json_file
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.rendering import render

LINKED = 300
"""Papers up to which a link lies over each dot: more would make the page heavy."""

_HUES = 7
"""Broad tags with a colour of their own: more are not told apart."""
_OTHER = "Other subjects"
_EDGE = 25
_ZOOMS = (1, 2, 4, 8, 16)
_PIECES = 8
"""Dots of a subject are one stroke in each of 8 by 8 pieces of the map: while a browser enlarges
or moves ten thousand, it then redraws those in sight and no others."""
_CELLS = 9
"""The map is cut into so many rows and columns to find where a subject is at home."""
_AT_HOME = 8
"""Papers that make a place on the map a subject's home: its name stands there."""


class Dot(msgspec.Struct, frozen=True):
    """A paper on the map, as the template prints it."""

    href: Markup
    title: Markup


class Subject(msgspec.Struct, frozen=True):
    """A line of the legend."""

    hue: int
    """0 to 6, and 7 for all other subjects together."""
    name: Markup
    count: int
    strokes: list[str]
    """Paths, each of many dots."""
    x: int
    y: int
    """Where the subject is at home, on a map whose side is 1000."""
    named: bool
    """Whether its name stands on the map."""


class _Drawn(msgspec.Struct, frozen=True):
    """The map as it is drawn."""

    names: list[str]
    """Of the broad tags, commonest first."""
    hue_of: dict[str, int]
    """By slug of the paper."""
    places: dict[str, tuple[int, int]]
    """By slug of the paper, on a map whose side is 1000."""
    legend: list[Subject]


def map_drafts(catalogue: Catalogue) -> Iterator[PageDraft]:
    """Tell the page of the map."""
    path = addresses.document(addresses.MAP)
    yield Draft(path, partial(_key, catalogue), partial(map_page, catalogue))


def _key(catalogue: Catalogue) -> bytes:
    shelves = [
        (tag.slug, tag.name, tag.broader, tag.listed, len(catalogue.papers_with(tag)))
        for tag in catalogue.used_tags()
    ]
    return key_of(_known(catalogue), shelves, catalogue.newest)


def map_file_drafts(catalogue: Catalogue) -> Iterator[FileDraft]:
    """Tell the data of the map and the stylesheet of its page, if there is one."""
    if catalogue.library.positions:
        path, key = f"{addresses.MAP}map.json", key_of(_known(catalogue), _days(catalogue))
        yield Draft(path, key, partial(_data, catalogue))
        yield Draft(f"{addresses.MAP}map.css", _known(catalogue), partial(_styles, catalogue))


def _known(catalogue: Catalogue) -> bytes:
    """Return a digest of what is drawn: papers, where they stand, how they are coloured."""
    key = ("map", "")
    if key not in catalogue.kept:
        library = catalogue.library
        stamps = catalogue.dated_stamps(_papers(library))
        tags = [(tag.slug, tag.name, tag.broader, tag.listed) for tag in library.tags.values()]
        catalogue.kept[key] = key_of("map", list(library.positions.items()), stamps, tags)
    known: bytes = catalogue.kept[key]
    return known


def _days(catalogue: Catalogue) -> list[tuple[str, date]]:
    return [(issue.slug, issue.date) for issue in catalogue.library.issues]


def map_page(catalogue: Catalogue) -> Page:
    """Make the page of the map."""
    library = catalogue.library
    cards = CardMaker(catalogue, addresses.MAP)
    papers = _papers(library)
    linked = len(papers) <= LINKED
    return render(
        addresses.MAP,
        "map",
        title="Map",
        description="Every paper a dot, near papers that say much the same; by subject.",
        updated=catalogue.newest,
        scripts=("map",) if papers else (),
        tally=wording.count(len(papers), "paper"),
        fewest=FEWEST,
        dots=[_dot(cards, paper) for paper in (papers if linked else papers[:1])],
        linked=linked,
        zooms=_ZOOMS,
        subjects=_drawn(catalogue).legend,
        all_tags=cards.to(addresses.TAGS),
        trends=cards.to(addresses.TRENDS),
        shelves=chips(
            [
                cards.shelf(tag)
                for tag in sorted(catalogue.used_tags(), key=lambda tag: tag.name)
                if tag.broader is None and tag.listed
            ]
        ),
    )


def _drawn(catalogue: Catalogue) -> _Drawn:
    """Return what the page and its files have of the map, worked out once."""
    key = ("drawn map", "")
    if key not in catalogue.kept:
        library = catalogue.library
        names, hue_of = _hues(library)
        places = {paper.slug: _place(library, paper) for paper in _papers(library)}
        catalogue.kept[key] = _Drawn(names, hue_of, places, _legend(places, names, hue_of))
    drawn: _Drawn = catalogue.kept[key]
    return drawn


def _papers(library: Library) -> list[Paper]:
    return [library.papers[slug] for slug in library.positions]


def _hues(library: Library) -> tuple[list[str], dict[str, int]]:
    """Return the broad tags' names, commonest first, and the hue of each paper by its slug."""
    broad = _broad_tags(library, _papers(library))
    counts = Counter(tag.name for tag in broad.values() if tag)
    names = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    hues = {name: hue for hue, name in enumerate(names[:_HUES])}
    return names, {slug: hues.get(tag.name, _HUES) if tag else _HUES for slug, tag in broad.items()}


def _broad_tags(library: Library, papers: list[Paper]) -> dict[str, Tag | None]:
    """Return the broad tag that each paper's best listed tag belongs to."""
    found: dict[str, Tag | None] = {}
    for paper in papers:
        own = (library.tags[slug] for slug in paper.tags)
        best = next((tag for tag in own if tag.listed), None)
        found[paper.slug] = library.tags[best.broader] if best and best.broader else best
    return found


def _dot(cards: CardMaker, paper: Paper) -> Dot:
    return Dot(cards.to(addresses.paper(paper.slug)), html(paper.title))


def _place(library: Library, paper: Paper) -> tuple[int, int]:
    x, y = library.positions[paper.slug]
    scale = (1000 - 2 * _EDGE) / SIDE
    return round(_EDGE + x * scale), round(_EDGE + y * scale)


def _size(papers: int) -> float:
    """Return how wide a dot is, in hundredths of the map's side."""
    return max(0.5, min(2.3, 25 / sqrt(max(papers, 1))))


def _legend(
    place_of: dict[str, tuple[int, int]], names: list[str], hue_of: dict[str, int]
) -> list[Subject]:
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for slug, hue in hue_of.items():
        members[hue].append(place_of[slug])
    legend: list[Subject] = []
    for hue, places in sorted(members.items()):
        name = _OTHER if hue == _HUES else names[hue]
        x, y, many = _home(places)
        free = all(abs(y - s.y) > 50 or abs(x - s.x) > 280 for s in legend if s.named)
        named = free and hue < _HUES and many >= _AT_HOME
        legend.append(Subject(hue, html(name), len(places), _strokes(places), x, y, named))
    return legend


def _strokes(places: list[tuple[int, int]]) -> list[str]:
    """Draw dots as lines that go nowhere; how wide they are is for the stylesheet to say."""
    pieces: dict[tuple[int, int], list[str]] = defaultdict(list)
    for x, y in places:
        pieces[x * _PIECES // 1001, y * _PIECES // 1001].append(f"M{x} {y}h0")
    return ["".join(dots) for _, dots in sorted(pieces.items())]


def _home(places: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Return the middle of where most papers of a subject stand, and how many do."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for x, y in places:
        cells[x * _CELLS // 1001, y * _CELLS // 1001].append((x, y))
    _, fullest = min(cells.items(), key=lambda cell: (-len(cell[1]), cell[0]))
    many = len(fullest)
    return sum(x for x, _ in fullest) // many, sum(y for _, y in fullest) // many, many


def _styles(catalogue: Catalogue) -> bytes:
    """Say how large the dots are, and where the names of subjects and the links to papers stand."""
    library = catalogue.library
    papers = _papers(library)
    rules = [f".bs-map__dots{{--dot:{_size(len(papers)):.2f}}}"]
    rules += [
        f".bs-map__place.bs-hue{subject.hue}{{--u:{subject.x};--v:{subject.y}}}"
        for subject in _drawn(catalogue).legend
        if subject.named
    ]
    if len(papers) <= LINKED:
        places = _drawn(catalogue).places.values()
        rules += [
            f".bs-map__links>:nth-child({number}){{--u:{x};--v:{y}}}"
            for number, (x, y) in enumerate(places, 1)
        ]
    return "".join(f"{rule}\n" for rule in rules).encode()


def _data(catalogue: Catalogue) -> bytes:
    drawn = _drawn(catalogue)
    names = drawn.names
    value = {
        "version": 1,
        "subjects": [*names[:_HUES], *[""] * (_HUES - len(names)), _OTHER],
        "digests": [wording.day(issue.date) for issue in catalogue.library.issues],
        "papers": [
            [
                *drawn.places[paper.slug],
                drawn.hue_of[paper.slug],
                catalogue.place_of_issue(catalogue.newest_issue(paper)),
                paper.slug,
                paper.title,
            ]
            for paper in _papers(catalogue.library)
        ],
    }
    return json_file(value)
