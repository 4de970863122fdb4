"""Sending to a real server on this machine: taken, refused, in private, broken off; never twice."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from click.testing import CliRunner, Result

from generator.cli import main
from generator.mailing.record import Record

CONFIG = """site_name: Broadsheet
site_url: !ENV [SITE_URL, "https://papers.example.org/"]
extra:
  mail:
    from: Broadsheet <digest@example.org>
    to: papers@lists.example.org
    list_id: papers.lists.example.org
    unsubscribe: https://lists.example.org/leave
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""
DIGEST = "# A Study of Rivers\n\nWe look at rivers and find that they are wet.\n"


class Inbox:
    """What the server does with what it is handed."""

    def __init__(self, answers: dict[str, str] | None = None) -> None:
        self.answers = answers or {}
        self.letters: list[bytes] = []
        self.encrypted: list[bool] = []
        self.drops = False

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.drops:
            server.transport.abort()
            return "451 gone"
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        self.encrypted.append(session.ssl is not None)
        return "250 taken"


Serve = Callable[..., dict[str, str]]


@contextmanager
def running(inbox: Inbox, **options: Any) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs" / "digests").mkdir(parents=True)
    (tmp_path / "docs" / "digests" / "2025-03-11.txt").write_text(DIGEST, encoding="utf-8")
    (tmp_path / "docs" / "vocabulary.yml").write_text("tags: []\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("HOST", "PORT", "USER", "PASSWORD", "SECURITY", "CA_FILE"):
        monkeypatch.delenv(f"SMTP_{name}", raising=False)
    return tmp_path


def send(port: int, *options: str, security: str = "none", **more: str) -> Result:
    environment = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": security}
    arguments = ["mail", "2025-03-11", "--send", *options]
    return CliRunner().invoke(main, arguments, env={**environment, **more})


def recorded(project: Path) -> dict[str, Any]:
    path = project / "docs" / "digests" / "mailed.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def test_a_digest_goes_out_once(project: Path) -> None:
    inbox = Inbox()
    with running(inbox) as port:
        first = send(port)
        second = send(port)
    assert first.exit_code == 0, first.output
    assert message_from_bytes(inbox.letters[0])["Subject"] == "Broadsheet: 1 paper, 11 March 2025"
    assert recorded(project)["2025-03-11"]["state"] == "sent"
    assert second.exit_code == 1
    assert "went to papers@lists.example.org" in second.output
    assert len(inbox.letters) == 1
    assert not list(project.rglob("*.lock"))


def test_it_goes_out_once_more_when_told(project: Path) -> None:
    inbox = Inbox()
    with running(inbox) as port:
        send(port)
        assert send(port, "--again").exit_code == 0
    first, second = map(message_from_bytes, inbox.letters)
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize(
    "answers", [{"RCPT": "550 no such list"}, {"DATA": "554 looks like spam"}], ids=["RCPT", "DATA"]
)
def test_a_refusal_is_told_and_not_recorded(project: Path, answers: dict[str, str]) -> None:
    inbox = Inbox(answers)
    with running(inbox) as port:
        refused = send(port)
        assert refused.exit_code == 1
        assert next(iter(answers.values()))[4:] in refused.output
        assert recorded(project) == {}
        inbox.answers = {}
        assert send(port).exit_code == 0


def test_a_dropped_connection_leaves_it_unclear_and_nothing_goes_out_again(project: Path) -> None:
    inbox = Inbox()
    inbox.drops = True
    with running(inbox) as port:
        dropped = send(port)
        inbox.drops = False
        second = send(port)
        assert dropped.exit_code == second.exit_code == 1
        assert "broke off" in dropped.output
        assert "may have gone" in second.output
        assert recorded(project)["2025-03-11"]["message_id"] in second.output
        assert inbox.letters == []
        assert send(port, "--again").exit_code == 0
    assert recorded(project)["2025-03-11"]["state"] == "sent"


def test_nobody_at_the_port_is_told_and_not_recorded(project: Path) -> None:
    with running(Inbox()) as port:
        pass
    done = send(port)
    assert done.exit_code == 1
    assert "nothing was sent" in done.output
    assert recorded(project) == {}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def context(authority: trustme.CA) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(made)
    return made


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_goes_out_in_private(
    project: Path, context: ssl.SSLContext, trusted: str, security: str
) -> None:
    inbox = Inbox()
    kind = "tls_context" if security == "starttls" else "ssl_context"
    with running(inbox, **{kind: context}) as port:
        done = send(port, security=security, SMTP_CA_FILE=trusted)
    assert done.exit_code == 0, done.output
    assert len(inbox.letters) == 1
    assert security == "tls" or inbox.encrypted == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_stranger_s_certificate_is_refused(
    project: Path, context: ssl.SSLContext, security: str
) -> None:
    inbox = Inbox()
    kind = "tls_context" if security == "starttls" else "ssl_context"
    with running(inbox, **{kind: context}) as port:
        done = send(port, security=security)
    assert done.exit_code == 1
    assert "in private" in done.output
    assert inbox.letters == []
    assert recorded(project) == {}


def test_a_server_that_cannot_encrypt_gets_nothing_unless_told(project: Path) -> None:
    inbox = Inbox()
    with running(inbox) as port:
        done = send(port, security="")
    assert done.exit_code == 1
    assert "STARTTLS" in done.output
    assert inbox.letters == []


def test_the_server_is_told_who_sends(project: Path, context: ssl.SSLContext, trusted: str) -> None:
    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = data.login == b"me" and data.password == b"secret"
        return AuthResult(success=good, handled=False)

    inbox = Inbox()
    options = {"tls_context": context, "authenticator": known, "auth_required": True}
    with running(inbox, **options) as port:
        secrets = {"SMTP_CA_FILE": trusted, "SMTP_USER": "me"}
        wrong = send(port, security="starttls", **secrets, SMTP_PASSWORD="wrong")  # noqa: S106
        right = send(port, security="starttls", **secrets, SMTP_PASSWORD="secret")  # noqa: S106
    assert wrong.exit_code == 1
    assert "535" in wrong.output
    assert "wrong" not in wrong.output
    assert right.exit_code == 0, right.output


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SMTP_HOST": ""}, "SMTP_HOST is not set"),
        ({"SMTP_PORT": "smtp"}, "expected a number"),
        ({"SMTP_SECURITY": "ssl"}, "starttls, tls or none"),
        ({"SMTP_USER": "me"}, "go together"),
    ],
)
def test_a_wrong_environment_is_told(
    project: Path, environment: dict[str, str], words: str
) -> None:
    base = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1"}
    done = CliRunner().invoke(main, ["mail", "newest", "--send"], env={**base, **environment})
    assert done.exit_code == 1
    assert words in done.output


