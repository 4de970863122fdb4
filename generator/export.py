"""Write the pages to disk, with a configuration that any builder of MkDocs sites can take.

The folder gets a list of what was written into it. A later export takes out what it no longer
makes, and a folder without that list is never touched unless it is empty.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import yaml
from pathspec import GitIgnoreSpec

from generator.folders import DIGESTS, VOCABULARY
from generator.model import Problem
from generator.project import read_library
from generator.publishing import files_beside
from generator.searching import WrittenPage, written_page
from generator.supply import TextSupply
from generator.writing import Site, markdown, write_pages

MANIFEST = ".broadsheet-export"
_PLUGIN = "broadsheet"
_NOT_IN_NAV = (
    "\n/papers/\n/digests/*\n/years/\n/tags/*\n/authors/\n/glossary/*\n/about/vocabulary.md"
    "\n/map.md\n/trends.md\n/saved.md\n/read.md\n/new.md\n/search.md\n"
)
"""Pages that the plugin keeps out of the navigation, as patterns of mkdocs.yml."""


class ExportError(ValueError):
    """The export cannot be made; the message says why and what to do."""


def export_site(config: Path, folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Write a site's sources to a folder.

    Takes the path of mkdocs.yml and the folder. Returns the number of files written and the
    problems of the digests. Raises ExportError if mkdocs.yml cannot be understood or the folder
    holds what no export wrote, OSError if something cannot be written.
    """
    root = config.resolve().parent
    settings = _settings(config)
    docs = root / settings.text("docs_dir", "docs")
    theme = settings.mapping("theme")
    overrides = theme.text("custom_dir", "")
    sources = {"docs": docs} | ({"overrides": root / overrides} if overrides else {})
    _refuse_inside(folder, sources.values())
    old = _earlier(folder)

    supply = TextSupply(docs)
    library = read_library(docs / DIGESTS, docs / VOCABULARY, supply=supply)
    site = Site(settings.text("site_name", "Broadsheet"), settings.text("site_description", ""))
    pages = {f"docs/{page.path}": markdown(page) for page in write_pages(library, site, supply)}

    settings.set("docs_dir", "docs")
    settings.drop("site_dir")
    settings.drop_plugin(_PLUGIN)
    settings.set("not_in_nav", settings.text("not_in_nav", "") + _NOT_IN_NAV)
    if overrides:
        theme.set("custom_dir", "overrides")
    pages["mkdocs.yml"] = settings.dump()

    copies = {
        f"{name}/{path.relative_to(source).as_posix()}": path
        for name, source in sources.items()
        for path in sorted(source.rglob("*"))
        if path.is_file() and _within(path, root)
    }
    copies = {name: path for name, path in copies.items() if name not in pages}
    written = sorted({*pages, *copies})
    folder.mkdir(parents=True, exist_ok=True)
    # The list comes first: an export that is broken off can then be repeated.
    _write(folder / MANIFEST, "".join(f"{name}\n" for name in sorted(old | set(written))))
    for name, content in pages.items():
        _write(_target(folder, name), content)
    for name, path in copies.items():
        target = _target(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    with (folder / MANIFEST).open("a", encoding="utf-8", newline="\n") as manifest:
        by_hand = _by_hand(copies, settings.text("exclude_docs", ""))
        for place, data in files_beside(library, site, by_hand):
            name = f"docs/{place}"
            manifest.write(f"{name}\n")
            target = _target(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written.append(name)
    for name in old - set(written):
        _take_out(folder, name)
    _write(folder / MANIFEST, "".join(f"{name}\n" for name in sorted(written)))
    return len(written), library.problems


def _by_hand(copies: dict[str, Path], excluded: str) -> list[WrittenPage]:
    """Read the pages that are to be found by the search; a page that cannot be read is none."""
    hidden = GitIgnoreSpec.from_lines(excluded.splitlines())
    found = []
    for name, path in copies.items():
        inside = name.removeprefix("docs/")
        if inside == name or path.suffix != ".md" or hidden.match_file(inside):
            continue
        address = re.sub(r"(^|/)(?:index|README)\.md$|\.md$", r"\1/", inside).lstrip("/")
        with suppress(OSError, UnicodeDecodeError):
            found.append(written_page(address.replace("//", "/"), path.read_text("utf-8-sig")))
    return [page for page in found if page]


def _within(path: Path, root: Path) -> bool:
    """Whether a file belongs to the project; raise if it is a link to somewhere else."""
    if not path.resolve().is_relative_to(root):
        raise ExportError(f"{path} is a link to a file outside of {root}: take it out first")
    return True


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")


def _refuse_inside(folder: Path, sources: Iterable[Path]) -> None:
    for source in sources:
        if folder.resolve().is_relative_to(source.resolve()):
            raise ExportError(f"{folder} lies within {source}: choose a folder outside of it")


def _earlier(folder: Path) -> set[str]:
    """Return what an earlier export wrote; raise if the folder is somebody else's."""
    manifest = folder / MANIFEST
    if manifest.is_file():
        try:
            return set(manifest.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError as error:
            raise ExportError(f"{manifest} is not what an export wrote: {error}") from error
    if folder.is_symlink() and not folder.exists():
        raise ExportError(f"{folder} is a link to nowhere: name an empty or a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(
            f"{folder} is not empty, and no export wrote it: name an empty or a new folder"
        )
    return set()


def _target(folder: Path, name: str) -> Path:
    """Return where a file goes; raise if a link on the way leads out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ExportError(f"{path} leads out of {folder}: take the link out, or name a new folder")
    return path


def _take_out(folder: Path, name: str) -> None:
    """Delete a file of an earlier export, and the folders that it leaves empty."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()


class _Mapping:
    """A mapping in mkdocs.yml, kept as nodes so that tags such as `!ENV` survive."""

    def __init__(self, node: yaml.MappingNode) -> None:
        self._node = node

    def get(self, key: str) -> yaml.Node | None:
        return next((value for name, value in self._node.value if name.value == key), None)

    def text(self, key: str, default: str) -> str:
        node = self.get(key)
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            return default
        return str(node.value).replace("\0", "")

    def mapping(self, key: str) -> _Mapping:
        node = self.get(key)
        return _Mapping(node if isinstance(node, yaml.MappingNode) else _nothing())

    def set(self, key: str, value: str) -> None:
        self.drop(key)
        pair = (_scalar(key), _scalar(value))
        self._node.value.append(pair)

    def drop(self, key: str) -> None:
        self._node.value = [(name, node) for name, node in self._node.value if name.value != key]

    def drop_plugin(self, name: str) -> None:
        node = self.get("plugins")
        if isinstance(node, yaml.MappingNode):
            _Mapping(node).drop(name)
        elif isinstance(node, yaml.SequenceNode):
            node.value = [item for item in node.value if not _names(item, name)]

    def dump(self) -> str:
        return yaml.serialize(self._node, Dumper=yaml.SafeDumper, allow_unicode=True)


def _settings(config: Path) -> _Mapping:
    try:
        node = yaml.compose(config.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ExportError(f"{config} is not YAML in UTF-8: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise ExportError(f"{config} has no settings: expected e.g. `site_name: Broadsheet`")
    return _Mapping(node)


def _names(item: yaml.Node, plugin: str) -> bool:
    if isinstance(item, yaml.ScalarNode):
        return bool(item.value == plugin)
    return isinstance(item, yaml.MappingNode) and _Mapping(item).get(plugin) is not None


def _scalar(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)


def _nothing() -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", [])
