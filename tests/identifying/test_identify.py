"""Looking papers up, against a server on this machine that answers as arXiv's API does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.commands import identify as command
from generator.identifying.asking import APART, Asker, UnreachableError

RIVERS = "A Study of Rivers in Winter"
ABSTRACT = "We look at rivers when it is cold, and find that many of them are frozen over."
DIGEST = f"# {RIVERS}\n\n{ABSTRACT}\n"


def feed(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n  <title>ArXiv Query</title>\n'
        "  <id>http://arxiv.org/api/x</id>\n" + "".join(entries) + "</feed>\n"
    ).encode()


def entry(
    title: str = RIVERS,
    abstract: str = ABSTRACT,
    identifier: str = "2503.01234v2",
    published: str = "2025-03-09T17:00:00Z",
) -> str:
    return f"""  <entry>
    <id>http://arxiv.org/abs/{identifier}</id>
    <updated>2025-03-20T10:00:00Z</updated>
    <published>{published}</published>
    <title>{escape(title)}</title>
    <summary>  {escape(abstract)}
</summary>
    <author><name>Ana Müller</name></author>
    <author><name>Bo Li</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/182</arxiv:doi>
  </entry>
"""


ERROR = feed(
    """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title>
    <summary>incorrect id format for x</summary>
    <published>2025-03-09T17:00:00Z</published>
  </entry>
"""
)
OTHER = entry("Bridges over Frozen Water", "Nothing of this kind is said there.", "2503.09999v1")


@dataclass
class Arxiv:
    """A server that gives its answers one after the other, the last one for ever."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    url: str = ""

    def say(self, *answers: bytes | int | tuple[int, dict[str, str], bytes]) -> None:
        for answer in answers:
            if isinstance(answer, bytes):
                answer = (200, {}, answer)
            elif isinstance(answer, int):
                answer = (answer, {}, b"busy")
            self.answers.append(answer)


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    state = Arxiv()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            question = parse_qs(urlsplit(self.path).query)
            state.questions.append({key: values[0] for key, values in question.items()})
            state.agents.append(self.headers["User-Agent"])
            code, headers, body = (
                state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            )
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/api/query"
    yield state
    server.shutdown()
    server.server_close()


