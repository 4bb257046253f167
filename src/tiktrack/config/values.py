"""A value as somebody wrote it → the value of a setting."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from tiktrack.config.memory import size
from tiktrack.errors import ConfigError
from tiktrack.settings import PROFILES, Suppression

LEVELS = ("critical", "high", "medium", "low", "never")


def converted(key: str, value: Any, origin: str, folder: Path | None) -> Any:
    """The value; paths are relative to ``folder``, that of the file. Raises ConfigError, which names the origin."""
    try:
        return _convert(key, value, origin, folder)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError(f"{key}: {value!r} is not valid: {error}", hint=f"set in {origin}") from error


def _convert(key: str, value: Any, origin: str, folder: Path | None) -> Any:
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
            return _one_of(value, LEVELS)
        case "profile":
            return _one_of(value, tuple(PROFILES))
        case "select":
            return tuple(value)
        case "countries":
            return tuple(_country(item) for item in value)
        case "paths" | "rules":
            return tuple(str(folder / item) if folder else item for item in value)
        case "ignore":
            return value if isinstance(value, dict) else dict.fromkeys(value, "ignored on the command line")
        case "override":
            return {rule: {name: str(text) for name, text in limits.items()} for rule, limits in value.items()}
        case "map":
            from tiktrack.column_maps import parse_maps  # knows the sources: only where there is a map

            return parse_maps(value, origin, folder)
        case "suppress":
            return tuple(_suppression(item) for item in value)
        case _:
            return value


def _one_of(value: Any, words: tuple[str, ...]) -> Any:
    if value not in words:
        raise ValueError(f"one of {', '.join(words)}")
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
