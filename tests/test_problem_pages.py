"""The pages about problems: every code is explained, and what they show is what happens.

`RENEW_GOLDENS=1 pytest tests/test_problem_pages.py` writes anew what `broadsheet check` says, and
the table of all codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checking.codes import PAGES, address
from generator.checking.texts import plain
from generator.cli import main
from generator.commands.common import with_lines
from generator.enriching import suspicion
from generator.project import read_library

from .conftest import PROJECT, RENEW
from .test_problems import made

FOLDER = PROJECT / "docs" / "problems"
DIGEST, VOCABULARY = "docs/digests/2025-03-11.txt", "docs/vocabulary.yml"
GOOD = (
    b"# On Things\n\nWe study things at hand. It turns out to be good, and it beats all of them.\n"
)
TAGS = b"- {name: Efficiency, slug: efficiency, description: Making models cheaper.}\n"

LONGEST_WAY_OUT = 5
"""Lines of a way out that a page shows."""

_SECTION = re.compile(r"^## (B\d{3})\n(.*?)(?=^## B|\Z)", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^\*\*(.+?)\*\* \((error|warning)\)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^(Wrong|Right|What)([^\n]*):\n\n```\w+\n(.*?)\n```$", re.MULTILINE | re.DOTALL
)


@dataclass
class Entry:
    """What a page says of one code."""

    page: str
    code: str
    title: str
    severity: str
    said: str = ""
    wrong: dict[str, bytes] = field(default_factory=dict)
    right: dict[str, bytes] = field(default_factory=dict)


def entries() -> list[Entry]:
    found = []
    for page in PAGES.values():
        text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
        for section in _SECTION.finditer(text):
            title = _TITLE.search(section[2])
            assert title, section[1]
            entry = Entry(page, section[1], title[1], title[2])
            for kind, label, block in _BLOCK.findall(section[2]):
                named = re.search(r"`([^`]+)`", label)
                if kind == "What":
                    entry.said = block
                else:
                    files = entry.wrong if kind == "Wrong" else entry.right
                    # HTML has no way to show the character that a bell's sign stands for.
                    block = block.replace("␇", "\a")
                    files[named[1] if named else DIGEST] = f"{block}\n".encode()
            found.append(entry)
    return found


ENTRIES = entries()


def of_form(name: str) -> Callable[[], str]:
    """Check a digest from the tests of dialects."""
    path = PROJECT / "tests" / "data" / "dialects" / f"{name}.txt"
    return lambda: checked({f"docs/digests/{path.name}": path.read_bytes()})


def a_folder_for_a_file() -> str:
    Path(DIGEST).mkdir(parents=True)
    return checked({})


def no_folder() -> str:
    Path(VOCABULARY).parent.mkdir()
    Path(VOCABULARY).write_bytes(TAGS)
    library = read_library(Path("docs/digests"), Path(VOCABULARY))
    return "\n".join(plain(with_lines(library.problems)))


def no_site() -> str:
    Path("site").mkdir()
    return run("bulk", "site").stderr


SPECIAL: dict[str, Callable[[], str]] = {
    "B002": lambda: checked({DIGEST: "# Cafés of Paris\n".encode("latin-1")}),
    "B003": lambda: checked({DIGEST: b"# On Things\n\nWe study \0 things.\n"}),
    "B004": a_folder_for_a_file,
    "B012": of_form("markdown-list/2025-11-17-rss-bot"),
    "B014": no_folder,
    "B015": of_form("arxiv-listing/2024-11-12-recent"),
    "B017": lambda: checked({DIGEST: b"# On Things\n" * 100_001}),
    "B301": of_form("key-value/2025-01-03"),
    "B302": of_form("paper-table/2025-01-19-week"),
    "B303": of_form("bibtex/2025-03-20"),
    "B304": of_form("arxiv-mail/2026-02-12"),
    "B305": of_form("huggingface-paper/2026-03-09"),
    "B306": of_form("huggingface-markdown/2026-04-02-firecrawl"),
    "B438": lambda: checked({VOCABULARY: "- name: Größe\n".encode("latin-1"), DIGEST: GOOD}),
    "B551": no_site,
}
"""What cannot be shown as a text on a page."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def checked(files: dict[str, bytes]) -> str:
    """Return what `broadsheet check` says of a project with these files."""
    Path("docs/digests").mkdir(parents=True, exist_ok=True)
    for name, content in {VOCABULARY: TAGS, **files}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
    return run("check").stdout


def told_of(code: str, said: str) -> str:
    """Return what is said of the first problem of a kind; of a long way out the beginning."""
    blocks = re.findall(r"^\S[^\n]*(?:\n(?: [^\n]*)?)*", said, re.MULTILINE)
    first = next((block for block in blocks if f"[{code}]: " in block), "").rstrip()
    lines = [line.rstrip() for line in first.splitlines()]
    shown = sum(line[:10].endswith("| ") or line[:9].endswith("|") for line in lines) + 1
    way_out = lines[shown:]
    if len(way_out) > LONGEST_WAY_OUT:
        way_out = [*way_out[: LONGEST_WAY_OUT - 1], "    …"]
    return "\n".join([*lines[:shown], *way_out])


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def test_every_code_is_explained_once_and_no_other() -> None:
    codes = [entry.code for entry in ENTRIES]
    assert len(codes) == len(set(codes))
    odd = set(re.findall(r"\"(B\d{3})\"", Path(suspicion.__file__).read_text(encoding="utf-8")))
    assert set(codes) == {code for code, _, _ in made() if code} | odd


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_what_a_page_says_is_what_check_says(entry: Entry, inside: None) -> None:
    provoke = SPECIAL.get(entry.code) or (lambda: checked(entry.wrong))
    said = told_of(entry.code, provoke())
    assert said, "nothing provokes it"
    if RENEW:
        renew(entry, said)
        return
    assert entry.said == said
    assert f": {entry.severity}[{entry.code}]: " in said
    if entry.right:
        right = checked(entry.right)
        assert f"[{entry.code}]" not in right
        assert "error[" not in right


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_page_stands_where_its_address_says(entry: Entry) -> None:
    assert address(entry.code) == f"docs/problems/{entry.page}.md#{entry.code.lower()}"


def test_the_table_has_all_codes_with_links() -> None:
    rows = "".join(
        f"| [{entry.code}]({entry.page}.md#{entry.code.lower()}) | {entry.severity} "
        f"| {entry.title} |\n"
        for entry in ENTRIES
    )
    path = FOLDER / "index.md"
    text = path.read_text(encoding="utf-8")
    head, mark, _ = text.partition("|---|---|---|\n")
    if RENEW:
        path.write_text(head + mark + rows, encoding="utf-8")
    else:
        assert text == head + mark + rows


def renew(entry: Entry, said: str) -> None:
    path = FOLDER / f"{entry.page}.md"
    text = path.read_text(encoding="utf-8")
    section = next(s for s in _SECTION.finditer(text) if s[1] == entry.code)
    block = re.search(
        r"What `broadsheet check` says:\n\n```text\n(.*?)\n```", section[2], re.DOTALL
    )
    assert block
    at = section.start(2)
    path.write_text(
        text[: at + block.start(1)] + said + text[at + block.end(1) :], encoding="utf-8"
    )
