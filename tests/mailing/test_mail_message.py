"""What a message says, and that mail programs and lists can take it."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from lxml import html as lxml_html

from generator.enriching import build_library
from generator.enriching.vocabulary import read_vocabulary
from generator.mailing.message import MOST_BYTES, compose
from generator.mailing.settings import MailError, MailSettings, mail_settings
from generator.reading import read_text
from generator.writing.catalogue import Catalogue
from generator.writing.site import Site

WHEN = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)
VALUES = {
    "from": "Broadsheet <digest@example.org>",
    "to": "papers@lists.example.org",
    "list_id": "papers.lists.example.org",
    "unsubscribe": ["https://lists.example.org/leave?list=papers", "mailto:leave@example.org"],
    "one_click": True,
    "postal_address": "1 Reading Lane, Paperville",
}
TEXT = """# Rivers & Bridges: A <Study>
Authors: Ana Müller; Bo Li; Cy Oh; Di Po
arXiv: 2503.01234
Link: https://github.com/owner/rivers

We look at rivers, and find that bridges help. Köln has many.

# Second Paper

Nothing to see here, but it is a fine abstract all the same.
"""


def written(
    text: str = TEXT, values: dict[str, object] | None = None, name: str = "Broadsheet"
) -> EmailMessage:
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    library = build_library([read_text(text, "docs/digests/2025-03-11.txt")], vocabulary)
    site = Site(name, "", "https://papers.example.org/")
    settings = mail_settings(VALUES if values is None else values, "mkdocs.yml")
    message = compose(Catalogue(library), library.issues[0], site, settings, WHEN)
    read = email.message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def tree_of(page: str) -> Any:
    return lxml_html.fromstring(page)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


def test_both_bodies_say_the_same_papers_with_their_ways() -> None:
    message = written()
    page, text = body(message, "html"), body(message, "plain")
    shown = tree_of(page).text_content()
    for words in ("Rivers & Bridges: A <Study>", "Ana Müller, Bo Li, Cy Oh and 1 more", "Köln"):
        assert words in shown
        assert words in text
    for address in (
        "https://papers.example.org/papers/rivers-bridges-a-study/",
        "https://github.com/owner/rivers",
        "https://papers.example.org/digests/2025-03-11/",
        "https://lists.example.org/leave?list=papers",
    ):
        assert address in text
        assert address in {link[2] for link in tree_of(page).iterlinks()}
    assert "1 Reading Lane" in shown
    assert "1 Reading Lane" in text


def test_headers_tell_lists_and_programs_what_it_is() -> None:
    message = written()
    assert message["Subject"] == "Broadsheet: 2 papers, 11 March 2025"
    assert message["From"] == "Broadsheet <digest@example.org>"
    assert message["To"] == "papers@lists.example.org"
    assert message["Date"].datetime == WHEN
    assert message["List-Id"] == '"Broadsheet" <papers.lists.example.org>'
    assert message["List-Unsubscribe"] == (
        "<https://lists.example.org/leave?list=papers>, <mailto:leave@example.org>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert not message.defects
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_one_click_is_not_promised_unless_the_list_can_do_it() -> None:
    values = {**VALUES, "one_click": False, "unsubscribe": "mailto:leave@example.org"}
    assert written(values=values)["List-Unsubscribe-Post"] is None


def test_lines_are_those_of_mail() -> None:
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    library = build_library([read_text(TEXT, "docs/digests/2025-03-11.txt")], vocabulary)
    settings = mail_settings(VALUES, "mkdocs.yml")
    site = Site("Bücherei ✓", "", "https://papers.example.org/")
    data = compose(Catalogue(library), library.issues[0], site, settings, WHEN).as_bytes()
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    again = compose(Catalogue(library), library.issues[0], site, settings, WHEN).as_bytes()
    assert again == data


@pytest.mark.parametrize("name", ["Bücherei der „Wörter“, ✓ " * 12, "x" * 3000])
def test_encoded_words_are_as_short_as_programs_read_them(name: str) -> None:
    """RFC 2047: at most 75 characters each, and none within quotation marks."""
    vocabulary = read_vocabulary("", "vocabulary.yml")[0]
    library = build_library([read_text(TEXT, "docs/digests/2025-03-11.txt")], vocabulary)
    values = {**VALUES, "from": "Jürgen Müller-Lüdenscheidt, " * 5 + "<digest@example.org>"}
    site = Site(name, "", "https://papers.example.org/")
    settings = mail_settings(values, "mkdocs.yml")
    data = compose(Catalogue(library), library.issues[0], site, settings, WHEN).as_bytes()
    head = data.split(b"\r\n\r\n")[0].decode("ascii")
    words = re.findall(r"=\?.*?\?[bq]\?.*?\?=", head)
    assert words
    assert max(map(len, words)) <= 75
    assert not re.search(r'"[^"\n]*=\?', head)
    assert max(map(len, head.split("\r\n"))) <= 998
    read = email.message_from_bytes(data, policy=policy.default)
    # Python's own library loses a blank between two words now and then.
    expected = f"{name}: 2 papers, 11 March 2025"
    assert "".join(str(read["Subject"]).split()) == "".join(expected.split())
    assert str(read["List-Id"]).endswith(" <papers.lists.example.org>")
    assert read["From"].addresses[0].display_name.startswith("Jürgen Müller-Lüdenscheidt, ")


def test_words_that_run_from_right_to_left_say_so() -> None:
    tree = tree_of(body(written("# مرحبا بالعالم\n\nهذه دراسة عن الأنهار في الشتاء.\n"), "html"))
    assert [each.get("dir") for each in tree.xpath("//h2 | //p[not(@class)]")][:2] == ["auto"] * 2


def test_more_papers_than_a_message_holds_leave_the_way_out_in_it() -> None:
    text = "\n\n".join(
        f"# Paper Number {n} about Rivers and Bridges in a Long Title\n\nWords are here too."
        for n in range(450)
    )
    message = written(text)
    part = message.get_body(("html",))
    assert part is not None
    assert len(part.as_bytes()) <= MOST_BYTES + 2000
    tree = tree_of(body(message, "html"))
    shown = len(tree.xpath("//h2")) - 1
    assert f"{450 - shown} papers more" in tree.text_content()
    assert "Leave the list" in tree.text_content()
    assert "450. Paper Number 449" in body(message, "plain")


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = (
        '# <img src="https://evil.example/x.png"> T\n\n<script>alert(1)</script> and more words.\n'
    )
    page = body(written(text), "html")
    tree = tree_of(page)
    assert not tree.xpath(
        "//img | //script | //link | //iframe | //object | //*[@src] | //*[@background]"
    )
    assert "url(" not in page
    assert '<img src="https://evil.example/x.png"> T' in tree.text_content()


def test_styles_stand_in_the_elements() -> None:
    """Programs that drop style sheets show it well all the same; phones in the dark too."""
    page = body(written(), "html")
    tree = tree_of(page)
    assert all("color" in link.get("style") for link in tree.xpath("//a"))
    assert "max-width: 600px" in tree.xpath("//main")[0].get("style")
    assert "prefers-color-scheme" in page


def test_a_long_digest_keeps_all_titles_and_is_not_cut_off() -> None:
    text = "\n\n".join(
        f"# Paper Number {n} about “Rivers” and Bridges\n\n{'Long words indeed = many. ' * 20}"
        for n in range(200)
    )
    message = written(text)
    part = message.get_body(("html",))
    assert part is not None
    assert len(part.as_bytes()) <= MOST_BYTES + 2000
    shown = tree_of(body(message, "html")).text_content()
    assert all(f"Paper Number {n} about" in shown for n in range(200))
    assert "Leave the list" in shown


@pytest.mark.parametrize("name", ['A "quoted" \\ name', "Line\r\nBcc: x@example.org", "Jo, Inc."])
def test_a_site_s_name_cannot_write_headers(name: str) -> None:
    message = written(name=name)
    assert message["Bcc"] is None
    assert str(message["List-Id"]).endswith("<papers.lists.example.org>")
    assert not message["List-Id"].defects


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("from", "", "from is ''"),
        ("from", "Name <a@b.org", "from is"),
        ("from", "digest@bücher.example", "from is"),
        ("to", "no address", "to is 'no address'"),
        ("to", "a@b.org\r\nBcc: c@d.org", "to is"),
        ("list_id", "papers", "expected a name with dots"),
        ("unsubscribe", "http://lists.example.org", "unsubscribe is"),
        ("unsubscribe", "https://x.org/>, <https://y.org", "unsubscribe is"),
        ("unsubscribe", None, "unsubscribe is"),
        ("one_click", "yes", "expected true or false"),
        ("subscribe", "http://lists.example.org", "subscribe is"),
        ("colour", "red", "colour is not known"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_right(key: str, value: object, words: str) -> None:
    with pytest.raises(MailError, match=re.escape(words)):
        mail_settings({**VALUES, key: value}, "mkdocs.yml")


def test_no_settings_show_an_example() -> None:
    with pytest.raises(MailError, match="list_id: papers"):
        mail_settings(None, "mkdocs.yml")


def test_settings_are_what_the_example_says() -> None:
    settings = mail_settings(VALUES, "mkdocs.yml")
    assert isinstance(settings, MailSettings)
    assert settings.sender.display_name == "Broadsheet"
    assert settings.to.addr_spec == "papers@lists.example.org"
