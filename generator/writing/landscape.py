"""The map: every paper a dot, near what it resembles, with the broad subjects as its legend.

A library of up to 300 papers is drawn into the page itself, each dot a link. Above, the page
shows `map/map.svg`, a picture, and a script draws `map/map.json` over it:

    {"version": 1,
     "subjects": ["Language models", …, "Other subjects"],
     "digests": ["11 March 2025", …],
     "papers": [[slug, title, x, y, index of the subject, index of the digest], …]}

x and y go from 0 to 1000, from left to right and from top to bottom.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from markupsafe import Markup

from generator.enriching.landscape import FEWEST, SIDE
from generator.model import Library, Page, Paper, Tag
from generator.writing import addresses, wording
from generator.writing.cards import CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import html
from generator.writing.rendering import render
from generator.writing.site import Site

INLINE = 300
"""Papers up to which each dot is an element of the page."""

_HUES = 7
"""Broad tags with a colour and a shape of their own: more are not told apart."""
_OTHER = "Other subjects"
_EDGE = 25
_CELLS = 9
"""The map is cut into so many rows and columns to find where a subject is at home."""
_AT_HOME = 8
"""Papers that make a place on the map a subject's home: its name stands there."""

_LIGHT = ("#1b66a8", "#bd4513", "#2b7a3d", "#7a48b5", "#876500", "#007a84", "#b12c78", "#79746b")
_DARK = ("#6fb1ee", "#ff9166", "#6cc784", "#c4a5f5", "#e0b93f", "#4fcad3", "#f386bd", "#8f897e")
"""As in the stylesheet: three to one and more against the page in both schemes."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper on the map, as the template prints it."""

    href: Markup
    title: Markup
    about: Markup
    x: int
    y: int
    hue: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A line of the legend."""

    hue: int
    """0 to 6, and 7 for all other subjects together."""
    name: Markup
    count: int
    shape: str
    x: int
    y: int
    """Where the subject is at home, on a map whose side is 1000."""
    named: bool
    """Whether its name stands on the map."""


def map_pages(catalogue: Catalogue, site: Site) -> list[Page]:  # noqa: ARG001 - as its neighbours
    """Make the page of the map, and above 300 papers its picture and its data."""
    library = catalogue.library
    cards = CardMaker(catalogue, addresses.MAP)
    papers = [library.papers[slug] for slug in library.positions]
    broad = _broad_tags(library, papers)
    counts = Counter(tag.name for tag in broad.values() if tag)
    names = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    hues = {name: hue for hue, name in enumerate(names[:_HUES])}
    hue_of = {slug: hues.get(tag.name, _HUES) if tag else _HUES for slug, tag in broad.items()}
    inline = len(papers) <= INLINE
    page = render(
        addresses.MAP,
        "map",
        title="Map",
        description="Every paper a dot, near papers that say much the same; by subject.",
        updated=catalogue.newest,
        scripts=("map",) if papers else (),
        tally=wording.count(len(papers), "paper"),
        fewest=FEWEST,
        inline=inline,
        many=f"{len(papers):,}",
        dots=[_dot(cards, catalogue, p, broad[p.slug], hue_of) for p in papers] if inline else [],
        shapes=[_shape(hue, _radius(len(papers))) for hue in range(_HUES + 1)],
        subjects=_legend(library, names, hue_of),
        all_tags=cards.to(addresses.TAGS),
        trends=cards.to(addresses.TRENDS),
        shelves=[
            cards.shelf(tag)
            for tag in sorted(catalogue.used_tags(), key=lambda tag: tag.name)
            if tag.broader is None and tag.listed
        ],
    )
    if inline:
        return [page]
    return [
        page,
        Page(f"{addresses.MAP}map.json", _data(catalogue, papers, names, hue_of), page.updated),
        Page(f"{addresses.MAP}map.svg", _picture(library, papers, hue_of), page.updated),
    ]


def _broad_tags(library: Library, papers: list[Paper]) -> dict[str, Tag | None]:
    """Return the broad tag that each paper's best listed tag belongs to."""
    found: dict[str, Tag | None] = {}
    for paper in papers:
        own = (library.tags[slug] for slug in paper.tags)
        best = next((tag for tag in own if tag.listed), None)
        found[paper.slug] = library.tags[best.broader] if best and best.broader else best
    return found