def test_a_message_is_written_to_a_file(project: Path) -> None:
    done = CliRunner().invoke(main, ["mail", "docs/digests/2025-03-11.txt"])
    assert done.exit_code == 0
    message = message_from_bytes((project / "2025-03-11.eml").read_bytes())
    assert message["Subject"] == "Broadsheet: 1 paper, 11 March 2025"
    assert recorded(project) == {}


def test_a_message_can_go_to_standard_output(project: Path) -> None:
    done = CliRunner().invoke(main, ["mail", "newest", "-o", "-"])
    assert done.stdout_bytes.startswith(b"From: Broadsheet <digest@example.org>\r\n")


def test_an_unknown_digest_is_told_with_those_that_are_there(project: Path) -> None:
    done = CliRunner().invoke(main, ["mail", "2025-03-10"])
    assert done.exit_code == 2
    assert "2025-03-11" in done.output


def test_without_an_address_of_the_site_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "")
    done = CliRunner().invoke(main, ["mail", "newest"])
    assert done.exit_code == 1
    assert "site_url" in done.output
    assert not list(project.glob("*.eml"))


def test_a_damaged_record_stops_sending(project: Path) -> None:
    (project / "docs" / "digests" / "mailed.yml").write_text("2025-03-11: [sent", encoding="utf-8")
    inbox = Inbox()
    with running(inbox) as port:
        done = send(port)
    assert done.exit_code == 1
    assert "cannot be understood" in done.output
    assert inbox.letters == []


@pytest.mark.parametrize(
    ("step", "words"),
    [("begin", "another run"), ("send", "may have gone"), ("end", "went to")],
)
def test_a_run_that_was_killed_at_any_step_lets_nothing_go_out_again(
    project: Path, step: str, words: str
) -> None:
    """Before the record says anything; while the server is asked; before the lock is taken away."""
    inbox = Inbox()
    with running(inbox) as port:
        if step != "begin":
            send(port)
        record = project / "docs" / "digests" / "mailed.yml"
        if step == "send":
            record.write_text(record.read_text("utf-8").replace("state: sent", "state: unclear"))
        record.with_name(".mailed.yml.lock").touch()
        letters = len(inbox.letters)
        done = send(port)
    assert done.exit_code == 1
    assert words in done.output
    assert len(inbox.letters) == letters


