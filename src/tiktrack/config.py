"""Settings from flags, environment, files and defaults, in this order; every one knows where it came from."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping as Environment
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from tiktrack.errors import ConfigError, Place
from tiktrack.nearest import did_you_mean
from tiktrack.settings import PROFILES, Settings, Suppression
from tiktrack.yamlfile import Mapping, read

FILE = "tiktrack.yaml"
KEYS = {
    "paths",
    "select",
    "ignore",
    "rules",
    "default_rules",
    "override",
    "suppress",
    "since",
    "until",
    "as_of",
    "timezone",
    "currency",
    "countries",
    "profile",
    "memory",
    "threads",
    "fail_on",
    "min_score",
    "min_coverage",
    "map",
}
_SIZE = re.compile(r"^\s*([0-9.]+)\s*(kb|mb|gb|kib|mib|gib|k|m|g)?\s*$", re.IGNORECASE)
_UNITS = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "g": 10**9,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}
LEVELS = ("critical", "high", "medium", "low", "never")


@dataclass(frozen=True, slots=True)
class Layer:
    """Values of one origin, as written there."""

    origin: str
    values: dict[str, Any]
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings, and for each one that is set its origin."""

    settings: Settings
    origins: dict[str, str]


def configure(
    flags: dict[str, Any],
    environment: Environment[str, str],
    *,
    start: Path,
    file: Path | None = None,
    isolated: bool = False,
) -> Configured:
    """Merge all layers. Raises ConfigError for an unknown key or a value that makes no sense."""
    layers = [
        Layer("flag", {k: v for k, v in flags.items() if v not in (None, (), [], {})}),
        _from_environment(environment),
    ]
    if not isolated:
        project = file or find_project(start)
        layers += [_from_file(project)] if project else []
        user = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "tiktrack" / FILE
        layers += [_from_file(user)] if user.is_file() else []
    elif file:
        layers.append(_from_file(file))
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for key, value in layer.values.items():
            if key not in merged:
                merged[key], origins[key] = _converted(key, value, layer), layer.origin
    memory = merged.pop("memory", None)
    names = {f.name for f in fields(Settings)}
    settings = Settings(**{k: v for k, v in merged.items() if k in names}, memory_bytes=memory)
    return Configured(settings, origins)


def find_project(start: Path) -> Path | None:
    """``tiktrack.yaml``, or a ``pyproject.toml`` with ``[tool.tiktrack]``, upward to the root of the repository."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
        pyproject = folder / "pyproject.toml"
        if pyproject.is_file() and "[tool.tiktrack]" in pyproject.read_text(encoding="utf-8"):
            return pyproject
        if (folder / ".git").exists():
            return None
    return None


def _from_file(path: Path) -> Layer:
    if not path.is_file():
        raise ConfigError("no such settings file", hint="check --config", place=Place(str(path)))
    if path.suffix == ".toml":
        values = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("tiktrack", {})
        lines: dict[str, int] = {}
    else:
        documents = read(path)
        values = documents[0] if documents else Mapping()
        if not isinstance(values, Mapping):
            raise ConfigError(
                "settings must be a mapping of keys", hint="see `tiktrack init`", place=Place(str(path), 1)
            )
        lines = values.lines if hasattr(values, "lines") else {}
    for key in values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS, f"settings are {', '.join(sorted(KEYS))}")
            raise ConfigError(f"there is no setting '{key}'", hint=hint, place=Place(str(path), lines.get(key)))
    return Layer(str(path), dict(values), path.parent)


def _from_environment(environment: Environment[str, str]) -> Layer:
    simple = (
        "timezone",
        "currency",
        "profile",
        "memory",
        "threads",
        "fail_on",
        "min_score",
        "min_coverage",
        "as_of",
        "since",
        "until",
    )
    found = {
        key: environment[f"TIKTRACK_{key.upper()}"] for key in simple if environment.get(f"TIKTRACK_{key.upper()}")
    }
    return Layer("environment", found)


def _converted(key: str, value: Any, layer: Layer) -> Any:
    try:
        return _convert(key, value, layer)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError(f"{key}: {value!r} is not valid: {error}", hint=f"set in {layer.origin}") from error


def _convert(key: str, value: Any, layer: Layer) -> Any:
    match key:
        case "since" | "until" | "as_of":
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        case "memory":
            return size(str(value))
        case "threads":
            return int(value)
        case "min_score" | "min_coverage":
            return float(str(value).rstrip("%")) / (100 if str(value).endswith("%") else 1)
        case "fail_on":
            if value not in LEVELS:
                raise ValueError(f"one of {', '.join(LEVELS)}")
            return value
        case "profile":
            if value not in PROFILES:
                raise ValueError(f"one of {', '.join(PROFILES)}")
            return value
        case "countries":
            return tuple(_country(item) for item in value)
        case "select":
            return tuple(value)
        case "paths" | "rules":
            return tuple(str(layer.folder / item) if layer.folder else item for item in value)
        case "ignore":
            return value if isinstance(value, dict) else dict.fromkeys(value, "ignored on the command line")
        case "override":
            return {rule: {name: str(text) for name, text in limits.items()} for rule, limits in value.items()}
        case "map":
            from tiktrack.column_maps import parse_maps  # knows the sources: only where there is a map

            return parse_maps(value, layer.origin, layer.folder)
        case "suppress":
            return tuple(_suppression(item) for item in value)
        case _:
            return value


def _country(code: Any) -> str:
    text = str(code).upper()
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError("a list of countries with two letters, such as [DE, AT]")
    return text


def _suppression(item: dict[str, Any]) -> Suppression:
    if "rule" not in item or "reason" not in item:
        raise ValueError("a suppression needs rule and reason, and may have segment and until")
    until = item.get("until")
    return Suppression(
        str(item["rule"]),
        {k: str(v) for k, v in (item.get("segment") or {}).items()},
        str(item["reason"]),
        date.fromisoformat(str(until)) if until else None,
    )


def size(text: str) -> int:
    """Bytes of a size such as ``2GB``. Raises ValueError."""
    match = _SIZE.match(text)
    if not match:
        raise ValueError("write a size such as 2GB or 500MB")
    return int(float(match[1]) * _UNITS[(match[2] or "").lower()])


def memory_of(settings: Settings) -> int:
    """Bytes that the engine may take: as set, else 2 GB, or a third of the machine's memory where that is less."""
    return settings.memory_bytes or _machine_memory()


def _machine_memory() -> int:
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 2 * 10**9
    return min(2 * 10**9, whole // 3)
