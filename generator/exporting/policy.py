"""What pages may do in a reader's browser, by what mkdocs.yml says: see `generator.trust`.

The plugin asks MkDocs' configuration; whoever has no MkDocs asks the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.exporting.settings import ExportError, Settings
from generator.trust import Finding, Guard, Policy, PolicyError
from generator.trust.policy import site_policy
from generator.trust.theme import ThemeScripts

PLUGIN = "broadsheet"

_SEALED = re.compile(
    r"\s*<!doctype html>\s*<html[^<>]*>\s*<head>(?:<meta charset=[^<>]*>)?\s*"
    r"<meta http-equiv=\"Content-Security-Policy\"",
    re.IGNORECASE,
)
"""As our own layout has it, and as pages have it that were sealed."""


def policy_in(settings: Settings) -> Policy:
    """Return the policy of a site; raise ExportError if mkdocs.yml asks for one that cannot be."""
    values = settings.values
    extra = settings.mapping("extra").values
    asked = settings.plugins().get(PLUGIN, {}).get("policy")
    form = settings.mapping("extra").mapping("mail").text("subscribe")
    theme = settings.mapping("theme").values
    try:
        return site_policy(
            asked if isinstance(asked, dict) else {},
            scripts=[*_paths(values.get("extra_javascript")), *_paths(extra.get("polyfills"))],
            styles=_paths(values.get("extra_css")),
            forms=[form] if form else (),
            web_fonts=theme.get("name") == "material" and bool(theme.get("font", True)),
        )
    except PolicyError as error:
        raise ExportError(f"{PLUGIN}: {error}") from error


def theme_folder() -> Path | None:
    """Return where Zensical's templates are, if it is installed beside this."""
    found = find_spec("zensical")
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places)), "templates") if places else None


def seal(settings: Settings, site: Path, theme: Path) -> Iterator[Finding]:
    """Give those pages of a built site their policy that have none, and yield what it forbids.

    `theme` is the folder with the templates of the builder's theme, whose inline scripts are let
    in. A page that has a policy first in its head is left as it is, so this may be done twice.
    """
    environment = Environment(autoescape=False)  # noqa: S701 - what comes out is only compared
    environment.filters["url"] = str
    context: dict[str, Any] = {
        "config": {"extra": {}, "plugins": {}, **settings.values},
        "features": settings.mapping("theme").values.get("features") or (),
    }
    scripts = ThemeScripts([theme], environment, context)
    address = settings.text("site_url").rstrip("/")
    guard = Guard(policy_in(settings), scripts, f"{address}/" if address else "")
    yield from guard.seal_folder(site, set(_sealed(site)))


def _sealed(site: Path) -> Iterator[str]:
    for path in site.rglob("*.html"):
        if path.is_file() and _SEALED.match(path.read_bytes()[:1000].decode("utf-8", "replace")):
            yield path.relative_to(site).as_posix()


def _paths(values: object) -> list[str]:
    listed = values if isinstance(values, list) else []
    return [str(each.get("path", "") if isinstance(each, dict) else each) for each in listed]
