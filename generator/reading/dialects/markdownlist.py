"""Lists that programs write in Markdown each day: a heading with a link for each paper.

Four are known by their files: headings with `Vote:` and bullets, with `**ArXiv ID**:` and an
abstract that is cut, with `TL;DR:` and details, and titles in `<summary>`. They differ in small
things only, so that one grammar reads all, and their like. What a program wrote about a paper
stands in for the abstract only where that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, settle, state
from generator.reading.dialects.form import Dialect, Sheet
from generator.reading.dialects.markdownmarks import is_only_marks, plain
from generator.reading.dialects.markdownpaper import ABSTRACT, PaperDraft
from generator.reading.dialects.pieces import opening, visible
from generator.reading.lines import RawLine

_HEAD = re.compile(
    r"#{2,5} ?(?:\[[0-9]{1,4}\] ?|[0-9]{1,4}[.)] ?)?\[(?P<title>.+)\]\((?P<url>https?://[^\s()]+)\).{0,40}"
    r"|(?:<details[^<>]{0,40}> ?)?<summary> ?<(?:b|strong)>[0-9]{1,4}[.)] ?(?P<summary>.+?)"
    r"</(?:b|strong)>.{0,60}</summary>"
)
_HEADING = re.compile(r"#{1,6} ?(.*)")
_DAY = re.compile(
    r"(?:#{1,3} .{0,60}?\(?|[-* ]{0,4}last updated[* ]{0,3}: ?[* ]{0,3})"
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4})\b.{0,40}",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"[-*] \[.{1,80}\]\(#.{0,80}\).{0,40}|\|.*\||[-*] \*\*(?:Total|Categories).*"
)


def _signature(lines: Sequence[RawLine]) -> float:
    text = opening(lines)
    if "](http" not in text:
        return 0.0
    heads = [
        match
        for match in re.finditer(rf"^(?:{_HEAD.pattern})$", text, re.MULTILINE)
        if match["summary"] or "//huggingface.co/papers" not in match["url"]
    ]
    signs = (
        r"^[^\w\s]{0,6}Authors?[^\w\s]{0,3}:",
        r"^(?:Votes?|Main category|TL;DR): ?\S",
        r"^\*\*(?:Category|Published|ArXiv ID)\*\*: ?\S|^\*\*[^\w\s*]{0,3} ?Links:\*\* ?\[",
        r"^(?:#### |Abstract: ?\S)",
        r"^> .{30}",
    )
    found = sum(re.search(sign, text, re.MULTILINE) is not None for sign in signs)
    return 0.9 if heads and found >= 2 else 0.0


def _read(text: str, sheet: Sheet) -> None:
    drafts: list[PaperDraft] = []
    inside = False
    for line in visible(text, sheet.raw):
        if head := _HEAD.fullmatch(line.text):
            entry = Entry(line.number, plain(head["title"] or head["summary"]))
            entry.link(head["url"] or "", sheet, line.number)
            entry.mark(line.number, LineClass.TITLE)
            drafts.append(PaperDraft(entry))
            inside = True
        elif not line.text:
            if inside:
                drafts[-1].blank(line)
        else:
            if drafts and drafts[-1].mode != "bot" and not ABSTRACT.fullmatch(line.text):
                inside = inside and _HEADING.fullmatch(line.text) is None
            if not (inside and drafts[-1].take(line, sheet)):
                _around(line, sheet, len(drafts))
    settle(sheet, [draft.finish() for draft in drafts])


def _around(line: RawLine, sheet: Sheet, first: int) -> None:
    """Read a line that stands outside papers."""
    day = _DAY.fullmatch(line.text)
    if day and state(sheet, line.number, day[1], first):
        return
    forms = (_HEADING, _CONTENTS)
    if is_only_marks(line.text) or any(form.fullmatch(line.text) for form in forms):
        sheet.mark(line.number, LineClass.CHROME)


DIALECT = Dialect(
    "markdown-list",
    "a list in Markdown, with a heading and labels for each paper",
    _signature,
    _read,
    "### [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n\nVote: 31\n\n"
    "Authors: …\n\n- …",
)
