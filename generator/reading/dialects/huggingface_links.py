"""Cut a page that a converter made into Markdown into links and lines.

A link's text may go over many lines, with a backslash or two at their ends and blank lines
between. Its address stands behind it, or is a number that a list at the end of the text explains.
What links and lines mean is for the grammar to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from generator.reading.dialects.huggingface import trimmed, visible
from generator.reading.lines import RawLine

_END = re.compile(r"\](?:\(<?([^\s()<>]*)>?(?: \"[^\"]*\")?\)|\[([0-9]{1,6})\])$")
_BEGIN = re.compile(r"(#{1,6} )?(?:[-*] )?\[(?!\^)")
_HEADING = re.compile(r"#{1,6} ")
_INLINE = re.compile(r"!?\[([^\[\]]*)\](?:\(<?([^\s()<>]*)>?\)|\[[0-9]{1,6}\])")
_REFERENCE = re.compile(r"(?:\[([0-9]{1,6})\]:|([0-9]{1,6})\.) <?(https?://[^\s<>]+)>?")
_BRACKET = re.compile(r"\\.|[\[\]]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"(?<!\\)\\{1,2}$|^\\{1,2}$")


class Item(msgspec.Struct, frozen=True):
    """A link or a line."""

    numbers: tuple[int, ...]
    """Of its lines that are not blank."""
    texts: tuple[tuple[int, str], ...]
    """What each line says, without brackets and signs for breaks, if it says anything."""
    heading: bool = False
    link: bool = False
    url: str = ""
    """Empty where a number stands that nothing explains."""
    whole: bool = True
    """Whether the link's end was found."""

    @property
    def lines(self) -> list[tuple[int, str]]:
        """All lines, with those that say nothing."""
        texts = dict(self.texts)
        return [(number, texts.get(number, "")) for number in self.numbers]

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(text for _, text in self.texts)


def references(lines: Sequence[RawLine]) -> dict[str, tuple[int, str]]:
    """Return the addresses that numbers stand for, with their lines' numbers."""
    found: dict[str, tuple[int, str]] = {}
    for line in lines:
        match = _REFERENCE.fullmatch(visible(line.text)) if line.text[:1] in "[0123456789" else None
        if match is not None:
            found.setdefault(match[1] or match[2], (line.number, match[3]))
    return found


def unlinked(text: str) -> str:
    """Return a line with links in it as a page shows it: their texts alone."""
    return _INLINE.sub(r"\1", text) if "[" in text else text


def is_only_links(text: str) -> bool:
    """Whether a line has links and nothing else."""
    return not _INLINE.sub("", text).strip(" |·•*>-")


def addresses(text: str) -> list[str]:
    """Return the addresses of the links in a line."""
    return [match[2] for match in _INLINE.finditer(text) if match[2]]


def items_of(lines: Sequence[RawLine], known: dict[str, tuple[int, str]]) -> Iterator[Item]:
    """Return all links and lines in order; every line that is not blank is in one of them.

    A link without an end goes up to the next heading, or to the next link that is whole.
    """
    explained = {number for number, _ in known.values()}
    open_: list[RawLine] = []
    for line in lines:
        if not line.text:
            continue
        text = trimmed(line.text)
        if open_:
            if not (_HEADING.match(text) or _is_whole(text)):
                open_.append(line)
                if _END.search(text) is not None:
                    yield _link(open_, known)
                    open_ = []
                continue
            yield _link(open_, known)
            open_ = []
        if line.number in explained or text.startswith(("![", "[![")):
            yield Item((line.number,), ())
        elif _BEGIN.match(text) is None or (_rise(text) <= 0 and not _is_whole(text)):
            heading = _HEADING.match(text) is not None
            yield Item((line.number,), ((line.number, line.text),), heading=heading)
        elif _is_whole(text):
            yield _link([line], known)
        else:
            open_.append(line)
    if open_:
        yield _link(open_, known)


def _rise(text: str) -> int:
    """Return how many brackets a line leaves open."""
    plain = text.replace("\\[", "").replace("\\]", "")
    return plain.count("[") - plain.count("]")


def _is_whole(text: str) -> bool:
    """Whether a line is one link from its beginning to its end, perhaps with brackets in it."""
    match = _END.search(text) if _BEGIN.match(text) else None
    if match is None:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(text, 0, match.start()):
        depth += {"[": 1, "]": -1}.get(bracket[0], 0)
        if depth == 0:
            return False
    return depth == 1


def _link(lines: Sequence[RawLine], known: dict[str, tuple[int, str]]) -> Item:
    first, last = trimmed(lines[0].text), trimmed(lines[-1].text)
    begin, end = _BEGIN.match(first), _END.search(last)
    texts = []
    for line in lines:
        text = trimmed(line.text)
        if line is lines[-1] and end is not None:
            text = text[: end.start()]
        if line is lines[0] and begin is not None:
            text = text[begin.end() : end.start() if end and len(lines) == 1 else None]
        text = _BREAK.sub("", text.strip()).strip()
        if end is None or end[1] is not None:
            text = _ESCAPED.sub(r"\1", text)
        if text:
            texts.append((line.number, text))
    number = end[2] if end is not None else None
    url = known.get(number, (0, ""))[1] if number else (end[1] or "" if end else "")
    return Item(
        tuple(line.number for line in lines),
        tuple(texts),
        heading=begin is not None and begin[1] is not None,
        link=True,
        url=url,
        whole=end is not None,
    )
