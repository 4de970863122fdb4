"""What `make validate` makes of what the checker says. The checker itself needs Java."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from validate import Known, known_faults, unpack, verdict

THEMES = {
    "type": "error",
    "url": "file:/made/site/about/index.html",
    "lastLine": 7,
    "message": "Attribute “x” is not allowed.",
    "extract": '<input id="__theme" x>',
}
KNOWN = [Known("Attribute “x”", 'id="__theme"', "the theme's")]


def told(*said: dict[str, Any]) -> list[str]:
    return list(verdict(said, KNOWN, "/made/site"))


def test_a_fault_of_the_theme_that_is_known_is_none() -> None:
    assert told(THEMES) == []


@pytest.mark.parametrize(
    "changes",
    [{"message": "Element “y” is not allowed."}, {"extract": '<input id="ours" x>'}],
    ids=["other fault", "other place"],
)
def test_another_fault_is_told_with_its_page(changes: dict[str, str]) -> None:
    (line,) = told(THEMES, THEMES | changes)
    assert line.startswith("about/index.html:7: error: ")


def test_a_warning_counts_too() -> None:
    (line,) = told(THEMES, THEMES | {"type": "info", "subType": "warning", "message": "Empty."})
    assert "warning: Empty." in line


def test_a_known_fault_that_is_gone_has_to_leave_the_list() -> None:
    (line,) = told()
    assert "take it out" in line


def test_the_list_is_short_and_says_whose_each_fault_is() -> None:
    known = known_faults()
    assert 0 < len(known) <= 8
    assert sum(fault.why.startswith("Material") for fault in known) <= 3
    assert all(fault.why.startswith(("Material for MkDocs", "No fault")) for fault in known)


def test_a_checker_that_was_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected TkQd5DFf"):
        unpack(b"something else", tmp_path / "vnu.jar")
    assert not list(tmp_path.iterdir())
