"""What mkdocs.yml says of the site and of its mailing list: `extra: mail:`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from yaml_env_tag import construct_env_tag

from generator.folders import DIGESTS, VOCABULARY
from generator.writing.site import Site

EXAMPLE = """extra:
  mail:
    from: Broadsheet <digest@example.org>
    to: papers@lists.example.org
    list_id: papers.lists.example.org
    unsubscribe: https://lists.example.org/papers/leave"""
_LIST_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
_KEYS = frozenset(
    {"from", "to", "list_id", "unsubscribe", "one_click", "postal_address", "subscribe"}
)


class MailError(Exception):
    """The message cannot be made or sent; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A mailing list as its headers name it."""

    sender: Address
    to: Address
    list_id: str
    unsubscribe: tuple[str, ...]
    """Addresses, https or mailto, of which at least one."""
    one_click: bool = False
    """Whether a POST to the https address of `unsubscribe` is enough (RFC 8058)."""
    postal_address: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's parts are, and what it says of itself."""

    site: Site
    digests: Path
    vocabulary: Path
    mail: MailSettings


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml: `!ENV` as MkDocs does, and no other tag of Python's."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda *_: None)


def read_project(config: Path) -> Project:
    """Read mkdocs.yml; raises MailError for what a message needs and it lacks."""
    try:
        settings = yaml.load(config.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise MailError(f"{config} cannot be read: {error}") from error
    if not isinstance(settings, dict):
        raise MailError(f"{config} has no settings")
    url = str(settings.get("site_url") or "")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise MailError(
            f"{config} does not say where the site stands, and a message must lead there: write "
            "`site_url: https://example.org/`, or set the variable that it takes it from"
        )
    docs = config.parent / str(settings.get("docs_dir") or "docs")
    site = Site(
        str(settings.get("site_name") or "Broadsheet"),
        str(settings.get("site_description") or ""),
        f"{url.rstrip('/')}/",
    )
    extra = settings.get("extra")
    mail = extra.get("mail") if isinstance(extra, dict) else None
    return Project(site, docs / DIGESTS, docs / VOCABULARY, mail_settings(mail, str(config)))


def mail_settings(values: object, where: str) -> MailSettings:
    """Check what stands under `mail`; raises MailError that names the first thing wrong."""
    if not isinstance(values, dict):
        raise MailError(
            f"{where} says nothing of a mailing list; it needs, for example:\n{EXAMPLE}"
        )
    unknown = sorted(map(str, values.keys() - _KEYS))
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise MailError(f"{where}: mail: {unknown[0]} is not known; there are {known}")
    list_id = str(values.get("list_id") or "")
    if not _LIST_ID.fullmatch(list_id):
        raise MailError(
            f"{where}: mail: list_id is {list_id!r}; expected a name with dots that never "
            "changes, such as papers.lists.example.org"
        )
    unsubscribe = _addresses(values.get("unsubscribe"), where)
    one_click = values.get("one_click", False)
    if not isinstance(one_click, bool):
        raise MailError(f"{where}: mail: one_click is {one_click!r}; expected true or false")
    if one_click and not unsubscribe[0].startswith("https:"):
        raise MailError(f"{where}: mail: one_click needs an https address in unsubscribe, first")
    form = str(values.get("subscribe") or "https://example.org/")
    if urlsplit(form).scheme != "https":
        raise MailError(f"{where}: mail: subscribe is {form!r}; expected an https address")
    return MailSettings(
        _mailbox(values, "from", where),
        _mailbox(values, "to", where),
        list_id,
        unsubscribe,
        one_click,
        " ".join(str(values.get("postal_address") or "").split()),
    )


def _mailbox(values: dict[Any, Any], key: str, where: str) -> Address:
    """Read `Name <name@example.org>` or the bare address."""
    text = str(values.get(key) or "").strip()
    match = re.fullmatch(r"(?:(?P<name>[^<>\r\n]*)<)?(?P<spec>[^<>\s]+@[^<>\s]+?)>?", text)
    try:
        # An address beyond ASCII needs servers all the way that know SMTPUTF8 (RFC 6531).
        if match is None or ("<" in text) != text.endswith(">") or not match["spec"].isascii():
            raise ValueError
        name = (match["name"] or "").strip().strip('"')
        return Address(display_name=name, addr_spec=match["spec"])
    except (ValueError, IndexError) as error:
        raise MailError(
            f"{where}: mail: {key} is {text!r}; expected an address such as "
            "Broadsheet <digest@example.org>"
        ) from error


def _addresses(value: object, where: str) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items:
        text = str(item or "").strip()
        parts = urlsplit(text)
        good = (parts.scheme == "https" and parts.netloc) or (
            parts.scheme == "mailto" and "@" in parts.path
        )
        if not good or re.search(r"[\s<>,\"]", text) or not text.isascii():
            raise MailError(
                f"{where}: mail: unsubscribe is {text!r}; expected an address such as "
                "https://lists.example.org/papers/leave or mailto:leave@lists.example.org"
            )
        found.append(text)
    return tuple(found)
