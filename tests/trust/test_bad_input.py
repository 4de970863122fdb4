"""Files that are no digests, or not what they say: one clear error each, and the rest is read."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIG_DFL, SIGALRM, alarm, signal

import pytest
from click.testing import CliRunner

from generator import files
from generator.cli import main
from generator.contents import Contents
from generator.memory import FORGETFUL
from generator.model import Problem
from generator.plugin import report
from generator.reading import fileproblems, read_text
from generator.writing.site import Site

GOOD = (
    b"# On Things\n\nWe study things at hand. It turns out to be good, and it beats all others.\n"
)
TAGS = b"- {name: Efficiency, slug: efficiency, description: Making models cheaper.}\n"
OTHER, DIGEST = "docs/digests/2025-03-10.txt", "docs/digests/2025-03-11.txt"
VOCABULARY, KNOWN = "docs/vocabulary.yml", "docs/digests/identities.yml"
PRIVATE = "This stands in a file elsewhere"

posix = pytest.mark.skipif(os.name == "nt", reason="no such files there")


def put(name: str, content: bytes) -> None:
    Path(name).write_bytes(content)


def in_its_place(name: str, make: Callable[[Path], object]) -> None:
    path = Path(name)
    path.unlink(missing_ok=True)
    make(path)


def link(name: str, to: str) -> None:
    in_its_place(name, lambda path: path.symlink_to(to))


def elsewhere() -> str:
    path = Path.cwd().parent / "elsewhere.txt"
    path.write_bytes(
        f"# {PRIVATE}\n\nWe say it in one long sentence, for nobody to read.\n".encode()
    )
    return str(path)


def both(first: str, second: str) -> None:
    put(f"docs/digests/{first}", GOOD)
    put(f"docs/digests/{second}", GOOD)


def entries(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


WORDS = "# On Things\n\nWe study things.\n"
CASES: dict[str, tuple[Callable[[], object], str, str, str]] = {
    # name: what is done, the place of the first error, its code, what its message says
    "empty": (lambda: put(DIGEST, b""), f"{DIGEST}:1", "B006", "no papers"),
    "blank": (lambda: put(DIGEST, b" \n\t\n\xc2\xa0"), f"{DIGEST}:1", "B006", "no papers"),
    "binary": (
        lambda: put(DIGEST, b"\n\n" + bytes(range(256)) * 9),
        f"{DIGEST}:5",  # Of the 256, one is a line feed and one a carriage return.
        "B002",
        "not UTF-8",
    ),
    "nul": (lambda: put(DIGEST, b"# On\n\n\0"), f"{DIGEST}:3", "B003", "does not belong"),
    "utf-16 with a mark": (
        lambda: put(DIGEST, b"\xff\xfe" + WORDS.encode("utf-16-le")),
        f"{DIGEST}:1",
        "B002",
        "looks like UTF-16",
    ),
    "utf-16 without": (
        lambda: put(DIGEST, WORDS.encode("utf-16-le")),
        f"{DIGEST}:1",
        "B003",
        "looks like UTF-16",
    ),
    "utf-16 the other way": (
        lambda: put(DIGEST, WORDS.encode("utf-16-be")),
        f"{DIGEST}:1",
        "B003",
        "looks like UTF-16",
    ),
    "utf-32": (lambda: put(DIGEST, WORDS.encode("utf-32")), f"{DIGEST}:1", "B002", "UTF-32"),
    "too many bytes": (
        lambda: put(DIGEST, b"a" * (files.LARGEST + 1)),
        f"{DIGEST}:1",
        "B017",
        "20,000,001 bytes",
    ),
    "too many lines": (lambda: put(DIGEST, b"a\n" * 100_001), f"{DIGEST}:1", "B017", "100,001"),
    "a folder": (lambda: Path(DIGEST).mkdir(), f"{DIGEST}:1", "B004", "not a file"),
    "a pipe": (
        lambda: os.mkfifo(DIGEST),
        f"{DIGEST}:1",
        "B004",
        "not a file",
    ),
    "a device": (lambda: link(DIGEST, "/dev/zero"), f"{DIGEST}:1", "B004", "not a file"),
    "a link out": (lambda: link(DIGEST, elsewhere()), f"{DIGEST}:1", "B004", "elsewhere"),
    "a link to itself": (lambda: link(DIGEST, "2025-03-11.txt"), f"{DIGEST}:1", "B004", "links"),
    "a link to nothing": (lambda: link(DIGEST, "nothing.txt"), f"{DIGEST}:1", "B004", "No such"),
    "a link to a folder": (
        lambda: link("docs/digests/more", str(Path.cwd().parent)),
        "docs/digests/more:1",
        "B013",
        "not read",
    ),
    "two of one address": (
        lambda: both("2025-03-11-Late.txt", "2025-03-11-late.txt"),
        "docs/digests/2025-03-11-late.txt:1",
        "B408",
        "has the address of",
    ),
    "an ending in capitals": (
        lambda: both("2025-03-11.txt", "2025-03-11.TXT"),
        "docs/digests/2025-03-11.TXT:1",
        "B013",
        "not read",
    ),
    "a name with a line end": (
        lambda: put("docs/digests/2025-03-11\n::error::x.txt", GOOD),
        "docs/digests/2025-03-11\\u000a::error::x.txt:1",
        "B001",
        "is named",
    ),
    "a name that moves the cursor": (
        lambda: put("docs/digests/2025-03-11\x1b[2J.txt", GOOD),
        "docs/digests/2025-03-11\\u001b[2J.txt:1",
        "B001",
        "is named",
    ),
    "a vocabulary that is a folder": (
        lambda: in_its_place(VOCABULARY, Path.mkdir),
        f"{VOCABULARY}:1",
        "B004",
        "not a file",
    ),
    "a vocabulary that is a pipe": (
        lambda: in_its_place(VOCABULARY, lambda path: os.mkfifo(path)),
        f"{VOCABULARY}:1",
        "B004",
        "not a file",
    ),
    "a vocabulary that is a device": (
        lambda: link(VOCABULARY, "/dev/zero"),
        f"{VOCABULARY}:1",
        "B004",
        "not a file",
    ),
    "a vocabulary elsewhere": (
        lambda: link(VOCABULARY, elsewhere()),
        f"{VOCABULARY}:1",
        "B004",
        "elsewhere",
    ),
    "a vocabulary that is binary": (
        lambda: put(VOCABULARY, b"\n\xff\xfe\0"),
        f"{VOCABULARY}:2",
        "B438",
        "not UTF-8",
    ),
    "a vocabulary with a control": (
        lambda: put(VOCABULARY, b"\n\n- \x07"),
        f"{VOCABULARY}:3",
        "B422",
        "does not allow",
    ),
    "a vocabulary that is too large": (
        lambda: put(VOCABULARY, b"#" * (files.LARGEST_VOCABULARY + 1)),
        f"{VOCABULARY}:1",
        "B004",
        "1,000,001 bytes",
    ),
    "a vocabulary left open": (
        lambda: put(VOCABULARY, b"\n- name: [x\n"),
        f"{VOCABULARY}:3",
        "B421",
        "not YAML",
    ),
    "a vocabulary of fields": (lambda: put(VOCABULARY, b"a: b"), f"{VOCABULARY}:1", "B423", "list"),
    "a vocabulary of a number": (lambda: put(VOCABULARY, b"4"), f"{VOCABULARY}:1", "B423", "list"),
    "a vocabulary of nothings": (
        lambda: put(VOCABULARY, b"- null\n- 1\n- []\n"),
        f"{VOCABULARY}:1",
        "B424",
        "nothing",
    ),
    "a vocabulary of Python": (
        lambda: put(VOCABULARY, b"- !!python/object/apply:os.system ['exit 1']\n"),
        f"{VOCABULARY}:1",
        "B424",
        "a list",
    ),
    "a vocabulary that goes deep": (
        lambda: put(VOCABULARY, b"[" * 3_000),
        f"{VOCABULARY}:1",
        "B421",
        "too deeply",
    ),
    "a vocabulary in itself": (
        lambda: put(VOCABULARY, b"&a [*a]\n"),
        f"{VOCABULARY}:1",
        "B424",
        "an alias",
    ),
    "a vocabulary with half a character": (
        lambda: put(VOCABULARY, b'- {name: "x\\ud83d", slug: x, description: y}\n'),
        f"{VOCABULARY}:1",
        "B422",
        "d83d",
    ),
    "identities that are a folder": (
        lambda: Path(KNOWN).mkdir(),
        f"{KNOWN}:1",
        "B004",
        "not a file",
    ),
    "identities that are a pipe": (lambda: os.mkfifo(KNOWN), f"{KNOWN}:1", "B004", "not a file"),
    "identities in a circle": (
        lambda: link(KNOWN, "identities.yml"),
        f"{KNOWN}:1",
        "B004",
        "links",
    ),
    "identities that are binary": (
        lambda: put(KNOWN, b"\xff\xfe\0"),
        f"{KNOWN}:1",
        "B004",
        "not UTF-8",
    ),
    "identities left open": (lambda: put(KNOWN, b"\n- [x\n"), f"{KNOWN}:3", "B501", "not YAML"),
    "identities that go deep": (
        lambda: put(KNOWN, b"[" * 50_000),
        f"{KNOWN}:1",
        "B501",
        "not YAML",
    ),
    "identities that contradict": (
        lambda: put(
            KNOWN,
            entries(
                "- {title: On Things, begins: We study things at hand. It turns out to be good,",
                "   arxiv: '2503.04715', score: 99.0, looked_up: '2025-13-40'}",
            ),
        ),
        f"{KNOWN}:1",
        "B501",
        "left out",
    ),
}


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where somebody waits for ever: for a pipe, mostly."""

    def stop(*_: object) -> None:
        raise TimeoutError("it waits for something that never comes")

    signal(SIGALRM, stop)
    alarm(seconds)
    try:
        yield
    finally:
        alarm(0)
        signal(SIGALRM, SIG_DFL)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one good digest, to work in."""
    root = tmp_path / "project"
    (root / "docs" / "digests").mkdir(parents=True)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    put(VOCABULARY, TAGS)
    put(OTHER, GOOD.replace(b"Things", b"Others"))
    return root


def problems_of_a_build() -> tuple[Problem, ...]:
    """Make all that a build makes, and return what it would log."""
    contents = Contents(Path("docs"), Site("Papers", "", "https://x.example/"), FORGETFUL)
    outline = contents.outline(b"", {}, {})
    for draft in contents.pages.values():
        draft.make()
    for file in contents.files([]):
        file.make()
    assert any(paper.title == "On Others" for paper in contents.library.papers.values())
    return outline.problems


@posix
@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_is_one_clear_error_and_the_others_are_read(name: str, project: Path) -> None:
    make, place, code, words = CASES[name]
    make()
    with within(120):
        result = CliRunner().invoke(main, ["check"], catch_exceptions=False)
        of_build = problems_of_a_build()
    first = result.stdout.partition("\n")[0]
    assert result.exit_code == 1
    assert PRIVATE not in result.stdout
    assert first.startswith(f"{place}: error[{code}]: "), first
    assert words in first
    assert of_build[0].code == code
    assert str(of_build[0]).startswith(f"{place}: error[{code}]: ")


@posix
def test_no_form_of_a_report_has_a_line_that_a_file_s_name_made(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put("docs/digests/2025-03-11\n::error::pwned.txt", GOOD)
    put("docs/digests/2025-03-12\r##[error]pwned.txt", b"\xff")
    put(
        b"docs/digests/2025-03-13-\xff\x85::error::pwned.txt".decode("utf-8", "surrogateescape"),
        b"",
    )
    for form in ("text", "json", "github"):
        said = CliRunner().invoke(main, ["check", "--format", form], catch_exceptions=False).stdout
        assert "pwned" in said
        assert not re.search(r"^\s*(::error::|##\[)", said, re.MULTILINE), form
    report(problems_of_a_build())
    assert "pwned" in caplog.text
    assert not re.search(r"^\s*(::|##\[)", caplog.text, re.MULTILINE)


@posix
def test_nothing_of_a_file_elsewhere_is_said_or_mended(project: Path) -> None:
    link(DIGEST, elsewhere())
    link(VOCABULARY, str(Path.cwd().parent / "elsewhere.txt"))
    before = Path(DIGEST).read_bytes()
    for options in (
        [],
        ["--fix"],
        ["--diff"],
        ["-v"],
        ["--format", "json"],
        ["--format", "github"],
    ):
        result = CliRunner().invoke(main, ["check", *options], catch_exceptions=False)
        assert "error" in result.output
        assert PRIVATE not in result.output
    assert Path(DIGEST).read_bytes() == before


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EIO, errno.ENOENT], ids=errno.errorcode.get)
def test_a_file_that_cannot_be_opened_or_went_away_is_one_error(
    reason: int, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed, and gone or refused when it is read: root may read whatever stands there."""
    put(DIGEST, GOOD)
    opened = Path.open

    def refused(path: Path, *args: str, **options: str) -> object:
        if path.name == Path(DIGEST).name:
            raise OSError(reason, os.strerror(reason), str(path))
        return opened(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    expected = f"{DIGEST}:1: error[B004]: cannot be read: {os.strerror(reason)}"
    for options in ([], ["--fix"], ["-v"]):
        result = CliRunner().invoke(main, ["check", *options], catch_exceptions=False)
        assert result.exit_code == 1
        assert result.stdout.startswith(expected)
    assert [str(problem) for problem in problems_of_a_build()] == [expected]


def test_a_digest_that_changes_while_a_build_reads_it_is_no_traceback(project: Path) -> None:
    put(DIGEST, GOOD * 9)
    contents = Contents(Path("docs"), Site("Papers", "", ""), FORGETFUL)
    drafts = list(contents.pages.values())
    for content in (b"", GOOD, b"\xff", b"# A\n" * 400):
        put(DIGEST, content)
        for draft in drafts:
            draft.make()
    Path(DIGEST).unlink()
    for draft in drafts:
        draft.make()


def test_a_folder_that_cannot_be_listed_is_no_empty_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object) -> object:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(os, "scandir", refused)
    result = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    assert result.exit_code == 1
    assert "docs/digests:1: error[B004]: cannot be read: Permission denied" in result.stdout