def test_two_runs_at_once_do_not_both_send(project: Path) -> None:
    lock = project / "docs" / "digests" / ".mailed.yml.lock"
    lock.touch()
    inbox = Inbox()
    with running(inbox) as port:
        done = send(port)
    assert done.exit_code == 1
    assert "another run" in done.output
    assert inbox.letters == []


def test_a_run_that_another_one_overtook_does_not_send(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looked into the record before the other one began, and holds the lock after it ended."""
    inbox = Inbox()
    begin = Record.begin

    def overtaken(record: Record, *values: Any) -> Path:
        monkeypatch.setattr(Record, "begin", begin)
        assert send(port).exit_code == 0
        return begin(record, *values)

    monkeypatch.setattr(Record, "begin", overtaken)
    with running(inbox) as port:
        done = send(port)
    assert done.exit_code == 1
    assert "another run has sent" in done.output
    assert len(inbox.letters) == 1
    assert recorded(project)["2025-03-11"]["state"] == "sent"
    assert not list(project.rglob("*.lock"))


@contextmanager
def talking(*answers: bytes, greeting: bytes = b"220 here\r\n") -> Iterator[int]:
    """A server that says these answers, one for each command and one for the message."""
    server = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(greeting)
            for answer in answers:
                line = lines.readline()
                if answer.startswith(b"after "):
                    while line not in (b".\r\n", b""):
                        line = lines.readline()
                connection.sendall(answer.removeprefix(b"after "))

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    yield server.getsockname()[1]
    thread.join(5)
    server.close()


TAKEN = (b"250 me\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"250-it\r\n250-is\r\n250 taken\r\n", "sent"),
        (b"552-it is\r\n552 too much\r\n", None),
        (b"what?\r\n", "unclear"),
        (b"\xff\x00\r\n", "unclear"),
        (b"x" * 10_000 + b"\r\n", "unclear"),
        (b"354 go on\r\n", "unclear"),
        (b"", "unclear"),
    ],
    ids=["lines", "a refusal of lines", "garbage", "bytes", "too long", "out of order", "nothing"],
)
def test_only_an_answer_of_the_protocol_says_that_a_message_was_not_taken(
    project: Path, answer: bytes, state: str | None
) -> None:
    with talking(*TAKEN, b"after " + answer) as port:
        done = send(port)
    assert done.exit_code == (0 if state == "sent" else 1)
    assert recorded(project).get("2025-03-11", {}).get("state") == state


def test_a_server_without_extensions_is_enough(project: Path) -> None:
    """Neither EHLO nor 8BITMIME: the message is all ASCII."""
    with talking(b"502 what?\r\n", *TAKEN, b"after 250 taken\r\n") as port:
        done = send(port)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("greeting", [b"hello\r\n", b"554 go away\r\n", b"HTTP/1.1 400 Bad\r\n"])
def test_what_is_no_mail_server_gets_nothing(project: Path, greeting: bytes) -> None:
    with talking(greeting=greeting) as port:
        done = send(port)
    assert done.exit_code == 1
    assert recorded(project) == {}
    assert not list(project.rglob("*.lock"))


def test_private_talk_that_breaks_while_the_server_has_the_message_leaves_it_unclear(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(smtp: smtplib.SMTP, message: bytes) -> None:
        error = ssl.SSLEOFError(8, "EOF occurred in violation of protocol")
        error.reason = "UNEXPECTED_EOF_WHILE_READING"
        raise error

    monkeypatch.setattr(smtplib.SMTP, "data", broken)
    with running(Inbox()) as port:
        done = send(port)
    assert done.exit_code == 1
    assert recorded(project)["2025-03-11"]["state"] == "unclear"


def test_a_name_that_the_protocol_cannot_say_is_told(
    project: Path, context: ssl.SSLContext, trusted: str
) -> None:
    def nobody(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    inbox = Inbox()
    options = {"tls_context": context, "authenticator": nobody, "auth_required": True}
    with running(inbox, **options) as port:
        who = {"SMTP_USER": "jürgen", "SMTP_PASSWORD": "x"}
        done = send(port, security="starttls", SMTP_CA_FILE=trusted, **who)
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert recorded(project) == {}
    assert not list(project.rglob("*.lock"))
