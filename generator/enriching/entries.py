"""One entry of the vocabulary at a time: YAML text → entries that are right by themselves.

Nothing is constructed from the YAML: its nodes are read as they stand, each with its line, so
that aliases, Python tags and other tricks are only ever "not a text". What entries must agree
on with each other is `vocabulary`'s business.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import msgspec
import yaml
from rapidfuzz import fuzz, process

from generator.enriching.slugs import LONGEST_TAG, RESERVED, tag_slug
from generator.enriching.words import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HALF = re.compile("[\0\ud800-\udfff]")
"""What an escape such as `\\ud83d` may stand for, and no page can say."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REQUIRED = ("name", "slug", "description")
_FIELDS = (*_REQUIRED, "broader", "phrases")
_YAML = "tag:yaml.org,2002:"
_TEXT = _YAML + "str"
_NULL = _YAML + "null"
_ALIAS = "*"
_NUMBERS = frozenset({_YAML + "float", _YAML + "int"})
_KINDS = {
    _TEXT: "",
    _NULL: "nothing",
    _YAML + "bool": "yes or no",
    _YAML + "int": "a number",
    _YAML + "float": "a number",
    _YAML + "timestamp": "a date",
    _ALIAS: "an alias",
}
EXAMPLE = """An entry looks like this:
- name: Speculative decoding
  slug: speculative-decoding
  description: Draft several tokens cheaply, then let the large model check them at once.
  broader: efficiency
  phrases: [speculative sampling, draft model: 0.5]"""
_YAML_HINT = "Text with `: `, `#` or quotes in it must be quoted. " + EXAMPLE


class _Loader(yaml.SafeLoader):
    """Takes an alias for no text: one can stand for a list of thousands of lists."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node."""
        if not self.check_event(yaml.AliasEvent):
            return super().compose_node(parent, index)
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor not in self.anchors:
            return super().compose_node(parent, index)
        self.get_event()  # type: ignore[no-untyped-call]
        return yaml.ScalarNode(_ALIAS, f"*{event.anchor}", event.start_mark, event.end_mark)


class Report(Protocol):
    """Takes in which kind of problem it is, the line, what is wrong, and the way out."""

    def __call__(self, code: str, line: int, message: str, hint: str = EXAMPLE) -> None:
        """Keep a problem."""


class Phrase(msgspec.Struct, frozen=True):
    """A phrase, how much it counts (0 to 1) and where it stands."""

    text: str
    weight: float
    line: int


class Entry(msgspec.Struct, frozen=True):
    """An entry of the file that is right by itself."""

    name: str
    slug: str
    description: str
    broader: str | None
    lines: Mapping[str, int]
    """Where each field stands."""
    phrases: tuple[Phrase, ...]


def read_entries(text: str, report: Report) -> list[Entry]:
    """Read the good entries of YAML text, in order; the rest is reported with its line."""
    return [entry for node in _nodes(text, report) if (entry := _entry(node, report))]


