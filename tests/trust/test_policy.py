"""The policy of pages as text, and what of a finished page it lets run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.model import Severity
from generator.trust import Guard, Policy, PolicyError, policy_of, scripts_of
from generator.trust.policy import hash_of, site_policy
from generator.trust.sealing import sealed
from generator.trust.serving import reloading

OVERRIDES = Path(__file__).resolve().parents[2] / "overrides"
RUN = "window.pwned=1"
OWN = (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';"
    "connect-src 'self';form-action 'self';base-uri 'none'"
)


def page(body: str, head: str = "") -> str:
    begin = f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">{head}</head>\n'
    return f"{begin}<body>{body}</body></html>"


def told(body: str, policy: Policy | None = None) -> list[str]:
    """What is said of a page with this body."""
    _, findings = sealed(page(body), "about/index.html", policy or Policy())
    return [f"{finding.severity}: {finding.message}\n{finding.hint}" for finding in findings]


def policy_in(text: str) -> str:
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert found
    return found[1]


def test_a_page_may_use_what_is_the_site_s_own_and_nothing_else() -> None:
    assert Policy().text() == OWN
    assert policy_in(sealed(page("Words."), "x.html", Policy())[0]) == OWN


def test_generated_pages_have_the_same_policy_whoever_builds_them() -> None:
    template = (OVERRIDES / "generated.html").read_text(encoding="utf-8")
    assert f'"{OWN}"' in template


def test_nothing_stands_before_the_policy_in_the_head() -> None:
    text, _ = sealed(page("Words."), "x.html", Policy())
    assert '<head><meta http-equiv="Content-Security-Policy"' in text
    assert text.encode().index(b'charset="utf-8">') < 1024


def test_a_long_policy_leaves_the_encoding_where_browsers_look_for_it() -> None:
    scripts = [f"f({number})" for number in range(20)]
    policy = Policy().allowing("script-src", map(hash_of, scripts))
    body = "".join(f"<script>{script}</script>" for script in scripts)
    text, findings = sealed(page(body), "x.html", policy)
    assert not findings
    assert text.encode().index(b'charset="utf-8">') < 1024
    assert text.index("<meta http-equiv") < text.index("<script")
    assert text.count("<meta charset") == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>A page without a head.</p>",
        "<!doctype html>\n<p>One.</p>",
        "<HTML lang=en><p>One.</p>",
        "<!-- <head> --><!doctype html><!-- <head> --><p>One.</p>",
        "<!doctype html><!-- <head> --><html><head><title>x</title></head><p>One.</p>",
    ],
)
def test_a_page_without_a_head_has_its_policy_before_all_that_could_run(text: str) -> None:
    changed, _ = sealed(text, "x.html", Policy())
    assert changed.index("Content-Security-Policy") < changed.index("<p>")
    seen = re.sub("<!--.*?-->", "", changed)
    assert "Content-Security-Policy" in seen
    assert seen.find("<!doctype") <= 0


@pytest.mark.parametrize(
    "body",
    [
        f"<script>{RUN}</script>",
        f"<SCRIPT type=module >{RUN}</SCRIPT>",
        f'<script type="text/javascript">{RUN}</script>',
        f"<script async>{RUN}",
        f"<svg><script>{RUN}</script></svg>",
        '<script type="importmap">{}</script>',
    ],
)
def test_an_inline_script_that_nobody_allowed_is_an_error_with_a_way_out(body: str) -> None:
    (message,) = told(body)
    assert message.startswith("error: about/index.html has an inline script that nobody has allow")
    assert "extra_javascript" in message
    assert re.search(r"script-src: \[sha256-[A-Za-z0-9+/]+=\]", message)


@pytest.mark.parametrize(
    "body",
    [
        f'<img src="x.png" onerror="{RUN}">',
        f"<p ONCLICK='{RUN}'>x</p>",
        f"<a href=javascript:{RUN}>x</a>",
        f'<a href=" java&#10;script&colon;{RUN}">x</a>',
        f'<form action="javascript:{RUN}"></form>',
        f'<svg><a xlink:href="javascript:{RUN}">x</a></svg>',
        f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    ],
)
def test_a_script_in_an_attribute_is_an_error(body: str) -> None:
    assert [m for m in told(body) if m.startswith("error: about/index.html has a script in an at")]


@pytest.mark.parametrize(
    "body",
    [
        "Words about onclick=, <code>&lt;script&gt;</code> and javascript:.",
        '<script type="application/ld+json">{"@type": "ScholarlyArticle"}</script>',
        '<script type="math/tex">x</script>',
        '<a href="https://example.org/">elsewhere</a> <img src="a.png">',
        '<img src="data:image/png,x">',
        '<script src="../assets/javascripts/page.js"></script>',
        "<!-- <script>nothing</script> -->",
        '<form action="../search/"></form> <link rel="preconnect" href="https://example.org">',
    ],
)
def test_what_runs_nothing_and_fetches_nothing_is_no_finding(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    "begin",
    [
        "<!--><html><head>",
        "<!---><html><head>",
        "<!-- x --!><html><head>",
        "<html data-x='<head>'><head>",
        "<title><head></title>",
        "<noscript><!-- </noscript>",
        "<?x <head> ?>",
        "<script>'<head>'</script>",
    ],
)
def test_nothing_that_a_browser_reads_stands_before_the_policy(begin: str) -> None:
    text, _ = sealed(
        f"\ufeff<!doctype html>\n{begin}<script>{RUN}</script><!-- -->", "x.html", Policy()
    )
    before = text.partition('<meta http-equiv="Content-Security-Policy"')[0]
    assert re.fullmatch(r"\ufeff<!doctype html>\s*(<html data-x='<head>'><head>)?", before), before


@pytest.mark.parametrize(
    "comment", ["<!-->{}<!-- -->", "<!--->{}<!-- -->", "<!-- x --!>{}<!-- -->", "<!---->{}<!-- -->"]
)
def test_a_script_behind_an_odd_comment_is_told(comment: str) -> None:
    (message,) = told(comment.format(f"<script>{RUN}</script>"))
    assert "has an inline script that nobody has allowed" in message


def test_a_comment_that_never_ends_hides_what_is_in_it_from_everyone() -> None:
    assert told(f"<!-- <script>{RUN}</script>") == []


@pytest.mark.parametrize("name", ["old.HTML", "old.htm", "below/Old.HTM"])
def test_a_page_has_its_policy_whatever_its_name_ends_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(f"<script>{RUN}</script>"), "utf-8")
    theme = SimpleNamespace(has=lambda *_: False, mentions=lambda _: False)
    findings = list(Guard(Policy(), theme, "").seal_folder(tmp_path, ()))  # type: ignore[arg-type]
    assert [finding.severity for finding in findings] == [Severity.ERROR]
    assert policy_in(path.read_text("utf-8")) == OWN


def test_parts_that_scripts_fetch_stay_as_they_are_and_are_looked_through(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    parts = tmp_path / "assets" / "parts.htm"
    parts.write_text(f"<b onclick={RUN}>x</b>", "utf-8")
    theme = SimpleNamespace(has=lambda *_: False, mentions=lambda _: False)
    (finding,) = Guard(Policy(), theme, "").seal_folder(tmp_path, ())  # type: ignore[arg-type]
    assert finding.severity is Severity.ERROR
    assert parts.read_text("utf-8") == f"<b onclick={RUN}>x</b>"


def test_a_script_that_the_owner_allows_runs_where_it_stands_and_there_alone() -> None:
    policy = Policy().allowing("script-src", [hash_of(RUN).strip("'")])
    text, findings = sealed(page(f"<script>{RUN}</script>"), "x.html", policy)
    assert not findings
    assert f"script-src 'self' {hash_of(RUN)};" in policy_in(text)
    assert policy.text() == OWN
    assert policy_in(sealed(page("Words."), "x.html", policy)[0]) == OWN


def test_line_ends_of_a_script_are_those_that_browsers_hash() -> None:
    assert hash_of("a\r\nb\rc") == hash_of("a\nb\nc")
    assert hash_of("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def test_styles_of_a_page_by_hand_are_let_in_one_by_one() -> None:
    body = '<style>p{color:red}</style><table><td style="text-align: center;">1</td></table>'
    text, findings = sealed(page(body), "x.html", Policy())
    assert not findings
    hashes = f"{hash_of('p{color:red}')} {hash_of('text-align: center;')}"
    assert f"style-src 'self' 'unsafe-hashes' {hashes};" in policy_in(text)


@pytest.mark.parametrize(
    ("body", "directive"),
    [
        ('<script src="https://x.org/a.js"></script>', "script-src"),
        ('<script src="//x.org/a.js"></script>', "script-src"),
        ('<link rel="stylesheet" href="https://x.org/a.css">', "style-src"),
        ('<img alt="" src="https://x.org/a.png">', "img-src"),
        ('<img alt="" srcset="a.png 1x, https://x.org/a.png 2x">', "img-src"),
        ('<iframe src="https://x.org/a"></iframe>', "frame-src"),
        ('<form action="https://x.org/a"></form>', "form-action"),
        ('<video src="https://x.org/a"></video>', "media-src"),
        ('<p style="background: URL(//x.org/a.png)">x</p>', "img-src"),
        ("<style>p { background: url( 'https://x.org/a.png' ) }</style>", "img-src"),
        ("<style>@font-face { src: url(https://x.org/a.woff2) }</style>", "font-src"),
    ],
)
def test_what_browsers_would_refuse_is_told_until_its_origin_is_allowed(
    body: str, directive: str
) -> None:
    (message,) = told(body)
    assert message.startswith("warning: about/index.html uses what the site's policy has browsers")
    assert f"{directive}: [https://x.org]" in message
    allowed = Policy().allowing(directive, ["https://x.org"])
    assert told(body, allowed) == []
    assert "https://x.org;" in f"{allowed.text()};"


@pytest.mark.parametrize(
    "body", ['<script src="data:text/javascript,1"></script>', '<embed src="javascript:1">']
)
def test_nothing_is_advised_that_cannot_be_set(body: str) -> None:
    messages = "\n".join(told(body))
    assert "Put it into a file below docs/" in messages
    assert "-src: [" not in messages


def test_a_base_element_is_never_allowed() -> None:
    (message,) = told('<base href="https://x.org/">')
    assert "No page may have a base element" in message


def test_a_video_of_the_site_s_own_can_be_allowed() -> None:
    (message,) = told('<video src="clip.mp4"></video>')
    assert "media-src: [self]" in message
    allowed = Policy().allowing("media-src", ["self"])
    assert told('<video src="clip.mp4"></video>', allowed) == []
    assert "media-src 'self'" in allowed.text()


@pytest.mark.parametrize(
    ("directive", "source"),
    [
        ("script-src", "'unsafe-inline'"),
        ("script-src", "unsafe-inline"),
        ("script-src", "data:"),
        ("script-src", "Data:"),
        ("script-src", "blob:"),
        ("frame-src", "javascript:"),
        ("style-src", "'unsafe-inline'"),
        ("img-src", "https://x.org; script-src *"),
        ("img-src", 'x"><script>'),
        ("img-src", "https://x.org https://y.org"),
        ("default-src", "https://x.org"),
        ("base-uri", "'self'"),
        ("scripts", "https://x.org"),
    ],
)
def test_nothing_that_opens_pages_to_inline_scripts_can_be_set(directive: str, source: str) -> None:
    with pytest.raises(PolicyError, match="policy"):
        site_policy({directive: [source]})


def test_what_mkdocs_yml_fetches_on_every_page_is_allowed_by_its_origin() -> None:
    policy = site_policy(
        {},
        scripts=["extra.js", "https://cdn.example/a/b.js"],
        styles=["extra.css", "//cdn.example/a.css"],
        forms=["https://list.example/subscribe"],
        web_fonts=True,
    )
    assert "script-src 'self' https://cdn.example;" in policy.text()
    assert "style-src 'self' https://cdn.example https://fonts.googleapis.com;" in policy.text()
    assert "font-src 'self' https://fonts.gstatic.com;" in policy.text()
    form = '<form action="https://list.example/subscribe" method="post"></form>'
    text, findings = sealed(page(form), "subscribe/index.html", policy)
    assert not findings
    assert "form-action 'self' https://list.example;" in policy_in(text)
    assert "form-action 'self';" in policy_in(sealed(page("Words."), "x.html", policy)[0])


def config_of(tmp_path: Path, theme: dict[str, Any], **extra: Any) -> MkDocsConfig:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "mkdocs.yml"
    file.touch()
    return load_config(
        str(file), site_name="Mine", site_url="https://mine.example/p/", theme=theme, extra=extra
    )


def guard_of(config: MkDocsConfig) -> tuple[Guard, Environment]:
    environment = config.theme.get_env()
    environment.trim_blocks = environment.lstrip_blocks = True
    theme = scripts_of(config, environment)
    return Guard(policy_of(config, {}), theme, str(config.site_url)), environment


FEATURES = ["content.tabs.link", "announce.dismiss", "navigation.instant", "navigation.tabs"]


def test_all_inline_scripts_of_material_are_known_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "over").mkdir()
    main = '{% extends "base.html" %}{% block announce %}News{% endblock %}'
    (tmp_path / "over" / "main.html").write_text(main, encoding="utf-8")
    palette = [{"scheme": "default", "toggle": {"icon": "material/brightness-7", "name": "x"}}] * 2
    icon = {"admonition": {"note": "octicons/tag-16"}, "annotation": "material/plus"}
    config = config_of(
        tmp_path,
        {
            "name": "material",
            "custom_dir": str(tmp_path / "over"),
            "features": FEATURES,
            "font": False,
            "palette": palette,
            "icon": icon,
        },
        consent={"title": "x", "description": "y"},
        analytics={"provider": "google", "property": "G-1"},
        version={"provider": "mike"},
    )
    guard, environment = guard_of(config)
    for url, base in (("a/", ".."), ("", "."), ("a/b/c/", "../../.."), ("404.html", "/p/")):
        shown = SimpleNamespace(url=url, title="x", meta={}, content="Words.", toc=[])
        text = environment.get_template("main.html").render(
            config=config, base_url=base, page=shown, nav=SimpleNamespace(homepage=None, items=[])
        )
        name = url if url.endswith(".html") else f"{url}index.html"
        sealed_page, findings = guard.seal(text, name)
        assert findings == ()
        assert policy_in(sealed_page).count("'sha256-") >= 5
        # The same script, but for a word, is nobody's.
        changed = text.replace("__md_scope=new URL(", "__md_scope=new Url(")
        assert changed != text
        assert [f.severity for f in guard.seal(changed, name)[1]] == [Severity.ERROR]


def test_a_script_of_the_site_s_own_templates_is_not_the_theme_s(tmp_path: Path) -> None:
    (tmp_path / "over").mkdir()
    (tmp_path / "over" / "main.html").write_text(f"<script>{RUN}</script>", encoding="utf-8")
    theme = {"name": "material", "font": False, "custom_dir": str(tmp_path / "over")}
    guard, _ = guard_of(config_of(tmp_path, theme))
    assert guard.seal(f"<script>{RUN}</script>", "index.html")[1]


def test_a_line_that_proves_who_owns_the_site_stays_as_it_is(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False}
    guard, _ = guard_of(config_of(tmp_path, theme))
    site = tmp_path / "site"
    site.mkdir()
    (site / "proof.html").write_bytes(b"proof: proof.html")
    (site / "demo.html").write_bytes(b"<!doctype html>\r\n<title>\xff</title>\r\n<p>Words.")
    (site / "ours.html").write_bytes(b"<p>Words.")
    assert list(guard.seal_folder(site, {"ours.html"})) == []
    assert (site / "proof.html").read_bytes() == b"proof: proof.html"
    assert (site / "ours.html").read_bytes() == b"<p>Words."
    meta = f'<meta http-equiv="Content-Security-Policy" content="{OWN}">'.encode()
    demo = b"<!doctype html>" + meta + b"\r\n<title>\xff</title>\r\n<p>Words."
    assert (site / "demo.html").read_bytes() == demo


def answers(content: bytes, kind: str) -> tuple[bytes, dict[str, str]]:
    """What a browser gets of a page that the server sends."""
    heard: dict[str, str] = {}

    def app(_: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content[:5], content[5:]]

    parts = reloading(app)({}, lambda _, headers: heard.update(headers))
    return b"".join(parts), heard


def test_the_script_that_reloads_a_served_page_is_let_in_with_it() -> None:
    script = "\nvar livereload = function() {}\nlivereload(1, 2);\n"
    text = sealed(page("Words."), "x.html", Policy())[0]
    sent = text.replace("</body>", f"<script>{script}</script></body>").encode()
    got, heard = answers(sent, "text/html")
    assert f"script-src 'self' {hash_of(script)};" in policy_in(got.decode())
    assert heard["Content-Length"] == str(len(got))
    assert answers(text.encode(), "text/html")[0] == text.encode()
    assert answers(sent, "text/plain")[0] == sent