def test_an_alias_stands_for_nothing_however_often_it_comes(project: Path) -> None:
    """Ten thousand entries with one list of ten thousand phrases would be a hundred million."""
    phrases = ", ".join(f"p{at}" for at in range(400))
    first = f"- &e {{name: n, slug: n, description: d, phrases: &p [{phrases}]}}"
    more = [f"- {{name: n{at}, slug: n{at}, description: d, phrases: *p}}" for at in range(400)]
    put(VOCABULARY, entries(first, *more, "- *e"))
    found = [problem for problem in problems_of_a_build() if problem.code]
    assert {problem.code for problem in found} == {"B430", "B424"}
    assert len(found) == 401
    authors = ", ".join(f"A B{at}" for at in range(400))
    shape = "- {{title: t{at}, begins: b, arxiv: '2503.04715', authors: {authors},"
    end = " score: 99.0, looked_up: '2025-03-12'}"
    put(VOCABULARY, TAGS)
    put(
        KNOWN,
        entries(
            shape.format(at=0, authors=f"&a [{authors}]") + end,
            *(shape.format(at=at, authors="*a") + end for at in range(1, 400)),
        ),
    )
    found = [problem for problem in problems_of_a_build() if problem.code == "B501"]
    assert len(found) == 399
    assert "alias" in found[0].message


def test_a_paper_with_very_many_tags_has_few_pages(project: Path) -> None:
    """Each tag's page shows all tags of its papers: of n tags n pages with n tags each."""
    tags = ", ".join(f"tag {at}" for at in range(5000))
    put(DIGEST, f"# On Things\nTags: {tags}\n\nWe study things at hand.\n".encode())
    contents = Contents(Path("docs"), Site("Papers", "", ""), FORGETFUL)
    assert sum(path.startswith("tags/") for path in contents.pages) < 100
    assert [p.code for p in contents.library.problems if p.code != "B406"] == ["B409"]


def test_what_is_read_of_a_file_and_of_a_text_is_the_same() -> None:
    assert files.LARGEST == fileproblems.LARGEST
    long = read_text("a" * (files.LARGEST + 1), "2025-03-11.txt")
    assert [problem.code for problem in long.problems] == ["B017"]
    most = read_text("\r\n" * fileproblems.MOST_LINES, "2025-03-11.txt")
    assert [problem.code for problem in most.problems] == ["B006"]
    more = read_text("\r" * (fileproblems.MOST_LINES + 1), "2025-03-11.txt")
    assert [problem.code for problem in more.problems] == ["B017"]
