"""Every page forbids what is not the site's own, and a real browser holds it to that.

What all other tests here do breaks no page's policy either: see `complaints` in readers.py.
"""

from __future__ import annotations

import re

import pytest
from readers import OpenReader
from sitehost import BuiltSite

from generator.trust.policy import Policy, hash_of
from generator.trust.scanning import scan

_FIRST = re.compile(
    r'<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta http-equiv="?Content-Security-Policy"?'
    r' content="([^"]*)">',
    re.IGNORECASE,
)


def test_every_page_has_its_policy_first_and_all_that_it_has_within_it(site: BuiltSite) -> None:
    constant = 0
    for path in sorted(site.folder.rglob("*.html")):
        name = path.relative_to(site.folder).as_posix()
        content = path.read_bytes()
        page = content.decode("utf-8")
        found = _FIRST.match(page)
        assert found, name
        assert "unsafe" not in found[1], name
        assert re.search(rb'<meta charset="?utf-8"?>', content[:1024]), name
        seen = scan(page)
        assert all(hash_of(style) in found[1] for style in seen.styles), name
        assert seen.style_attributes + seen.handlers + seen.script_urls == [], name
        assert all(hash_of(script) in found[1] for script in seen.scripts), name
        if not seen.scripts and not seen.styles:
            assert found[1] == Policy().text(), name
            constant += 1
    with_hashes = len(list(site.folder.rglob("*.html"))) - constant
    assert constant > 100
    assert 10 < with_hashes < 40, "only pages by hand, and digests to take along"


_PLANT = """() => new Promise((done) => {
    const script = document.createElement("script");
    script.textContent = "window.pwned = 'script'";
    const rest = document.createElement("div");
    rest.innerHTML = `<img src="nothing.png" alt="" onerror="window.pwned='handler'">
        <a href="javascript:window.pwned='address'">x</a>
        <iframe srcdoc="<script>top.pwned='frame'</script>"></iframe>
        <p style="position: fixed">x</p>`;
    const base = document.createElement("base");
    base.href = "https://elsewhere.invalid/";
    const told = [];
    addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
    document.body.append(script, rest, base);
    rest.querySelector("a").click();
    fetch("https://elsewhere.invalid/").catch(() => {});
    new Image().src = "https://elsewhere.invalid/x.png";
    setTimeout(() => done({
        ran: window.pwned ?? null,
        styled: getComputedStyle(rest.querySelector("p")).position,
        base: document.baseURI,
        told: [...new Set(told)].sort(),
    }), 300);
})"""


@pytest.mark.parametrize("kind", ["paper", "about", "404"])
def test_what_somebody_planted_in_a_page_does_not_run(
    open_reader: OpenReader, site: BuiltSite, kind: str
) -> None:
    reader = open_reader()
    reader.open(site.kinds()[kind], missing=kind == "404")
    reader.settle()
    assert reader.complaints == []
    seen = reader.page.evaluate(_PLANT)
    assert seen["ran"] is None
    assert seen["styled"] == "static"
    assert seen["base"] == reader.page.url
    assert {
        "base-uri",
        "connect-src",
        "img-src",
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
    } <= set(seen["told"])
    # Whatever was asked of another machine, the policy refused it. All has been told by then.
    reader.open(site.kinds()["data"])
    told = [one for one in reader.complaints if "elsewhere.invalid" in one]
    failed = {one.split()[-1] for one in told if one.startswith("request failed: ")}
    assert failed <= {"csp"}
    asked = [one.split()[-1] for one in told if one.startswith("request to another machine: ")]
    assert all(f"request failed: {address}: csp" in told for address in asked)
    assert any("Content Security Policy" in one for one in told)
    reader.complaints.clear()
