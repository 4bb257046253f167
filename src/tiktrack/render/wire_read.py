"""Builds records from JSON values by their type annotations; every complaint carries the path of the key."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tiktrack.errors import InputError


def read(kind: Any, value: Any, path: str) -> Any:
    """``value`` as an instance of the annotation ``kind``; ``path`` names the place for complaints."""
    if kind is Any:
        return value
    if is_dataclass(kind):
        return _record(kind, value, path)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(kind) if arg is not type(None))
        return None if value is None else read(inner, value, path)
    if origin in _CONTAINERS:
        return _CONTAINERS[origin](get_args(kind), value, path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind, value, path)
    return _leaf(kind, value, path)


def _record(kind: Any, value: Any, path: str) -> Any:
    """A record; keys with a default may be absent, keys that nobody knows are passed over."""
    data = _expect(dict, value, path)
    hints = _hints(kind)
    given = {}
    for field in fields(kind):
        if field.name in data:
            given[field.name] = read(hints[field.name], data[field.name], f"{path}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise InputError(f"{path}.{field.name} is missing", hint="the file is no complete tiktrack report")
    return kind(**given)


def _tuple(args: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    """A list of one type (``tuple[X, ...]``) or a fixed row of types."""
    items = _expect(list, value, path)
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(read(args[0], item, f"{path}[{at}]") for at, item in enumerate(items))
    if len(items) != len(args):
        raise InputError(f"{path} must have {len(args)} items and has {len(items)}")
    return tuple(read(arg, item, f"{path}[{at}]") for at, (arg, item) in enumerate(zip(args, items, strict=True)))


def _dict(args: tuple[Any, ...], value: Any, path: str) -> dict[str, Any]:
    """A mapping with text keys."""
    return {key: read(args[1], item, f"{path}.{key}") for key, item in _expect(dict, value, path).items()}


_CONTAINERS: dict[Any, Callable[[tuple[Any, ...], Any, str], Any]] = {tuple: _tuple, dict: _dict}


def _choice(kind: type[Enum], value: Any, path: str) -> Enum:
    """A word of a closed list."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise InputError(f"{path} is {value!r}, expected one of {known}") from None


def _leaf(kind: type, value: Any, path: str) -> Any:
    """Text, a number or a truth value; null stands for a float that JSON cannot hold."""
    if kind is float and value is None:
        return math.nan
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, bool) and kind is not bool:
        raise InputError(f"{path} must be {_NAMES[kind]}")
    return _expect(kind, value, path)


_NAMES = {
    dict: "an object",
    list: "a list",
    str: "text",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
}


def _expect(kind: type, value: Any, path: str) -> Any:
    if not isinstance(value, kind):
        raise InputError(f"{path} must be {_NAMES[kind]}")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Annotations of a record with their names resolved."""
    return get_type_hints(kind)
