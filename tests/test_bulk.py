"""Lines for search engines on a server, made of the files that a built site publishes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.bulk import BulkError, Engine, bulk_lines, document, identifier, read_papers
from generator.cli import main
from generator.model import Appearance, Issue, Library, Paper, Source
from generator.project import read_library
from generator.writing import Site, write_files

PROJECT = Path(__file__).resolve().parents[1]
SEED = PROJECT / "tests" / "data" / "seed"
PAGE = PROJECT / "docs" / "larger.md"

PER_PAGE = 40
"""Papers in a file: fewer than sites publish, so that a site of many files is made at once."""

BREAKS = "one\ntwo\r\nthree\u2028four\u2029five\x85six\x0bseven\x1ceight \ud800 <b>&amp;"
PAPER: dict[str, Any] = {
    "slug": "a-paper",
    "url": "https://x.example/papers/a-paper/",
    "title": BREAKS,
    "abstract": ["First.", "長い文脈の検索。"],
    "authors": ["Ada Lovelace"],
    "arxiv": "2503.04715",
    "doi": None,
    "links": [{"url": "u", "kind": kind} for kind in ("code", "paper", "code")],
    "tags": [{"slug": "dense-retrieval", "name": "Dense retrieval"}],
    "digests": [
        {"slug": "2025-03-12", "date": "2025-03-12", "position": 1},
        {"slug": "2025-03-11-late", "date": "2025-03-11", "position": 4},
    ],
    "notes": [],
    "acronyms": [{"short": "DR", "long": "dense retrieval"}],
    "formulas": [],
    "repairs": [],
    "related": [],
}


@pytest.fixture(autouse=True, scope="module")
def _small_files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.writing.data.PER_PAGE", PER_PAGE)
        yield


def publish(library: Library, folder: Path, url: str = "") -> Path:
    """Write the files of papers.json as the built site has them."""
    for path, content in write_files(library, Site("Papers", "", url)):
        if re.fullmatch(r"papers(-\d+)?\.json", path):
            (folder / path).write_bytes(content)
    return folder


def library_of(titles: Iterable[tuple[str, str]]) -> Library:
    papers = {
        slug: Paper(slug, title, "Text.", appearances=(Appearance("2025-03-11", Source("x", 1)),))
        for slug, title in titles
    }
    return Library((Issue("2025-03-11", date(2025, 3, 11), "x", tuple(papers)),), papers)


def values(lines: Iterable[str]) -> list[Any]:
    """Read lines as engines do: each ends in a newline, and in nothing else that ends one."""
    lines = list(lines)
    assert all(line.endswith("\n") and len(line.splitlines()) == 1 for line in lines)
    assert all(line.encode() for line in lines)
    return [json.loads(line) for line in lines]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["bulk", *arguments])


def test_the_seed_comes_back_paper_by_paper(tmp_path: Path) -> None:
    library = read_library(SEED, PROJECT / "docs" / "vocabulary.yml")
    publish(library, tmp_path, "https://x.example/")
    result = run(str(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == f"{len(library.papers)} papers\n"
    found = values(result.stdout_bytes.decode().splitlines(keepends=True))
    assert [action["index"]["_id"] for action in found[::2]] == list(library.papers)
    for paper, line in zip(library.papers.values(), found[1::2], strict=True):
        assert line["title"] == paper.title
        assert line["abstract"] == paper.abstract
        assert line["url"] == f"https://x.example/papers/{paper.slug}/"
        assert line["tag_slugs"] == list(paper.tags)
        assert set(line["has"]) == {link.kind.value for link in paper.links}
        assert line["date"] == "2025-03-11"


def test_a_paper_has_an_action_and_a_document_for_opensearch() -> None:
    action, found = values(bulk_lines([PAPER], Engine.OPENSEARCH))
    assert action == {"index": {"_id": "a-paper"}}
    assert found == {
        "slug": "a-paper",
        "url": "https://x.example/papers/a-paper/",
        "title": BREAKS.replace("\ud800", "\ufffd"),
        "abstract": "First.\n\n長い文脈の検索。",
        "authors": ["Ada Lovelace"],
        "arxiv": "2503.04715",
        "doi": None,
        "tags": ["Dense retrieval"],
        "tag_slugs": ["dense-retrieval"],
        "acronyms": ["DR dense retrieval"],
        "has": ["code", "paper"],
        "digests": ["2025-03-12", "2025-03-11-late"],
        "date": "2025-03-12",
    }


def test_a_paper_has_one_line_with_id_and_day_for_meilisearch() -> None:
    (found,) = values(bulk_lines([PAPER], Engine.MEILISEARCH))
    assert (found["id"], found["day"]) == ("a-paper", 20250312)
    (undated,) = values(bulk_lines([PAPER | {"digests": []}], Engine.MEILISEARCH))
    assert (undated["date"], undated["day"]) == (None, None)


@pytest.mark.parametrize(
    ("slug", "kept"),
    [
        ("attention-is-all-you-need", True),
        ("A_b-9", True),
        ("長い文脈", False),
        ("naïve", False),
        ("_" + "0" * 64, False),
        ("a" * 511, True),
        ("a" * 512, False),
        ("a b", False),
        ("a\n", False),
        ("\ud800", False),
    ],
)
def test_an_identifier_is_what_every_engine_takes(slug: str, kept: bool) -> None:
    found = identifier(slug)
    assert (found == slug) is kept
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,511}", found)


@given(st.lists(st.text(max_size=8) | st.from_regex(r"_?[a-z_-]{1,4}"), unique=True))
def test_different_slugs_have_different_identifiers(slugs: list[str]) -> None:
    assert len({identifier(slug) for slug in slugs}) == len(slugs)
    assert len({identifier(identifier(slug)) for slug in slugs}) == len(slugs)


@given(st.text(st.characters(), max_size=60))
def test_any_text_stays_on_its_line_and_comes_back(text: str) -> None:
    paper = PAPER | {"title": text, "slug": text or "x", "authors": [text]}
    shown = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    for engine in Engine:
        *_, found = values(bulk_lines([paper], engine))
        assert found["title"] == shown
        assert found["authors"] == [shown]


@pytest.mark.parametrize("papers", [0, 1, PER_PAGE, 2 * PER_PAGE + 1])
@pytest.mark.parametrize("url", ["", "https://x.example/"], ids=["relative", "absolute"])
@pytest.mark.parametrize("name", ["", "papers.json"], ids=["folder", "file"])
def test_all_files_of_a_site_are_read(tmp_path: Path, papers: int, url: str, name: str) -> None:
    publish(library_of((f"p{n}", f"Title {n}") for n in range(papers)), tmp_path, url)
    found = [paper["slug"] for paper in read_papers(tmp_path / name)]
    assert found == [f"p{n}" for n in range(papers)]


def test_files_are_read_one_at_a_time(tmp_path: Path) -> None:
    publish(library_of((f"p{n}", "T") for n in range(PER_PAGE + 1)), tmp_path)
    (tmp_path / "papers-2.json").unlink()
    papers = read_papers(tmp_path)
    assert [next(papers)["slug"] for _ in range(PER_PAGE)][-1] == f"p{PER_PAGE - 1}"
    with pytest.raises(BulkError, match="cannot be read"):
        next(papers)


def change(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda page: page.update({key: value})


def paper(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda page: page["papers"][0].update({key: value})


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (change("version", 2), "expected version 1, found 2"),
        (change("papers", {}), "expected an object with a list of papers"),
        (change("papers", []), "expected 41 papers, found 40"),
        (change("papers", [None]), "paper 1 of this file: "),
        (change("page", 3), "expected page 2, found 3"),
        (change("total", 42), "total is not what papers.json says"),
        (change("updated", "2025-03-12"), "updated is not what papers.json says"),
        (change("next", "papers-2.json"), "cannot be read: "),
        (paper("slug", ""), "paper 1 of this file: the slug is empty"),
        (paper("slug", "p0"), "paper 1 of this file: an earlier one has the slug p0 too"),
        (paper("title", None), "paper 1 of this file: expected a text, found None"),
        (paper("abstract", "text"), "expected lists of paragraphs and authors"),
        (paper("tags", ["x"]), "paper 1 of this file: "),
        (paper("digests", [{"slug": "x", "date": "20250311"}]), "expected a date such as"),
        (lambda page: page["papers"][0].pop("doi"), "paper 1 of this file: there is no 'doi'"),
    ],
)
def test_a_damaged_file_is_named_with_what_is_wrong(
    tmp_path: Path, damage: Callable[[dict[str, Any]], Any], message: str
) -> None:
    publish(library_of((f"p{n}", "T") for n in range(PER_PAGE + 1)), tmp_path)
    path = tmp_path / "papers-2.json"
    page = json.loads(path.read_text(encoding="utf-8"))
    damage(page)
    path.write_text(json.dumps(page), encoding="utf-8")
    result = run(str(tmp_path))
    assert result.exit_code == 1
    assert re.search(r"papers-[23]\.json:1: error\[B551\]: ", result.stderr)
    assert message in result.stderr
    assert "broadsheet" in result.stderr.splitlines()[1]


@pytest.mark.parametrize(
    ("raw", "where", "message"),
    [
        (b"", 1, "no JSON"),
        (b'{\n"version": 1,\n', 3, "no JSON"),
        (b"{\n\n\xff}", 3, "expected UTF-8"),
        (b"[" * 100_000, 1, "no JSON of ours"),
        (b'{"total": NaN}', 1, "no JSON of ours: NaN is no number"),
        (b"9" * 5000, 1, "no JSON of ours"),
        (b"[]", 1, "expected an object"),
        (b'\xef\xbb\xbf{"version": 1}', 1, "no JSON"),
    ],
    ids=["empty", "cut off", "not UTF-8", "deep", "NaN", "long number", "list", "mark"],
)
def test_what_is_no_data_of_a_site_is_told_with_its_line(
    tmp_path: Path, raw: bytes, where: int, message: str
) -> None:
    (tmp_path / "papers.json").write_bytes(raw)
    result = run(str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"papers.json:{where}: error[B551]: {message}" in result.stderr


@pytest.mark.parametrize("name", ["", "papers-2.json", "papers.json"])
def test_a_place_that_is_no_site_is_told(tmp_path: Path, name: str) -> None:
    if name == "papers.json":
        (tmp_path / name).mkdir()
    elif name:
        (tmp_path / name).write_text("{}", encoding="utf-8")
    result = run(str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (1, "")
    assert ":1: error[B551]: " in result.stderr


def test_a_place_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run(str(tmp_path / "site")).exit_code == 2


def test_a_reader_that_has_enough_ends_it_quietly(tmp_path: Path) -> None:
    publish(library_of((f"p{n}", "Title " * 50) for n in range(500)), tmp_path)
    command = [sys.executable, "-m", "generator", "bulk", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline()) == {"index": {"_id": "p0"}}
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Only Linux has /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    publish(library_of([("p", "T")]), tmp_path)
    command = [sys.executable, "-m", "generator", "bulk", str(tmp_path)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 1
    assert re.fullmatch(r"Error: The lines cannot be written: .+\n", done.stderr)


def test_no_more_than_a_file_of_the_site_is_held(tmp_path: Path) -> None:
    publish(library_of((f"p{n}", "T" * 2000) for n in range(6 * PER_PAGE)), tmp_path)
    most: list[int] = []
    tracemalloc.start()
    for number, _ in enumerate(bulk_lines(read_papers(tmp_path), Engine.MEILISEARCH)):
        if number in (2 * PER_PAGE - 1, 6 * PER_PAGE - 1):
            most.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert most[1] < most[0] * 1.2


def examples() -> list[Any]:
    """The JSON that the page sends, in its order."""
    return [
        json.loads(text)
        for text in re.findall(r"-d '\n(\{.*?\})'", PAGE.read_text("utf-8"), re.DOTALL)
    ]


def test_the_page_sends_what_the_lines_have() -> None:
    mapping, query, create, settings, search = examples()
    fields = set(document(PAPER))
    assert set(mapping["mappings"]["properties"]) == fields
    match = query["query"]["bool"]["must"]["multi_match"]
    texts = {
        name for name, kind in mapping["mappings"]["properties"].items() if kind["type"] == "text"
    }
    assert {field.partition("^")[0] for field in match["fields"]} == texts
    for condition in query["query"]["bool"]["filter"]:
        ((kind, on),) = condition.items()
        assert set(on) <= fields - texts, kind
    assert create == {"uid": "papers", "primaryKey": "id"}
    assert set(settings["searchableAttributes"]) == texts
    filters = set(settings["filterableAttributes"])
    assert filters | set(settings["sortableAttributes"]) <= fields | {"day"}
    assert set(re.findall(r"(\w+) (?:=|>=) ", search["filter"])) <= filters
    assert set(search["facets"]) <= filters


@contextmanager
def stand_in() -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """A server in an engine's place: its address, and the requests it gets, with their types."""
    got: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            got.append((f"{self.command} {self.path}", self.headers["Content-Type"], body))
            self.send_response(200)
            self.end_headers()

        do_POST = do_PUT = do_PATCH = do_GET = _take  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "split"))), reason="Needs bash, curl and split"
)
def test_the_commands_of_the_page_send_every_paper_once(tmp_path: Path) -> None:
    number = 501
    (tmp_path / "site").mkdir()
    page = {"version": 1, "page": 1, "pages": 1, "total": number, "updated": None, "next": None}
    papers = [PAPER | {"slug": f"p{at}"} for at in range(number)]
    text = json.dumps(page | {"papers": papers})
    (tmp_path / "site" / "papers.json").write_text(text, encoding="utf-8")
    script = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
    script = script.replace("make site\n", "")
    # Not as many papers as make the parts that the page sends, but parts a tenth as long.
    script, parts = re.subn(r"(split .*-l \d+)0\b", r"\1", script)
    assert parts == 2
    script = script.replace(".venv/bin/broadsheet", f'"{sys.executable}" -m generator')
    with stand_in() as (address, got):
        script, engines = re.subn(r"http://127\.0\.0\.1:\d+", address, script)
        script = f"unset http_proxy; export no_proxy='*' PYTHONPATH='{PROJECT}'\n{script}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path, check=False, capture_output=True, text=True,
        )  # fmt: skip
    assert (done.returncode, engines) == (0, 2), done.stderr
    bulk = "POST /papers/_bulk?filter_path=errors,items.*.error"
    documents = "POST /indexes/papers/documents"
    assert [what for what, _, _ in got] == [
        "PUT /papers", bulk, bulk, "POST /papers/_search", "POST /indexes",
        "PATCH /indexes/papers/settings", documents, "POST /indexes/papers/search",
    ]  # fmt: skip
    sent = {bulk: list[Any](), documents: list[Any]()}
    for what, kind, body in got:
        if what in sent:
            assert kind == "application/x-ndjson"
            part = values(body.decode().splitlines(keepends=True))
            assert what != bulk or len(part) % 2 == 0
            sent[what] += part
        else:
            assert kind == "application/json"
            json.loads(body)
    slugs = [f"p{at}" for at in range(number)]
    assert [action["index"]["_id"] for action in sent[bulk][::2]] == slugs
    assert [line["id"] for line in sent[documents]] == slugs


def test_the_page_tells_of_every_field() -> None:
    table = PAGE.read_text("utf-8").split("| Field |")[1].split("\n\n")[0]
    named = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE)))
    assert sorted(named) == sorted({*document(PAPER), "id", "day"})
