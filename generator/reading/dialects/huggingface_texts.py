"""Tell titles, summaries, abstracts and organisations apart on pages of Hugging Face.

The pages put them one below the other, at times without a blank line. What their lines are for
is decided by how lines are filled and by where sentences end, never by how long a text is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.dialects.huggingface import is_head, visible
from generator.reading.dialects.huggingface_signs import shown
from generator.reading.evidence import ends_sentence
from generator.reading.lines import RawLine

_LINK_END = re.compile(r"\]\(<?(https?://[^\s()<>]+)>?\)")
"""The last line of a title that is a link: what it says, and the address."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]{0,2} (?=[\"“(]?[^\Wa-z_])")
GLUE = re.compile(r"(?<=[)%0-9a-z]{2}\.)(?=[A-Z][\w’'-]*,? [\w(])")
"""Where a sentence ends and another begins without a space: the summary ends there."""
_ROOM = 0.85
"""Part of the longest line up to which a line would have been filled before it was broken."""


def is_summary(text: str) -> bool:
    """Whether a text is no more than one sentence."""
    return _SENTENCE_END.search(text) is None


def is_organisation(body: Sequence[RawLine]) -> bool:
    """Whether a text's last line names who wrote the paper, in the place of a number."""
    last, above = visible(body[-1].text), visible(body[-2].text)
    return last.startswith(("- ", "· ")) or (
        len(body) > 2 and ends_sentence(above) and not ends_sentence(last)
    )


def link_end(text: str) -> tuple[str, str] | None:
    """Return the words and the address of a link that a text ends with; None if it does not."""
    at = text.rfind("](")
    found = _LINK_END.fullmatch(text, at) if at >= 0 else None
    return (text[:at].removeprefix("["), found[1]) if found else None


def title_lines(body: Sequence[RawLine]) -> int:
    """Return how many lines the title has: up to a blank line, or to what ends it."""
    if visible(body[0].text).lstrip("# ").startswith("["):
        for index, line in enumerate(body[:3]):
            if link_end(visible(line.text)):
                return index + 1
    for index in (1, 2):
        if len(body) > index and body[index].number > body[index - 1].number + 1:
            return index
    return 2 if len(body) > 2 and _stops_short(body) else 1


def _stops_short(body: Sequence[RawLine]) -> bool:
    """Whether the second line ends a title: the next word had room on it, and no sentence ends."""
    second, third = visible(body[1].text), visible(body[2].text)
    width = max(len(line.text) for line in body)
    return (
        len(second) + 1 + len(third.partition(" ")[0]) <= _ROOM * width
        and not ends_sentence(second)
        and not third[:1].islower()
    )


def title_start(waiting: Sequence[RawLine], name: str | None) -> int:
    """Return the index of the title's first line: as the page is named, or of the last block."""
    texts = [shown(line) for line in waiting]
    if name is not None:
        whole = squeezed(name)
        for start in range(len(texts) - 1, max(-1, len(texts) - 4), -1):
            text = squeezed(" ".join(texts[start:]))
            if text.startswith(whole):
                return start
        return len(texts)
    start = len(texts) - 1
    while (
        start > 0
        and waiting[start - 1].number == waiting[start].number - 1
        and not is_head(texts[start - 1])
    ):
        start -= 1
    return start


def squeezed(text: str) -> str:
    """Return a title without its mark, white space and case, to compare it with another."""
    return "".join(visible(text).lstrip("# ").split()).casefold()
