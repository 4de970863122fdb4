"""Scripts and stylesheets are published without remarks, and say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lean import lean_script, lean_style

ASSETS = Path(__file__).parents[1] / "overrides" / "assets"
STYLES = sorted(ASSETS.glob("stylesheets/*.css"))
SCRIPTS = sorted(ASSETS.glob("javascripts/*.js"))


def test_remarks_and_indentation_go() -> None:
    style = "/* One\n   job. */\n\n.a {\n  /* Why. */\n  content: '/* no */';\n}\n"
    assert lean_style(style) == ".a {\ncontent: '/* no */';\n}\n"
    script = '/* One job. */\n\nimport "./a.js";\n// Why.\nif (a) {\n  b("//c"); // d\n}\n'
    assert lean_script(script) == 'import "./a.js";\nif (a) {\nb("//c"); // d\n}\n'


def test_a_text_over_several_lines_is_left_alone() -> None:
    script = "// Why.\na = `\n  // text\n`;\n"
    assert lean_script(script) == script


@pytest.mark.parametrize("file", [*STYLES, *SCRIPTS], ids=lambda file: file.name)
def test_of_ours_only_what_stands_on_lines_of_its_own_goes(file: Path) -> None:
    text = file.read_text("utf-8")
    lean = (lean_style if file.suffix == ".css" else lean_script)(text)
    kept = [line.strip() for line in text.splitlines()]
    assert [line for line in lean.splitlines() if line not in kept] == []
    assert not [line for line in lean.splitlines() if line.startswith(("/*", "//", " "))]