def _nodes(text: str, report: Report) -> list[yaml.Node]:
    """Return the entries of the list, not yet looked into."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        at_end = "end of stream" in (error.problem or "")
        # Something left open is mended where it was opened, not at the end of the file.
        mark = error.context_mark if at_end and error.context_mark else error.problem_mark
        found = ", ".join(part for part in (error.context, error.problem) if part)
        report("B421", (mark.line if mark else 0) + 1, f"this is not YAML: {found}", _YAML_HINT)
        return []
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        report("B422", line, f"a character that YAML does not allow: {shown(chr(error.character))}")
        return []
    except RecursionError:
        report("B421", 1, "this YAML is nested too deeply; a list of entries was expected")
        return []
    except (ValueError, OverflowError) as error:
        report("B421", 1, f"this is not YAML: {error}", _YAML_HINT)
        return []
    if root is None or root.tag == _NULL:
        return []
    if not isinstance(root, yaml.SequenceNode):
        report("B423", _line(root), f"a list of entries was expected, found {_what(root)}")
        return []
    return list(root.value)


def _entry(node: yaml.Node, report: Report) -> Entry | None:
    """Read one entry: its fields must be known, complete and of the right type."""
    if not isinstance(node, yaml.MappingNode):
        report("B424", _line(node), f"an entry with fields was expected, found {_what(node)}")
        return None
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    phrases: list[Phrase] = []
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else _what(key)
        if name not in _FIELDS:
            near = process.extractOne(name, _FIELDS, scorer=fuzz.ratio, score_cutoff=60)
            guess = f"Did you mean `{near[0]}`? " if near else ""
            report(
                "B425",
                _line(key),
                f"unknown field {shown(name)}; an entry has {', '.join(_FIELDS)}",
                guess + EXAMPLE,
            )
        elif name in lines:
            report(
                "B426", _line(key), f"the field `{name}` stands twice, first in line {lines[name]}"
            )
        else:
            lines[name] = _line(key)
            if name == "phrases":
                phrases = list(_phrases(value, report))
            elif (text := _text(value, f"`{name}`", report)) is not None:
                fields[name] = text
    line = _line(node)
    missing = [name for name in _REQUIRED if name not in lines]
    for name in missing:
        report("B427", line, f"this entry has no `{name}`")
    if any(name not in fields for name in lines if name != "phrases") or missing:
        return None
    slug = fields["slug"]
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_TAG or slug in RESERVED:
        wrong = "is reserved" if slug in RESERVED else "is no slug"
        report(
            "B428",
            lines["slug"],
            f"{shown(slug)} {wrong}: small letters, digits and single hyphens were expected, "
            f"at most {LONGEST_TAG}",
            f"It is a part of the tag's address. Write: slug: {tag_slug(fields['name'])}",
        )
        return None
    if not _has_letters(fields["name"]):
        report("B429", lines["name"], f"the name {shown(fields['name'])} has no letters")
        return None
    return Entry(
        fields["name"],
        fields["slug"],
        fields["description"],
        fields.get("broader"),
        lines,
        tuple(phrases),
    )


def _phrases(node: yaml.Node, report: Report) -> Iterator[Phrase]:
    """Read the good ones of a list of phrases, each a text or `text: weight`."""
    if not isinstance(node, yaml.SequenceNode):
        report(
            "B430",
            _line(node),
            f"`phrases` must be a list, found {_what(node)}",
            "Write: phrases: [speculative sampling, draft model: 0.5]",
        )
        return
    for item in node.value:
        phrase, weight = item, 1.0
        if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
            phrase, number = item.value[0]
            weight = _weight(number)
            if not 0 < weight <= 1:
                report(
                    "B431",
                    _line(number),
                    "the weight of a phrase is a number above 0 and up to 1, "
                    f"found {_what(number)}",
                    "Write: phrases: [speculative sampling, draft model: 0.5]",
                )
                continue
        if (text := _text(phrase, "a phrase", report)) is None:
            continue
        if _has_letters(text):
            yield Phrase(text, weight, _line(phrase))
        else:
            report("B439", _line(phrase), f"the phrase {shown(text)} has no letters")


def _text(node: yaml.Node, what: str, report: Report) -> str | None:
    if isinstance(node, yaml.ScalarNode) and node.tag == _TEXT and node.value.strip():
        if wrong := _HALF.search(node.value):
            char = f"`\\u{ord(wrong[0]):04x}`"
            report("B422", _line(node), f"{what} has a character that no text has: {char}")
            return None
        return " ".join(node.value.split())
    found = _what(node)
    quoted = isinstance(node, yaml.ScalarNode) and node.tag in _KINDS and node.value.strip()
    hint = f'If you mean the text, put it in quotes: "{node.value}"' if quoted else EXAMPLE
    report("B432", _line(node), f"{what} must be a text, found {found}", hint)
    return None


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text) and bool(paths(text))


def _weight(node: yaml.Node) -> float:
    """Read a number; 0 if it is none."""
    if isinstance(node, yaml.ScalarNode) and node.tag in _NUMBERS:
        with suppress(ValueError):
            return float(node.value)
    return 0.0


def _what(node: yaml.Node) -> str:
    """Say what a reader of the message sees in the file."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "fields"
    kind = _KINDS.get(node.tag)
    if kind is None:
        return f"a value with the YAML tag {shown(node.tag)}"
    if not node.value.strip():
        return "nothing"
    return f"{kind} ({shown(node.value)})" if kind else shown(node.value)


def shown(text: str) -> str:
    """Quote found text in one line of bounded length, whatever it holds."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
