"""Hand a message to a mail server (SMTP, RFC 5321), and know whether it took it.

The server and the password come from the environment, so that no file has them. The connection is
encrypted, and the server's certificate checked, unless the environment says otherwise.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage

from generator.mailing.settings import MailError

VARIABLES = """SMTP_HOST       the server; needed
SMTP_PORT       587 unless set, 465 with SMTP_SECURITY=tls
SMTP_USER       with SMTP_PASSWORD, if the server wants to know who sends
SMTP_SECURITY   starttls (unless set), tls from the first byte, or none
SMTP_CA_FILE    certificates to trust besides the system's"""
_SECONDS = 60
_SECONDS_AFTER = 600
"""For the answer to the message, which some servers look through first: RFC 5321, 4.5.3.2.6."""


class UnclearError(MailError):
    """The connection ended while the server had the message: whether it took it is not known."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to talk to it."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    ca_file: str = ""


def server_in(environment: Mapping[str, str]) -> Server:
    """Read which server is meant; raises MailError if that is not said well."""
    host = environment.get("SMTP_HOST", "").strip()
    if not host:
        raise MailError(f"SMTP_HOST is not set. The environment says where to send:\n{VARIABLES}")
    security = environment.get("SMTP_SECURITY", "").strip() or "starttls"
    if security not in {"starttls", "tls", "none"}:
        raise MailError(f"SMTP_SECURITY is {security!r}; expected starttls, tls or none")
    port = environment.get("SMTP_PORT", "").strip() or ("465" if security == "tls" else "587")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise MailError(f"SMTP_PORT is {port!r}; expected a number such as 587")
    user, password = environment.get("SMTP_USER", ""), environment.get("SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise MailError("SMTP_USER and SMTP_PASSWORD go together: one of them is not set")
    ca_file = environment.get("SMTP_CA_FILE", "")
    return Server(host, int(port), security, user, password, ca_file)


def send(message: EmailMessage, sender: str, to: str, server: Server) -> None:
    """Hand a message over.

    Raises MailError if the server did not take it, UnclearError if that is not known.
    """
    handed_over = False
    content = message.as_bytes()
    try:
        with _connection(server) as smtp:
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
            _taken(smtp.mail(sender))
            _taken(smtp.rcpt(to))
            if smtp.sock:
                smtp.sock.settimeout(_SECONDS_AFTER)
            handed_over = True
            _taken(smtp.data(content))
    except smtplib.SMTPResponseException as error:
        # Any other code is no answer of the protocol, and a text is smtplib's own words.
        theirs = isinstance(error.smtp_error, bytes)
        if handed_over and not (theirs and 400 <= error.smtp_code < 600):
            raise UnclearError(
                f"{_name(server)} gave an unclear answer to the message: {_answer(error)}"
            ) from error
        raise MailError(f"{_name(server)} refused: {_answer(error)}") from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        if handed_over:
            raise UnclearError(
                f"{_name(server)} broke off while it had the message: {_reason(error)}"
            ) from error
        if isinstance(error, ssl.SSLError):
            raise MailError(
                f"{_name(server)} cannot be talked to in private: {error.reason or error}. "
                "SMTP_CA_FILE names certificates to trust"
            ) from error
        raise MailError(f"{_name(server)}: {_reason(error)}; nothing was sent") from error


@contextmanager
def _connection(server: Server) -> Iterator[smtplib.SMTP]:
    """Open a connection; what goes wrong while it is closed changes nothing that was said on it."""
    context = ssl.create_default_context()
    if server.ca_file:
        context.load_verify_locations(server.ca_file)
    smtp: smtplib.SMTP
    if server.security == "tls":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.security == "starttls":
            smtp.starttls(context=context)
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.docmd("QUIT")
    finally:
        smtp.close()


def _taken(answer: tuple[int, bytes]) -> None:
    """Raise what an answer refuses."""
    code, text = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, text)


def _name(server: Server) -> str:
    return f"{server.host}:{server.port}"


def _answer(error: smtplib.SMTPResponseException) -> str:
    text = error.smtp_error
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    plain = "".join(char if char.isprintable() else " " for char in words)
    return f"{error.smtp_code} {plain}"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
