"""Write a digest as a message: plain text and HTML of the same words, for narrow clients too.

There are no images, nothing from elsewhere, and no address that tells who opened what. Styles are
written into the elements by css-inline, because many programs drop style sheets.
Headers after RFC 2369 and RFC 2919 (lists) and RFC 8058 (leaving by one click).
"""

from __future__ import annotations

import hashlib
import quopri
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.enriching.linkkinds import label_of
from generator.mailing.settings import MailSettings
from generator.model import Issue, Paper
from generator.writing import addresses, wording
from generator.writing.catalogue import Catalogue
from generator.writing.escaping import clean
from generator.writing.site import Site

MOST_BYTES = 95_000
"""Of the HTML: Gmail cuts a message off at about 102 KB, and the way out stands at the end."""
_TEASER = 280
_LINKS = 4
_COLUMNS = 72
_HEADER = 900
"""Characters of a header's line: mail allows 998."""

_templates = Environment(
    loader=PackageLoader("generator.mailing"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


_SHORT = SMTP.clone(max_line_length=74)
"""Some words become two longer than that, and RFC 2047 allows 76."""


class _Policy(EmailPolicy):
    """Writes headers on long lines, but for words that must be encoded: of those none is long."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as bytes."""
        if str(value).isascii() and len(name) + len(str(value)) < _HEADER:
            return super().fold_binary(name, value)
        return _SHORT.fold_binary(name, value)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paper as the message shows it: plain text throughout."""

    title: str
    url: str
    byline: str
    teaser: str
    links: tuple[tuple[str, str], ...]
    """Labels and addresses."""


def compose(
    catalogue: Catalogue, issue: Issue, site: Site, settings: MailSettings, when: datetime
) -> EmailMessage:
    """Write the message of a digest; `when` is the moment that its Date says, with a zone."""
    papers = catalogue.papers_in(issue)
    items = [_item(paper, site) for paper in papers]
    tally = wording.count(len(papers), "paper")
    title = f"{_line(site.name)}: {tally}, {wording.day(issue.date)}"
    words = {
        "title": title,
        "site": _line(site.name),
        "tally": tally,
        "day": f"{wording.weekday(issue.date)}, {wording.day(issue.date)}",
        "digest": site.address(addresses.digest(issue.slug)),
        "unsubscribe": settings.unsubscribe[0],
        "postal_address": _line(settings.postal_address),
    }
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.sender
    message["To"] = settings.to
    message["Subject"] = title
    message["Date"] = format_datetime(when)
    message["Message-ID"] = message_id(issue, settings)
    message["List-Id"] = f"{_phrase(site.name)} <{settings.list_id}>"
    message["List-Archive"] = f"<{site.address(addresses.DIGESTS)}>"
    message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in settings.unsubscribe)
    if settings.one_click:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    text, page = _text(items, words), _html(items, words)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    # What sets parts apart is random else. Quoted-printable has no "=_": it cannot occur in them.
    message.set_boundary(f"=_{hashlib.blake2b(page.encode(), digest_size=12).hexdigest()}")
    # Folding makes a first line that is empty of long addresses: some programs do not read that.
    message.policy = _Policy(linesep="\r\n", max_line_length=_HEADER)
    return message


def message_id(issue: Issue, settings: MailSettings) -> str:
    """Return the same identifier for the same digest, so that a second copy shows as one."""
    domain = settings.sender.domain
    mark = hashlib.blake2b(f"{settings.list_id} {issue.slug}".encode(), digest_size=8).hexdigest()
    return f"<{issue.slug}.{mark}@{domain}>"


def _item(paper: Paper, site: Site) -> _Item:
    names = [_line(name) for name in paper.authors]
    byline = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return _Item(
        title=_line(paper.title),
        url=site.address(addresses.paper(paper.slug)),
        byline=byline,
        teaser=wording.cut(clean(paper.abstract), _TEASER),
        links=tuple((_line(label_of(link)), link.url) for link in paper.links[:_LINKS]),
    )


def _html(items: Sequence[_Item], words: dict[str, str]) -> str:
    """Write the HTML with as many teasers as there is room for, then with as many titles."""
    teasers = titles = len(items)
    while True:
        left = len(items) - titles
        page = _templates.get_template("digest.html.jinja").render(
            words, items=items[:titles], teasers=teasers, left=left and wording.count(left, "paper")
        )
        page = css_inline.inline(page, keep_at_rules=True, load_remote_stylesheets=False)
        size = len(quopri.encodestring(page.encode("utf-8")))
        if size <= MOST_BYTES or not titles:
            return page
        if teasers:
            teasers = min(teasers - 1, int(teasers * MOST_BYTES / size))
        else:
            titles = min(titles - 1, int(titles * MOST_BYTES / size))


def _text(items: Sequence[_Item], words: dict[str, str]) -> str:
    parts = [words["title"], words["digest"], ""]
    for number, item in enumerate(items, 1):
        parts.append(_filled(f"{number}. {item.title}", "", "   "))
        if item.byline:
            parts.append(_filled(item.byline))
        parts += [_filled(item.teaser), f"   {item.url}"]
        parts += [f"   {label}: {url}" for label, url in item.links]
        parts.append("")
    parts += [
        "-- ",
        f"You get this because you subscribed to {words['site']}.",
        f"To leave the list: {words['unsubscribe']}",
    ]
    if words["postal_address"]:
        parts.append(words["postal_address"])
    return "\n".join(parts) + "\n"


def _filled(text: str, first: str = "   ", rest: str = "   ") -> str:
    return textwrap.fill(
        text,
        _COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _phrase(text: str) -> str:
    """Return a name for a header: in quotes, or, where it has to be encoded, without marks."""
    plain = _line(text)
    if plain.isascii():
        plain = plain.replace("\\", "").replace('"', "")
        return f'"{plain}"'
    return " ".join(re.sub(r'[()<>@,;:\\".\[\]]', " ", plain).split())
