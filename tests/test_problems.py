"""Every problem that anything can make has a code of its own, for ever."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "generator"
MAKERS = {"Problem", "error", "warning", "report"}
"""What makes a problem; `error` and `warning` are those of `reading.wording`."""
CODE = re.compile(r"B[0-6][0-9]{2}")


def made() -> Iterator[tuple[str, str, str]]:
    """Yield each place that makes a problem: the code that it gives, its module and function."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Problem" not in text and "Report" not in text:
            continue
        module = path.relative_to(PACKAGE).as_posix()
        for function in ast.walk(ast.parse(text)):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in MAKERS
                    and len(node.args) > 1
                ):
                    given = [*node.args, *(keyword.value for keyword in node.keywords)]
                    texts = [arg.value for arg in given if isinstance(arg, ast.Constant)]
                    codes = [text for text in texts if CODE.fullmatch(str(text))]
                    yield (str(codes[0]) if len(codes) == 1 else "", module, function.name)


PASSED_ON = {
    ("reading/wording.py", "error"),
    ("reading/wording.py", "warning"),
    ("enriching/oddlinks.py", "_odd"),
    ("enriching/vocabularytext.py", "report"),
    ("enriching/vocabularytext.py", "read"),
}
"""Where a code comes from the caller."""


def test_every_problem_has_a_code() -> None:
    without = {(module, name) for code, module, name in made() if not code}
    assert without <= PASSED_ON


def test_a_code_means_one_kind_of_problem() -> None:
    """The words of one kind stand in one place; several of a kind may be told in one."""
    places = defaultdict(set)
    for code, module, _ in made():
        if code:
            places[code].add(module)
    assert len(places) > 50
    assert {code: found for code, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("room", "digit"),
    [
        ("reading/fileproblems.py", "0"),
        ("reading/paperproblems.py", "1"),
        ("reading/keyproblems.py", "2"),
        ("reading/dialects/problems.py", "3"),
        ("permalinks/judging.py", "6"),
    ],
)
def test_the_first_digit_says_what_a_problem_is_about(room: str, digit: str) -> None:
    codes = {code for code, module, _ in made() if module == room}
    assert codes
    assert {code[1] for code in codes} == {digit}
