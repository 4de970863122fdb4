"""What is set for a site, as values whose text tells all of it: what rests on them is kept by that.

Text that is another each time, as that of a function that was made while a file was read, does no
harm: then nothing is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

THEMES = {None, "material", "mkdocs", "readthedocs"}
"""Those whose version is in the stamp that memories have; None is one of the site's own."""


def settings(config: Any, left_out: Container[str]) -> list[tuple[str, Any]]:
    """Return what is set, by name, but for some names."""
    return [(name, plain(config[name])) for name in sorted(config) if name not in left_out]


def plain(value: Any) -> Any:
    """Return a value whose text tells all of it, or is never the same again."""
    if isinstance(value, Mapping):
        return [(str(name), plain(item)) for name, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if callable(value) and hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}", code_of(value.__module__)
    return value


def code_of(module: str) -> bytes:
    """Return the file of a module, where it has one that can be read."""
    path = getattr(sys.modules.get(module), "__file__", None)
    with suppress(OSError):
        return Path(path).read_bytes() if path else b""
    return b""
