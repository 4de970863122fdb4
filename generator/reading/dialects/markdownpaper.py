"""One paper of a list in Markdown, below its heading: labels, its abstract, what a bot says.

Where papers begin and end is for `markdownlist` to see.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from generator.model import LineClass
from generator.reading.dialects.entries import Entry, day_of
from generator.reading.dialects.form import Sheet
from generator.reading.dialects.markdownmarks import (
    emphasised,
    is_only_marks,
    links_of,
    plain,
    unbulleted,
)
from generator.reading.dialects.people import people_of
from generator.reading.dialects.pieces import paragraphs
from generator.reading.lines import RawLine

_FIELD = re.compile(r"[^\w\[#>]{0,6}([A-Za-z][A-Za-z; ]{1,15}[A-Za-z])[^\w\[:]{0,2}: ?(.*)")
_KEPT = frozenset(("authors", "author", "published", "arxiv id", "links", "link", "code", "pdf"))
_CHROME = frozenset(
    (
        "vote",
        "votes",
        "upvotes",
        "category",
        "categories",
        "main category",
        "score",
        "type",
        "stars",
    )
)
_TOLD = frozenset(
    ("tl;dr", "tldr", "summary", "motivation", "method", "result", "results", "conclusion")
)
ABSTRACT = re.compile(r"[#* ]{0,8}(?:[^\w\s#*] ?)?Abstract[* ]{0,3}:?[* ]{0,3}", re.IGNORECASE)
_BOT = re.compile(
    r"<summary>(?:<[a-z]{1,8}>)?[^<>]{0,30}\b(?:AI|TL;?DR|summary|bot)\b.{0,80}", re.IGNORECASE
)


class PaperDraft(msgspec.Struct):
    """A paper while its lines come in."""

    entry: Entry
    abstract: list[RawLine] = msgspec.field(default_factory=list)
    told: list[RawLine] = msgspec.field(default_factory=list)
    """What a program says about it."""
    mode: str = ""
    """`abstract` or `told` below such a label, `bot` inside a bot's details, `closed` after."""

    def take(self, line: RawLine, sheet: Sheet) -> bool:
        """Take in a line; whether it belongs to this paper."""
        if self.mode == "bot" or is_only_marks(line.text) or _BOT.fullmatch(line.text):
            self._mark(line, LineClass.CHROME)
            if "</details>" in line.text:
                self.mode = "closed"
            elif _BOT.match(line.text):
                self.mode = "bot"
            return True
        if (label := ABSTRACT.match(line.text)) and self._is_label(line.text, label[0]):
            self.mode = "abstract"
            self._text(self.abstract, replace(line, text=line.text[label.end() :]))
            return True
        if self.mode != "abstract" or line.text.startswith("**"):
            match = _FIELD.fullmatch(line.text)
            if match and self._field(match[1].lower(), match[2].strip("* "), line, sheet):
                return True
        if self.mode == "closed":
            return False
        names = None if self.mode or self.entry.authors else emphasised(line.text)
        item = None if self.mode == "abstract" else unbulleted(line.text)
        if names is not None:
            self.entry.authors = people_of(names)
            self._mark(line, LineClass.KEY)
        elif item is not None:
            self.told.append(replace(line, text=""))
            self._text(self.told, replace(line, text=plain(item)))
            self.mode = "told"
        elif self.mode == "told":
            self._text(self.told, replace(line, text=plain(line.text)))
        else:
            self._text(self.abstract, replace(line, text=line.text.removeprefix(">").lstrip()))
        return True

    def blank(self, line: RawLine) -> None:
        """Take in a blank line, which divides paragraphs."""
        for texts in (self.abstract, self.told):
            texts.append(line)

    def finish(self) -> Entry:
        """Return the paper; its text is the abstract if there is one."""
        texts, rest = (self.abstract, self.told)
        if not paragraphs(texts):
            texts, rest = rest, texts
            self.entry.summary = bool(paragraphs(texts))
        self.entry.abstract = paragraphs(texts, indents=not self.entry.summary)
        filled = [line.number for line in texts if line.text]
        self.entry.at = min(filled, default=0)
        self.entry.mark((line.number for line in rest if line.text), LineClass.CHROME)
        self.entry.mark(filled, LineClass.ABSTRACT)
        return self.entry

    def _is_label(self, text: str, label: str) -> bool:
        """Whether `Abstract` begins the abstract: marked, with a colon, or alone on its line."""
        return self.mode != "abstract" and (":" in label or "*" in label or label == text)

    def _field(self, key: str, value: str, line: RawLine, sheet: Sheet) -> bool:
        if key in _TOLD:
            self.mode = "told"
            self.told.append(replace(line, text=""))
            self._text(self.told, replace(line, text=value if key[0] in "ts" else line.text))
        elif key in _KEPT:
            self._keep(key, value, line, sheet)
        elif key in _CHROME:
            self._mark(line, LineClass.CHROME)
        else:
            return False
        return True

    def _keep(self, key: str, value: str, line: RawLine, sheet: Sheet) -> None:
        self._mark(line, LineClass.KEY)
        if key in ("authors", "author"):
            self.entry.authors = people_of(plain(value))
        elif key == "published":
            self.entry.published = day_of(value)
        elif key == "arxiv id":
            self.entry.identify(value)
        else:
            for _, url in links_of(value) or [("", value)]:
                self.entry.link(url, sheet, line.number)

    def _text(self, texts: list[RawLine], line: RawLine) -> None:
        texts.append(line)
        self._mark(line, LineClass.ABSTRACT)

    def _mark(self, line: RawLine, kind: LineClass) -> None:
        self.entry.mark(line.number, kind)