def _dot(
    cards: CardMaker,
    catalogue: Catalogue,
    paper: Paper,
    broad: Tag | None,
    hue_of: dict[str, int],
) -> Dot:
    x, y = _place(catalogue.library, paper)
    day = wording.day(catalogue.newest_issue(paper).date)
    about = f"{broad.name} · {day}" if broad else day
    href = cards.to(addresses.paper(paper.slug))
    return Dot(href, html(paper.title), html(about), x, y, hue_of[paper.slug])


def _place(library: Library, paper: Paper) -> tuple[int, int]:
    x, y = library.positions[paper.slug]
    scale = (1000 - 2 * _EDGE) / SIDE
    return round(_EDGE + x * scale), round(_EDGE + y * scale)


def _radius(papers: int) -> float:
    """Return the size of a dot on a map whose side is 1000."""
    return max(3.0, min(13.0, 125 / sqrt(max(papers, 1))))


def _shape(hue: int, radius: float) -> str:
    """Return a path about the origin; every hue has its own shape, all of about one area."""
    corners, turn, size, inner = (
        (16, 0.0, 1.0, 1.0),
        (4, pi / 4, 1.25, 1.0),
        (3, -pi / 2, 1.45, 1.0),
        (4, 0.0, 1.35, 1.0),
        (3, pi / 2, 1.45, 1.0),
        (10, -pi / 2, 1.5, 0.5),
        (8, 0.0, 1.4, 0.5),
        (16, 0.0, 0.75, 1.0),
    )[hue]
    points = []
    for corner in range(corners):
        reach = radius * size * (inner if corner % 2 else 1.0)
        angle = turn + 2 * pi * corner / corners
        points.append(f"{reach * cos(angle):.1f} {reach * sin(angle):.1f}")
    return f"M{'L'.join(points)}Z"


def _legend(library: Library, names: list[str], hue_of: dict[str, int]) -> list[Subject]:
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for slug, hue in hue_of.items():
        members[hue].append(_place(library, library.papers[slug]))
    legend: list[Subject] = []
    for hue, places in sorted(members.items()):
        name = _OTHER if hue == _HUES else names[hue]
        x, y, many = _home(places)
        free = all(abs(y - s.y) > 50 or abs(x - s.x) > 280 for s in legend if s.named)
        named = free and hue < _HUES and many >= _AT_HOME
        legend.append(Subject(hue, html(name), len(places), _shape(hue, 9), x, y, named))
    return legend


def _home(places: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Return the middle of where most papers of a subject stand, and how many do."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for x, y in places:
        cells[x * _CELLS // 1001, y * _CELLS // 1001].append((x, y))
    _, fullest = min(cells.items(), key=lambda cell: (-len(cell[1]), cell[0]))
    many = len(fullest)
    return sum(x for x, _ in fullest) // many, sum(y for _, y in fullest) // many, many


def _data(
    catalogue: Catalogue, papers: list[Paper], names: list[str], hue_of: dict[str, int]
) -> str:
    issues = catalogue.library.issues
    at = {issue.slug: index for index, issue in enumerate(issues)}
    value = {
        "version": 1,
        "subjects": [*names[:_HUES], *[""] * (_HUES - len(names)), _OTHER],
        "digests": [wording.day(issue.date) for issue in issues],
        "papers": [
            [
                paper.slug,
                paper.title,
                *_place(catalogue.library, paper),
                hue_of[paper.slug],
                at[catalogue.newest_issue(paper).slug],
            ]
            for paper in papers
        ],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _picture(library: Library, papers: list[Paper], hue_of: dict[str, int]) -> str:
    """Draw the dots as one stroke for each colour: the whole picture stays small."""
    strokes: dict[int, list[str]] = defaultdict(list)
    for paper in papers:
        x, y = _place(library, paper)
        strokes[hue_of[paper.slug]].append(f"M{x} {y}h0")
    light, dark = (
        "".join(f".h{hue}{{stroke:{colour}}}" for hue, colour in enumerate(colours))
        for colours in (_LIGHT, _DARK)
    )
    paths = "\n".join(
        f'<path class="h{hue}" d="{"".join(parts)}"/>' for hue, parts in sorted(strokes.items())
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="1000" '
        'height="1000">\n<style>path{stroke-width:'
        f"{_radius(len(papers)) * 2:.1f};stroke-linecap:round;fill:none}}{light}"
        f"@media(prefers-color-scheme:dark){{{dark}}}</style>\n{paths}\n</svg>\n"
    )
