"""No regular expression of ours takes more than a text's length in steps, whatever the text.

All patterns are found by themselves: those that modules keep, and those that stand in a call. Their
parse trees say which could be slow: a repeat without end within another. Then each is tried on
texts made of its own characters, which for a slow pattern take thousands of times what they take
for any other: the bound is so wide that no busy machine reaches it.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from signal import ITIMER_VIRTUAL, SIG_DFL, SIGVTALRM, setitimer, signal

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "generator"
THOROUGH = os.environ.get("THOROUGH") == "1"
LETTERS = 16_000 if THOROUGH else 1_500
"""Of a text. A pattern that goes back over all of it from each place takes half its square."""
SECONDS = 1.0 if THOROUGH else 0.2
"""Of the processor's time; a quick pattern takes less than a thousandth of it."""
CALLS = frozenset(
    {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub"}
)
SEARCHES = frozenset({"findall", "finditer", "search", "split", "sub", "subn"})
REVIEWED = {
    "generator.reading.dialects.markdownmarks._ONLY_MARKS": "what repeats within begins and ends "
    "with signs that nothing else there has",
}
"""Patterns that the tree calls slow and that are not, each with the reason."""
BOUNDED = {
    "generator.enriching.addresses._FILE": "goes back two hundred letters at most",
    "generator.reading.dialects.people._BETWEEN": "white space is folded before",
    "generator.reading.dialects.people._NOBODY": "white space is folded before",
    "generator.reading.names._BETWEEN": "white space is folded before, in two thousand letters",
    "generator.trust.theme._VALUE": "reads the theme's own templates",
}
"""Patterns that are slow on texts that they are never given, each with the reason."""


def of_modules() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.stem == "__main__":
            continue
        place = path.relative_to(PACKAGE.parent).with_suffix("")
        name = ".".join(place.parts).removesuffix(".__init__")
        for key, value in vars(importlib.import_module(name)).items():
            values = value.values() if isinstance(value, dict) else [value]
            flat = (
                part for each in values for part in (each if isinstance(each, tuple) else [each])
            )
            for part in flat:
                if isinstance(part, re.Pattern):
                    yield f"{name}.{key}", part


def of_calls() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in CALLS
                and isinstance(node.args[0], ast.Constant)
            ):
                text = node.args[0].value
                if isinstance(text, str | bytes):
                    place = path.relative_to(PACKAGE.parent)
                    how = "search" if node.func.attr in SEARCHES else "match"
                    yield f"{place}:{node.lineno}.{how}", re.compile(text)


