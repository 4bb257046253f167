"""Layers of settings, the nearest to the user first: flags, environment, the project's file, the user's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Environment
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tiktrack.config.values import converted
from tiktrack.errors import ConfigError, Place
from tiktrack.nearest import did_you_mean
from tiktrack.settings import Settings
from tiktrack.yamlfile import Mapping, read

FILE = "tiktrack.yaml"
KEYS = frozenset({field.name for field in fields(Settings)} - {"memory_bytes"} | {"memory"})
"""Settings as users write them: all but one are named like the field."""
_FROM_ENVIRONMENT = (
    "timezone", "currency", "profile", "memory", "threads", "fail_on", "min_score", "min_coverage", "as_of", "since",
    "until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """Values of one origin, as written there; ``folder`` is that of a file."""

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
                merged[key], origins[key] = converted(key, value, layer.origin, layer.folder), layer.origin
    memory = merged.pop("memory", None)
    return Configured(Settings(**merged, memory_bytes=memory), origins)


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


def _from_environment(environment: Environment[str, str]) -> Layer:
    named = {key: environment.get(f"TIKTRACK_{key.upper()}") for key in _FROM_ENVIRONMENT}
    return Layer("environment", {key: value for key, value in named.items() if value})


def _from_file(path: Path) -> Layer:
    if not path.is_file():
        raise ConfigError("no such settings file", hint="check --config", place=Place(str(path)))
    values, lines = _toml(path) if path.suffix == ".toml" else _yaml(path)
    for key in values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS, f"settings are {', '.join(sorted(KEYS))}")
            raise ConfigError(f"there is no setting '{key}'", hint=hint, place=Place(str(path), lines.get(key)))
    return Layer(str(path), values, path.parent)


def _toml(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """``[tool.tiktrack]``; its lines are not known."""
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        hint = "mend the file, or give another one with --config"
        raise ConfigError(f"not readable as TOML: {error}", hint=hint, place=Place(str(path))) from error
    return whole.get("tool", {}).get("tiktrack", {}), {}


def _yaml(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    documents = read(path)
    if not documents:
        return {}, {}
    values = documents[0]
    if not isinstance(values, Mapping):
        raise ConfigError("settings must be a mapping of keys", hint="see `tiktrack init`", place=Place(str(path), 1))
    return values, values.lines
