"""A canary is asked for by name, `make canary`: it needs another builder, the newest there is."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "canary: builds with Zensical too; run by `make canary`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave canaries out unless they are meant."""
    if "canary" in (config.option.markexpr or ""):
        return
    canaries = [item for item in items if item.get_closest_marker("canary")]
    if canaries:
        config.hook.pytest_deselected(items=canaries)
        items[:] = [item for item in items if item not in canaries]