class Clock:
    """Time passes only where somebody waits."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()

    def asker(api: str, contact: str) -> Asker:
        return Asker(api, contact, lambda: made.time, made.pause)

    monkeypatch.setattr(command, "Asker", asker)
    return made


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    (tmp_path / "docs" / "digests" / "2025-03-11.txt").write_text(DIGEST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., Result]


@pytest.fixture
def run(arxiv: Arxiv, clock: Clock, project: Path) -> Run:
    return lambda *options: CliRunner().invoke(main, ["identify", "--api", arxiv.url, *options])


def found(project: Path) -> list[dict[str, Any]]:
    text = (project / "docs" / "digests" / "identities.yml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def test_a_paper_is_found_by_its_title(arxiv: Arxiv, run: Run, project: Path) -> None:
    arxiv.say(feed(OTHER, entry()))
    done = run("--contact", "me@example.org")
    assert done.exit_code == 0, done.output
    (identity,) = found(project)
    assert identity["arxiv"] == "2503.01234"
    assert identity["authors"] == ["Ana Müller", "Bo Li"]
    assert identity["published"] == "2025-03-09"
    assert identity["doi"] == "10.1000/182"
    assert identity["score"] == 100.0
    assert identity["source"] == "https://arxiv.org/abs/2503.01234"
    assert arxiv.questions[0]["search_query"] == f'ti:"{RIVERS}"'
    assert "broadsheet/" in arxiv.agents[0]
    assert "mailto:me@example.org" in arxiv.agents[0]


def test_what_is_known_is_not_asked_for_again(arxiv: Arxiv, run: Run) -> None:
    arxiv.say(feed(entry()))
    run()
    asked = len(arxiv.questions)
    assert "0 papers looked up" in run().output
    assert len(arxiv.questions) == asked


@pytest.mark.parametrize(
    "answer",
    [
        feed(),
        feed(OTHER),
        feed(entry(abstract="Of quite other things: cats, and dogs, who sleep by the fire.")),
        feed(entry(published="2025-04-09T17:00:00Z")),
        feed(entry("A Study of Rovers in Summer", "Machines drive about on Mars, in the dust.")),
        ERROR,
    ],
    ids=["nothing", "another", "same title, other abstract", "too late", "alike", "error"],
)
def test_what_is_not_near_enough_claims_nothing(
    arxiv: Arxiv, run: Run, project: Path, answer: bytes
) -> None:
    arxiv.say(answer)
    assert run().exit_code == 0
    (identity,) = found(project)
    assert identity.keys() == {"title", "begins", "score", "looked_up"}


def test_what_a_person_said_is_another_paper_is_not_proposed_again(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    file = project / "docs" / "digests" / "identities.yml"
    no = f"- title: {RIVERS}\n  begins: '{ABSTRACT}'\n  not: [2503.01234]\n  score: 0\n"
    file.write_text(f"{no}  looked_up: '2025-03-12'\n", encoding="utf-8")
    arxiv.say(feed(entry()))
    assert run("--again").exit_code == 0
    assert len(arxiv.questions) == 2
    (identity,) = found(project)
    assert "arxiv" not in identity
    assert identity["not"] == ["2503.01234"]
    arxiv.say(feed(entry(), entry(identifier="2503.05555v1")))
    arxiv.answers.pop(0)
    run("--again")
    assert found(project)[0]["arxiv"] == "2503.05555"
    assert found(project)[0]["not"] == ["2503.01234"]


def test_a_title_that_was_changed_since_is_found_by_its_words(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    arxiv.say(feed(), feed(entry("A Study of Rivers in the Winter")))
    run()
    assert found(project)[0]["arxiv"] == "2503.01234"
    assert 90 <= found(project)[0]["score"] < 100


def test_papers_with_identifiers_are_asked_for_at_once(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    rivers = f"# {RIVERS}\narXiv: 2503.01234\n\n{ABSTRACT}\n\n"
    text = f"{rivers}# Bridges over Frozen Water\narXiv: 2503.09999\n\n{ABSTRACT}\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed(entry(), OTHER))
    assert run().exit_code == 0
    assert [question["id_list"] for question in arxiv.questions] == ["2503.01234,2503.09999"]
    assert [each["arxiv"] for each in found(project)] == ["2503.01234", "2503.09999"]


def test_an_identifier_of_another_paper_gives_no_authors(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    text = f"# {RIVERS}\narXiv: 2503.09999\n\n{ABSTRACT}\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed(OTHER))
    run()
    assert "authors" not in found(project)[0]


def test_questions_are_three_seconds_apart(
    arxiv: Arxiv, run: Run, project: Path, clock: Clock
) -> None:
    text = "\n".join(f"# Paper Number {n} of Some Kind\n\n{ABSTRACT}\n" for n in range(3))
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed())
    run()
    assert len(arxiv.questions) == 6
    assert clock.waits == [APART] * 5


@pytest.mark.parametrize(
    "trouble",
    [503, 429, 500, b"", b"<html><body>Maintenance</body></html>", feed(entry())[:300]],
    ids=["503", "429", "500", "empty", "a page", "half a feed"],
)
def test_trouble_is_waited_out(
    arxiv: Arxiv, run: Run, project: Path, clock: Clock, trouble: bytes | int
) -> None:
    arxiv.say(trouble, trouble, feed(entry()))
    assert run().exit_code == 0
    assert found(project)[0]["arxiv"] == "2503.01234"
    assert clock.waits == [5.0, 10.0]


def test_a_connection_that_breaks_is_waited_out(arxiv: Arxiv, run: Run, project: Path) -> None:
    arxiv.say((200, {"Content-Length": "100000"}, feed(entry())), feed(entry()))
    assert run().exit_code == 0
    assert found(project)[0]["arxiv"] == "2503.01234"


def test_it_waits_as_long_as_it_is_told(arxiv: Arxiv, run: Run, clock: Clock) -> None:
    arxiv.say((503, {"Retry-After": "42"}, b""), feed(entry()))
    run()
    assert clock.waits[0] == 42.0


def test_it_does_not_ask_earlier_than_it_is_told(arxiv: Arxiv, run: Run, clock: Clock) -> None:
    arxiv.say((429, {"Retry-After": "3600"}, b""))
    done = run()
    assert done.exit_code == 1
    assert "wait 3,600 seconds" in done.output
    assert len(arxiv.questions) == 1
    assert clock.waits == []


def test_what_was_found_stays_when_arxiv_falls_silent_and_the_rest_comes_later(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    text = f"{DIGEST}\n# Bridges over Frozen Water\n\nNothing of this kind is said there.\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed(entry()), 503)
    broken = run()
    assert broken.exit_code == 1
    assert "503" in broken.output
    assert "1 are left" in broken.output
    assert len(found(project)) == 1
    arxiv.answers[:] = []
    arxiv.say(feed(OTHER))
    assert run().exit_code == 0
    assert len(found(project)) == 2
    assert len(arxiv.questions) == 1 + 5 + 1


def test_a_refusal_of_the_server_is_not_repeated(arxiv: Arxiv, clock: Clock) -> None:
    arxiv.say(403)
    with pytest.raises(UnreachableError, match="403"):
        Asker(arxiv.url, "", lambda: clock.time, clock.pause).by_title(RIVERS)
    assert len(arxiv.questions) == 1


def test_a_question_that_the_api_refuses_stops_no_others(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    """It says so with code 400 and an answer in its own form."""
    text = f"# Bridges\narXiv: 2503.09999\n\nNothing of this kind.\n\n{DIGEST}"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say((400, {}, ERROR), feed(entry()))
    done = run()
    assert done.exit_code == 0, done.output
    assert [each.get("arxiv") for each in found(project)] == ["2503.01234", None]


def test_a_refusal_that_is_not_the_api_s_own_claims_nothing(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    arxiv.say((400, {}, b"<html>Bad request: blocked</html>"))
    assert run().exit_code == 1
    assert not (project / "docs" / "digests" / "identities.yml").exists()


@pytest.mark.parametrize(
    "options",
    [("--api", "file:///etc/passwd"), ("--contact", "me@x.org\nX: y"), ("--contact", "mü@x.org")],
    ids=["a file", "a header", "not ASCII"],
)
def test_options_that_cannot_be_are_wrong_usage(
    arxiv: Arxiv, run: Run, options: tuple[str, ...]
) -> None:
    assert run(*options).exit_code == 2
    assert arxiv.questions == []


def test_a_digest_of_the_last_day_there_is_is_looked_up(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    (project / "docs" / "digests" / "9999-12-31.txt").write_text(DIGEST, encoding="utf-8")
    arxiv.say(feed(entry()))
    done = run()
    assert done.exit_code == 0, done.output


def test_an_old_identifier_is_found_without_its_class(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    text = f"# {RIVERS}\narXiv: math.GT/0309136\n\n{ABSTRACT}\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed(entry(identifier="math/0309136v1")))
    run()
    assert found(project)[0]["arxiv"] == "math.GT/0309136"


def test_a_long_title_is_asked_for_by_whole_words(arxiv: Arxiv, clock: Clock) -> None:
    arxiv.say(feed())
    Asker(arxiv.url, "", lambda: clock.time, clock.pause).by_title("Considerations " * 40)
    assert set(arxiv.questions[0]["search_query"][4:-1].split()) == {"Considerations"}


def test_a_title_with_its_own_identifier_needs_no_abstract(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    text = f"# {RIVERS}\narXiv: 2503.01234\n\nRivers freeze, says a summary by somebody else.\n"
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed(entry()))
    run()
    assert found(project)[0]["authors"] == ["Ana Müller", "Bo Li"]


def test_the_less_an_abstract_agrees_the_lower_the_score(
    arxiv: Arxiv, run: Run, project: Path
) -> None:
    """A person looks at what has less than 100."""
    other = "We look at rivers when it is cold, and see that most of them have ice all over."
    arxiv.say(feed(entry(abstract=other)))
    run()
    assert 90 <= found(project)[0]["score"] < 97


def test_entities_that_grow_are_not_read(arxiv: Arxiv, clock: Clock) -> None:
    bomb = b'<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'
    arxiv.say(bomb)
    with pytest.raises(UnreachableError, match="document type"):
        Asker(arxiv.url, "", lambda: clock.time, clock.pause).by_title(RIVERS)


def test_a_title_cannot_write_the_question(arxiv: Arxiv, clock: Clock) -> None:
    arxiv.say(feed())
    Asker(arxiv.url, "", lambda: clock.time, clock.pause).by_title('A" OR all:x&id_list=1 "')
    assert arxiv.questions[0]["search_query"] == 'ti:"A OR all x id_list 1"'
    assert "id_list" not in arxiv.questions[0]


def test_a_dry_run_asks_nobody_and_writes_nothing(arxiv: Arxiv, run: Run, project: Path) -> None:
    done = run("--dry-run")
    assert RIVERS in done.output
    assert arxiv.questions == []
    assert not (project / "docs" / "digests" / "identities.yml").exists()


def test_a_limit_is_kept(arxiv: Arxiv, run: Run, project: Path) -> None:
    text = "\n".join(f"# Paper Number {n} of Some Kind\n\n{ABSTRACT}\n" for n in range(3))
    (project / "docs" / "digests" / "2025-03-11.txt").write_text(text, encoding="utf-8")
    arxiv.say(feed())
    run("--limit", "1")
    assert len(found(project)) == 1


def test_a_damaged_file_is_not_written_over(arxiv: Arxiv, run: Run, project: Path) -> None:
    file = project / "docs" / "digests" / "identities.yml"
    file.write_text("- title: x\n  score: many\n", encoding="utf-8")
    arxiv.say(feed(entry()))
    done = run()
    assert done.exit_code == 1
    assert "identities.yml:1: error" in done.output
    assert file.read_text(encoding="utf-8") == "- title: x\n  score: many\n"
    assert arxiv.questions == []
