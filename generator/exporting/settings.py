"""mkdocs.yml, kept as it is written where it is not changed on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag


class ExportError(ValueError):
    """The export cannot be made; the message says why and what to do."""


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml: `!ENV` as MkDocs does, and no other tag of Python's."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda *_: None)


class Settings:
    """A mapping in mkdocs.yml: what it says, and as nodes, so that tags such as `!ENV` survive."""

    def __init__(self, node: yaml.Node | None, values: object) -> None:
        """Take a mapping as it was written, and what that means; what is none is empty."""
        empty = yaml.MappingNode("tag:yaml.org,2002:map", [])
        self._node = node if isinstance(node, yaml.MappingNode) else empty
        self.values: Mapping[str, Any] = values if isinstance(values, dict) else {}
        """What was set at the beginning."""

    @classmethod
    def read(cls, config: Path) -> Settings:
        """Read a file; raise ExportError if it is no mapping of YAML."""
        try:
            text = config.read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            values = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ExportError(f"{config} is not YAML in UTF-8: {error}") from error
        if not isinstance(node, yaml.MappingNode):
            raise ExportError(f"{config} has no settings: expected e.g. `site_name: Broadsheet`")
        return cls(node, values)

    def text(self, key: str, default: str = "") -> str:
        """Return a text that was set."""
        value = self.values.get(key)
        if not value or isinstance(value, (dict, list)):
            return default
        # No name of a file has this character.
        return str(value).replace("\0", "")

    def mapping(self, key: str) -> Settings:
        """Return a mapping within this one; an empty one of its own if there is none."""
        return Settings(_value(self._node, key), self.values.get(key))

    def set(self, key: str, value: str) -> None:
        """Set a text, which stands last then."""
        self.drop(key)
        self._node.value.append((_scalar(key), _scalar(value)))

    def drop(self, key: str) -> None:
        """Take out what was set."""
        self._node.value = [(name, node) for name, node in self._node.value if name.value != key]

    def plugins(self) -> dict[str, Mapping[str, Any]]:
        """Return the options of all plugins by their names, as they were at the beginning."""
        return dict(_plugins(self.values.get("plugins")))

    def drop_plugin(self, name: str) -> None:
        """Take out a plugin."""
        node = _value(self._node, "plugins")
        if isinstance(node, yaml.MappingNode):
            Settings(node, {}).drop(name)
        elif isinstance(node, yaml.SequenceNode):
            node.value = [item for item in node.value if not _names(item, name)]

    def add_plugin(self, plugin: str) -> None:
        """Add a plugin, written as YAML: its name, a colon, and a mapping of its options."""
        item = yaml.compose(plugin, Loader=yaml.SafeLoader)
        node = _value(self._node, "plugins")
        if isinstance(node, yaml.MappingNode) and isinstance(item, yaml.MappingNode):
            node.value += item.value
        elif isinstance(node, yaml.SequenceNode):
            node.value.append(item)

    def rename(self, key: str, name: Callable[[str], str]) -> None:
        """Let every text below a key be what `name` makes of it."""
        _rename(_value(self._node, key), name)

    def dump(self) -> str:
        """Return all of it as YAML."""
        return yaml.serialize(self._node, Dumper=yaml.SafeDumper, allow_unicode=True)


def _value(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _rename(node: yaml.Node | None, name: Callable[[str], str]) -> None:
    if isinstance(node, yaml.ScalarNode):
        node.value = name(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _rename(item, name)
    elif isinstance(node, yaml.MappingNode):
        for _, item in node.value:
            _rename(item, name)


def _plugins(values: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(values, str):
        yield values, {}
    elif isinstance(values, dict):
        for name, options in values.items():
            yield str(name), options if isinstance(options, dict) else {}
    elif isinstance(values, list):
        for item in values:
            yield from _plugins(item)


def _names(item: yaml.Node, plugin: str) -> bool:
    if isinstance(item, yaml.ScalarNode):
        return bool(item.value == plugin)
    return isinstance(item, yaml.MappingNode) and _value(item, plugin) is not None


def _scalar(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)
