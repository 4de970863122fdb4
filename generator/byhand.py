"""Pages by hand, and the theme's own, as the build before left them.

A digest that is added changes none of them; but the builder would convert and lay out each of
them again and compile a whole theme for that, which is a tenth of such a build. So their HTML is
kept with a digest of all that they rest on. That can be told only where nothing but this package
has a part in them: not with other plugins, nor with extensions of Markdown that look elsewhere.

A page of which something was said to the reader of the terminal is not kept, for it has to be said
again.
"""

from __future__ import annotations

import hashlib
import html
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from generator.caching.stamp import add_files, files_below
from generator.folders import DIGESTS
from generator.memory import Memory
from generator.settings import THEMES, plain, settings

_NAME = "by-hand"
_TOP = "mkdocs"
_OURS = "mkdocs.plugins"
"""Loggers: what plugins have to say is said by them in each build."""

_PLUGINS = ["broadsheet"]
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html"),
    *("meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
}
"""What makes the same of the same Markdown, by the version of Markdown that is in the stamp."""

_TOLD_OTHERWISE = {"plugins", "theme", "site_dir", "exclude_docs", "draft_docs", "not_in_nav"}
"""Settings that files show, or that are looked at by themselves."""

_DATED = (b"build_date", b"update_date")
"""What a template of the site would have to say to tell the day of the build."""

_BREAKS = re.compile(r"[\s/\\()<>\[\]\"'#?]+")


class Left(msgspec.Struct, frozen=True):
    """What a build left of its pages."""

    key: bytes
    titles: dict[str, str]
    """By the paths of Markdown files, those of pages that are made here too."""
    files: dict[str, str]
    """HTML by path in the site."""


class ByHand:
    """What is kept of pages by hand; nothing, if one of them may be another by now."""

    def __init__(self, memory: Memory, key: bytes | None) -> None:
        """Take the memory, and a digest of what all the pages rest on, if that can be told."""
        self._memory = memory
        self._key = key
        self._listener = _Listener()
        left = _decoded(memory.recall(_NAME)) if key else None
        self.is_kept = left is not None and left.key == key
        self.titles = left.titles if left and self.is_kept else {}
        self.files = left.files if left and self.is_kept else {}

    def listen(self) -> None:
        """Hear from now on what is said of the pages."""
        logging.getLogger(_TOP).addHandler(self._listener)

    def close(self) -> None:
        """Hear no more."""
        logging.getLogger(_TOP).removeHandler(self._listener)

    def remember(
        self, titles: Mapping[str, object], files: Iterable[str], text: Callable[[str], str]
    ) -> None:
        """Keep the pages for the next build, unless something had to be said of them.

        `text` gives the HTML of one of the `files`. Raises OSError if it cannot.
        """
        self.close()
        if self._key is None or self.is_kept or self._listener.has_heard:
            return
        plain = {path: title for path, title in titles.items() if isinstance(title, str)}
        if len(plain) < len(titles):
            return
        try:
            left = Left(self._key, plain, {path: text(path) for path in files})
            self._memory.remember(_NAME, msgspec.msgpack.encode(left))
        except (FileNotFoundError, UnicodeError):  # An empty page, or bytes that are no text.
            return


class _Listener(logging.Handler):
    """Notes whether the builder says anything."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.has_heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.has_heard = self.has_heard or not record.name.startswith(_OURS)


def grounds(
    config: Any,
    files: Iterable[Any],
    texts: Mapping[str, str],
    *others: object,
) -> bytes | None:
    """Return a digest of all that pages by hand rest on; nothing, if that cannot be told.

    `config` and `files` are the builder's, `texts` the Markdown by path; `others` are plain values.
    """
    theme = config.theme
    can_be_told = (
        list(config.plugins) == _PLUGINS
        and not (config.hooks or config.extra_templates)
        and theme.name in THEMES
        and _EXTENSIONS.issuperset(map(str, config.markdown_extensions))
    )
    if not can_be_told:
        return None
    said = {word for text in texts.values() for word in _words(text)}
    known = hashlib.blake2b(digest_size=16)
    values = (
        # What is not shown at all one time is not to be shown the next.
        logging.getLogger(_TOP).getEffectiveLevel(),
        settings(config, _TOLD_OTHERWISE),
        (settings(theme, ()), sorted(theme.static_templates)),
        [_place(file) for file in files if not _is_unsaid(file.src_uri, said)],
        sorted(texts.items()),
        others,
    )
    known.update(f"{plain(values)!r}".encode("utf-8", "backslashreplace"))
    if theme.custom_dir:
        paths = files_below(Path(theme.custom_dir))
        contents = (Path(path).read_bytes() for path in paths)
        if any(word in content for content in contents for word in _DATED):
            return None
        add_files(known, Path(theme.custom_dir), paths)
    return known.digest()


def _place(file: Any) -> tuple[str, ...]:
    return (file.src_uri, file.dest_uri, file.url, str(file.inclusion), str(file.generated_by))


def _is_unsaid(path: str, said: set[str]) -> bool:
    """Whether a file is a digest that no text can lead to, since it does not have its name."""
    name = path.rpartition("/")[2]
    is_digest = path.startswith(f"{DIGESTS}/") and path.endswith(".txt")
    return is_digest and name not in said and not _BREAKS.search(name)


def _words(text: str) -> Iterable[str]:
    """Return what could be a digest's name at the end of a link, however that is written."""
    plain = html.unescape(unquote(text.replace("\\", "")))
    lines = (line for each in (plain, text) for line in each.splitlines() if "txt" in line)
    return (word for line in lines for word in _BREAKS.split(line))


def _decoded(kept: bytes | None) -> Left | None:
    if kept is None:
        return None
    try:
        return msgspec.msgpack.decode(kept, type=Left)
    except (msgspec.DecodeError, ValueError):
        return None
