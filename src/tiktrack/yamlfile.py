"""Strict YAML: the one door to PyYAML.

No ``NO`` read as false, no ``12:30`` read as 750, no second key that silently wins, no tags, no merge keys. Every
mapping remembers the line of each key, so that an error can name it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tiktrack.errors import ConfigError, Place


class Mapping(dict[str, Any]):
    """A YAML mapping that knows the line of each of its keys."""

    def __init__(self, line: int = 1) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Line of ``key``, or of the mapping where the key is absent."""
        return self.lines.get(key, self.line)


class YamlError(ConfigError):
    """The text is not YAML as we read it."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml where it is there: 8 × faster
    """Plain scalars are text, unless they are plainly a number, true, false or null."""

    path = ""

    def place(self, mark: yaml.Mark) -> Place:
        return Place(self.path, mark.line + 1)

    def fail(self, message: str, mark: yaml.Mark, hint: str | None = None) -> YamlError:
        return YamlError(message, hint=hint, place=self.place(mark))


_Loader.yaml_implicit_resolvers = {}
_RESOLVERS = (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", "n~\0"),
    ("tag:yaml.org,2002:int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:e[-+]?[0-9]+)?$", "-0123456789"),
)
for _tag, _pattern, _first in _RESOLVERS:
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), [c if c != "\0" else "" for c in _first])


_TEXT = "tag:yaml.org,2002:str"


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    result = Mapping(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = _built(loader, key_node)
        if not isinstance(key, str):
            raise loader.fail(f"the key {key!r} is not text", key_node.start_mark, "put it in quotes")
        if key in result:
            first = result.lines[key]
            raise loader.fail(
                f"the key '{key}' appears twice", key_node.start_mark, f"the first is on line {first}; remove one"
            )
        result[key] = _built(loader, value_node)
        result.lines[key] = key_node.start_mark.line + 1
    return result


def _built(loader: _Loader, node: yaml.Node) -> Any:
    """The value of a node; text, which most nodes are, takes no way through the registry of constructors."""
    return node.value if node.tag == _TEXT else loader.construct_object(node, deep=True)


def _unknown_tag(loader: _Loader, node: yaml.Node) -> Any:
    raise loader.fail(
        f"the YAML tag {node.tag} is refused", node.start_mark, "rules and settings are plain data: no tags"
    )


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor(None, _unknown_tag)
for _name in ("timestamp", "binary", "omap", "pairs", "set"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_name}", _unknown_tag)


def parse(text: str, path: str) -> list[Any]:
    """All documents of ``text``; ``path`` is only named in errors."""
    loader = _Loader(text)
    loader.path = path
    documents = []
    try:
        while loader.check_data():
            documents.append(loader.get_data())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(
            f"not readable as YAML: {error.problem or error.context}",
            hint="check indentation, quotes and colons on this line and the one above",
            place=Place(path, mark.line + 1 if mark else None),
        ) from error
    except yaml.reader.ReaderError as error:
        raise YamlError(
            f"not readable as text: {error.reason}", hint="save the file as UTF-8", place=Place(path)
        ) from error
    finally:
        loader.dispose()
    return documents


def read(path: Path) -> list[Any]:
    """All documents of a file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlError("not readable as UTF-8 text", hint="save the file as UTF-8", place=Place(str(path))) from error
    except OSError as error:
        raise YamlError(f"cannot be read: {error.strerror}", place=Place(str(path))) from error
    return parse(text, str(path))
