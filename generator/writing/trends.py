"""The page of trends: each tag's share of the papers, digest by digest, and what rises or falls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import msgspec
from markupsafe import Markup

from generator.enriching.trends import FEWEST_DIGESTS, Change, Point, changes, pooled
from generator.model import Draft, Page, PageDraft, Tag
from generator.writing import addresses, wording
from generator.writing.cards import Anchor, CardMaker
from generator.writing.catalogue import Catalogue
from generator.writing.drafts import key_of
from generator.writing.escaping import html
from generator.writing.rendering import render

_BROAD, _FINE = 28, 16
"""Tags of each kind that are shown at most, the commonest first."""
_WIDTH, _HEIGHT, _EDGE = 200, 44, 3
_PER_CENT = "\u202f%"
_CHANGES = 8
"""Tags that are named as rising, and as falling, at most."""


class Row(msgspec.Struct, frozen=True):
    """A tag's line or bar, and its row of the table."""

    tag: Anchor
    now: str
    """Its share in the newest digest."""
    range: str
    """The least and the largest share, in words that follow it."""
    width: float
    """The newest share, as a share of the largest of all tags, in per cent."""
    line: str
    """Points of a polyline in a box of 200 by 44."""
    end: tuple[float, float]
    cells: tuple[str, ...]
    """Shares, the newest first: a wide table begins with what one looks for."""


class Moved(msgspec.Struct, frozen=True):
    """A tag that rises or falls, in words."""

    tag: Anchor
    words: Markup


def trends_draft(catalogue: Catalogue) -> PageDraft:
    """Tell the page of trends."""
    digests = _points(catalogue)
    tags = [
        (tag.slug, tag.name, tag.broader, tag.listed) for tag in catalogue.library.tags.values()
    ]
    counts = [(point.first, point.papers, sorted(point.tags.items())) for point in digests]
    path = addresses.document(addresses.TRENDS)
    return Draft(path, key_of("trends", counts, tags), partial(trends_page, catalogue, digests))


def trends_page(catalogue: Catalogue, digests: list[Point]) -> Page:
    """Make the page of trends."""
    cards = CardMaker(catalogue, addresses.TRENDS)
    points = pooled(digests)
    found = changes(digests)
    broad, fine = _tags(catalogue, digests)
    return render(
        addresses.TRENDS,
        "trends",
        title="Trends",
        description="What share of each digest every tag has, and what rises or falls.",
        updated=catalogue.newest,
        digests=wording.count(len(digests), "digest"),
        some=bool(digests),
        several=len(points) > 1,
        enough=len(digests) >= FEWEST_DIGESTS,
        fewest=FEWEST_DIGESTS,
        pooled=len(points) < len(digests),
        newest=_name(points[-1], points) if points else "",
        span=_span(points),
        rising=[_moved(cards, catalogue, c) for c in found if c.rises][:_CHANGES],
        falling=[_moved(cards, catalogue, c) for c in found if not c.rises][:_CHANGES],
        columns=_columns(points),
        groups=[
            (title, _rows(cards, points, tags))
            for title, tags in (("Broad subjects", broad), ("Finer tags", fine))
            if tags
        ],
        all_tags=cards.to(addresses.TAGS),
        map=cards.to(addresses.MAP),
    )


def _points(catalogue: Catalogue) -> list[Point]:
    """Count each digest's papers by tag, broader tags included; oldest first."""
    points = []
    for issue in reversed(catalogue.library.issues):
        tags = Counter(
            slug for paper in catalogue.papers_in(issue) for slug in catalogue.shelves(paper)
        )
        points.append(Point(issue.date, issue.date, 1, len(issue.papers), dict(tags)))
    return points


