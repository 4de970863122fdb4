"""`broadsheet mail`: a digest as an e-mail for a mailing list."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import click

from generator.mailing.settings import MailError, Project, read_project
from generator.model import Issue
from generator.project import read_library


@click.command(epilog="Exit codes: 0 written, or sent; 1 not sent; 2 wrong usage.")
@click.argument("digest", metavar="DIGEST")
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="The site's configuration; `extra: mail:` in it tells of the list.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Where to write the message; `-` is standard output. [default: DIGEST.eml]",
)
@click.option("--send", is_flag=True, help="Hand it to the mail server that the environment names.")
@click.option(
    "--again", is_flag=True, help="Send it though the record says that it went out, or may have."
)
def mail(digest: str, config: Path, output: Path | None, send: bool, again: bool) -> None:
    """Write a digest as an e-mail for a mailing list, or send it there.

    DIGEST is the name of a digest, such as 2025-03-11, its file, or `newest`. The message has plain
    text and HTML, without images and without anything that tells who reads it. A list or
    newsletter service hands it out: it keeps the addresses, not we.

    With --send, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD and SMTP_SECURITY (starttls, tls or
    none) say which server takes it. A digest goes out once: docs/digests/mailed.yml remembers.

    \b
    Examples:
      broadsheet mail newest
      broadsheet mail 2025-03-11 -o - | less
      SMTP_HOST=mail.example.org broadsheet mail 2025-03-11 --send
    """
    if again and not send:
        raise click.UsageError("--again says how to send: it goes with --send")
    try:
        project = read_project(config)
        issue, message = _composed(project, digest)
        if output is not None or not send:
            _write(message, output or Path(f"{issue.slug}.eml"))
        if send:
            _send(message, project, issue, again)
    except MailError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


def _composed(project: Project, digest: str) -> tuple[Issue, EmailMessage]:
    from generator.mailing.message import compose
    from generator.writing.catalogue import Catalogue

    library = read_library(project.digests, project.vocabulary)
    name = Path(digest).name.removesuffix(".txt").lower()
    catalogue = Catalogue(library)
    issue = library.issues[0] if name == "newest" and library.issues else None
    issue = issue or catalogue.issue_of.get(name)
    if issue is None:
        known = ", ".join(each.slug for each in library.issues[:5]) or "none"
        raise click.UsageError(
            f"There is no digest {digest!r} with papers; the newest are: {known}"
        )
    message = compose(catalogue, issue, project.site, project.mail, datetime.now(UTC))
    return issue, message


def _write(message: EmailMessage, output: Path) -> None:
    if str(output) == "-":
        click.echo(message.as_bytes(), nl=False)
        return
    try:
        output.write_bytes(message.as_bytes())
    except OSError as error:
        raise MailError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{output}: {message['Subject']}", err=True)


def _send(message: EmailMessage, project: Project, issue: Issue, again: bool) -> None:
    from generator.mailing.record import NAME, Record, State
    from generator.mailing.sending import UnclearError, send, server_in

    server = server_in(os.environ)
    record = Record(project.digests / NAME)
    before = record.of(issue.slug)
    to = project.mail.to.addr_spec
    if before is not None and not again:
        if before.state is State.SENT:
            raise MailError(
                f"{issue.slug} went to {before.to} on {before.when} already; nothing was sent. "
                "If it must go out once more, say --again"
            )
        raise MailError(
            f"{issue.slug} may have gone to {before.to} on {before.when}: the connection broke. "
            f"Look into the list's archive for {before.message_id}; if it is not there, say --again"
        )
    now = datetime.now(UTC)
    lock = record.begin(issue.slug, to, str(message["Message-ID"]), now, before)
    try:
        send(message, project.mail.sender.addr_spec, to, server)
    except UnclearError:
        record.leave(lock)
        raise
    except MailError:
        record.forget(issue.slug, lock, before)
        raise
    record.end(issue.slug, lock)
    click.echo(f"{issue.slug} went to {to}", err=True)
