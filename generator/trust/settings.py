"""What mkdocs.yml says that matters for the policy, as the builder's configuration has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.trust.policy import Policy, site_policy
from generator.trust.theme import ThemeScripts


def policy_of(config: Any, asked: Mapping[str, Any]) -> Policy:
    """Return what a site's pages may use: its own, and what mkdocs.yml names.

    `asked` is the option `policy` of this plugin. Raises PolicyError if it cannot be.
    """
    scripts = [*config.extra_javascript, *config.extra.get("polyfills", ())]
    form = _mapping(config.extra.get("mail")).get("subscribe")
    return site_policy(
        asked,
        scripts=[str(getattr(script, "path", script)) for script in scripts],
        styles=config.extra_css,
        forms=[form] if isinstance(form, str) else (),
        web_fonts=config.theme.name == "material" and bool(config.theme.get("font")),
    )


def scripts_of(config: Any, environment: Environment) -> ThemeScripts:
    """Return the inline scripts of the theme itself, without those of the site's own templates."""
    own = config.theme.custom_dir
    context = {
        "config": config,
        "features": config.theme.get("features") or (),
        "property": _mapping(config.extra.get("analytics")).get("property", ""),
    }
    folders = [Path(folder) for folder in config.theme.dirs if folder != own]
    return ThemeScripts(folders, environment, context)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