def _tags(catalogue: Catalogue, points: Sequence[Point]) -> tuple[list[Tag], list[Tag]]:
    """Choose the tags to show, commonest first: broad ones, and finer ones."""
    totals: Counter[str] = Counter()
    for point in points:
        totals.update(point.tags)
    ranked = [
        catalogue.library.tags[slug]
        for slug, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]
    broad = [tag for tag in ranked if tag.broader is None and tag.listed]
    fine = [tag for tag in ranked if tag.broader is not None]
    return broad[:_BROAD], fine[:_FINE]


def _rows(cards: CardMaker, points: Sequence[Point], tags: Sequence[Tag]) -> list[Row]:
    largest = max((points[-1].share(tag.slug) for tag in tags), default=0) or 1
    rows = []
    for tag in tags:
        shares = [point.share(tag.slug) for point in points]
        line = _line(points, shares)
        rows.append(
            Row(
                cards.tag(tag),
                percent(shares[-1]) if shares[-1] else f"0{_PER_CENT}",
                range_of(min(shares), max(shares)),
                round(100 * shares[-1] / largest, 1),
                " ".join(f"{x:g},{y:g}" for x, y in line),
                line[-1],
                _cells(points, tag),
            )
        )
    return rows


def _columns(points: Sequence[Point]) -> list[tuple[str, str]]:
    """Return what each column of the table holds: one digest alone has its counts beside it."""
    shares = [
        (_name(point, points, brief=True), wording.count(point.papers, "paper"))
        for point in reversed(points)
    ]
    return shares if len(points) > 1 else [*shares, ("Papers", "")]


def _cells(points: Sequence[Point], tag: Tag) -> tuple[str, ...]:
    shares = tuple(percent(point.share(tag.slug)) for point in reversed(points))
    return shares if len(points) > 1 else (*shares, str(points[0].tags.get(tag.slug, 0)))


def _line(points: Sequence[Point], shares: Sequence[float]) -> list[tuple[float, float]]:
    """Place shares over days, from nought at the bottom to the tag's own largest at the top."""
    first, last = points[0].first.toordinal(), points[-1].first.toordinal()
    wide, high = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    top = max(shares) or 1
    return [
        (
            round(_EDGE + wide * (point.first.toordinal() - first) / max(last - first, 1), 1),
            round(_EDGE + high * (1 - share / top), 1),
        )
        for point, share in zip(points, shares, strict=True)
    ]


def _moved(cards: CardMaker, catalogue: Catalogue, change: Change) -> Moved:
    tag = catalogue.library.tags[change.slug]
    return Moved(cards.tag(tag), html(f"{percent(change.before)} to {percent(change.after)}"))


def range_of(least: float, most: float) -> str:
    """`0–39 %`, or `always 50 %`."""
    if percent(least) == percent(most):
        return f"always {percent(most)}"
    return f"{percent(least).removesuffix(_PER_CENT)}–{percent(most)}"


def _name(point: Point, points: Sequence[Point], *, brief: bool = False) -> str:
    """Name a point by its day, or by its month, quarter or year where days are taken together."""
    if all(p.first == p.last for p in points):
        day = wording.day(point.first).split(" ")
        return " ".join([day[0], day[1][:3], day[2]] if brief else day)
    months = {(p.first.year, p.first.month) for p in points}
    if len(months) == len(points) and all(p.first.month == p.last.month for p in points):
        return wording.month(point.first)
    if all((p.first.month - 1) // 3 == (p.last.month - 1) // 3 for p in points):
        return f"{point.first.year}, quarter {(point.first.month - 1) // 3 + 1}"
    return str(point.first.year)


def _span(points: Sequence[Point]) -> str:
    if len(points) < 2:
        return ""
    return f"{wording.day(points[0].first)} to {wording.day(points[-1].last)}"


def percent(share: float) -> str:
    """`38 %`, `0.4 %`, `0`: whole numbers where one per cent is seen, with a narrow space."""
    if share == 0:
        return "0"
    hundredths = share * 100
    return f"{hundredths:.1f}{_PER_CENT}" if hundredths < 1 else f"{hundredths:.0f}{_PER_CENT}"