def every() -> dict[str | bytes, tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    found: dict[str | bytes, tuple[str, re.Pattern[str] | re.Pattern[bytes]]] = {}
    for name, pattern in (*of_modules(), *of_calls()):
        found.setdefault(pattern.pattern, (name, pattern))
    return found


PATTERNS = every()


def nested(tree: object, within: bool = False) -> bool:
    """Whether a repeat without end stands within another one, so that both can take the same."""
    for kind, value in tree:  # type: ignore[attr-defined]
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = value
            # What can be taken in one way only at each place is no second way of taking it.
            endless = most > 1000 and len(body) >= 1
            if endless and within:
                return True
            if nested(body, within or (endless and len(body) == 1)):
                return True
        elif name == "SUBPATTERN":
            if nested(value[-1], within):
                return True
        elif name == "BRANCH":
            if any(nested(branch, within) for branch in value[1]):
                return True
        elif name in ("ASSERT", "ASSERT_NOT") and nested(value[1], within):
            return True
    return False


def signs(tree: object) -> Iterator[str]:
    """Characters that a pattern names: at each place, one that fits there."""
    for kind, value in tree:  # type: ignore[attr-defined]
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL"):
            yield chr(value) if name == "LITERAL" else "~"
        elif name == "RANGE":
            yield chr(value[0])
        elif name == "IN":
            yield from signs(value)
        elif name == "CATEGORY":
            yield {"SPACE": " ", "DIGIT": "1", "WORD": "a"}.get(str(value).rpartition("_")[2], "~")
        elif name == "ANY":
            yield "~"
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from signs(value[2])
        elif name == "SUBPATTERN":
            yield from signs(value[-1])
        elif name == "BRANCH":
            for branch in value[1]:
                yield from signs(branch)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from signs(value[1])


def texts(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Long texts that a pattern may stumble on: of its characters, then a stranger."""
    tree = re._parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)  # type: ignore[attr-defined]
    known = list(dict.fromkeys(signs(tree)))
    some = known if THOROUGH else known[:4]
    pumps = [*some, "a", " "]
    pumps += [one + other for one in some[:8] for other in some[:8] if THOROUGH and one != other]
    whole = "".join(signs(tree))[:40]
    pumps += [whole] if whole else []
    for pump in dict.fromkeys(pumps):
        for start in ("", whole) if THOROUGH else ("",):
            yield start + (pump * LETTERS)[:LETTERS] + "\uffff"


@cache
def used(module: str, name: str) -> frozenset[str]:
    """Return the methods of a pattern that are called in its module; if it is public, in any."""
    paths = list(PACKAGE.rglob("*.py"))
    if name.startswith("_"):
        place = PACKAGE.parent / Path(*module.split("."))
        paths = [place / "__init__.py" if place.is_dir() else place.with_suffix(".py")]
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return frozenset(re.findall(rf"\b{re.escape(name)}(?:\[[^]]*\])?\s*\.(\w+)", text))


def is_searched(name: str) -> bool:
    """Whether a pattern is looked for all over a text; others begin where it begins."""
    module, _, last = name.rpartition(".")
    methods = {last} if last in CALLS else used(module, last)
    return not methods or bool(methods & SEARCHES)


def spent(name: str, pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    given: str | bytes = text
    if isinstance(pattern.pattern, bytes):
        given = text.encode("latin-1", "replace")
    begin = time.process_time()
    if is_searched(name):
        for _ in pattern.finditer(given):  # type: ignore[arg-type]
            pass
    pattern.fullmatch(given)  # type: ignore[arg-type]
    return time.process_time() - begin


def test_there_are_many_patterns() -> None:
    assert len(PATTERNS) > 150


def test_no_pattern_repeats_without_end_within_a_repeat_without_end() -> None:
    slow = set()
    for name, pattern in PATTERNS.values():
        flags = pattern.flags & ~re.UNICODE
        if nested(re._parser.parse(pattern.pattern, flags)):  # type: ignore[attr-defined]
            slow.add(name)
    assert slow == set(REVIEWED)


@pytest.mark.skipif(os.name == "nt", reason="no such clock there")
def test_no_pattern_takes_more_than_the_length_of_a_text_in_steps() -> None:
    def stop(*_: object) -> None:
        raise TimeoutError

    signal(SIGVTALRM, stop)
    slow = []
    try:
        for name, pattern in PATTERNS.values():
            for text in texts(pattern):
                setitimer(ITIMER_VIRTUAL, 10 * SECONDS)
                try:
                    took = spent(name, pattern, text)
                except TimeoutError:
                    took = 10 * SECONDS
                finally:
                    setitimer(ITIMER_VIRTUAL, 0)
                if took > SECONDS:
                    slow.append(f"{name} {pattern.pattern!r} on {text[:40]!r}: {took:.2f} s")
                    break
    finally:
        signal(SIGVTALRM, SIG_DFL)
    assert [line for line in slow if line.split()[0] not in BOUNDED] == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|b+)*c", r"(\s*x?\s*)*;"])
def test_a_slow_pattern_would_be_found(pattern: str) -> None:
    assert nested(re._parser.parse(pattern, 0))  # type: ignore[attr-defined]
    quick = r"[a-z]+(?:-[a-z]+)*"
    assert not nested(re._parser.parse(quick, 0))  # type: ignore[attr-defined]
