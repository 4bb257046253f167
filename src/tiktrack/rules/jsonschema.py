"""JSON Schema of a rule file, made from the list of keys."""

from __future__ import annotations

from typing import Any

from tiktrack.rules.keys import BY_NAME, DETECTORS, MEASURES, Key

_TYPES = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "list": {"type": "array"},
    "mapping": {"type": "object"},
}


def rule_schema() -> dict[str, Any]:
    """Draft 2020-12."""
    properties = {key.name: _property(key) for key in BY_NAME.values()}
    properties["ratio"] = {**properties["ratio"], "required": ["top", "bottom"], "additionalProperties": False,
                           "properties": {"top": {"type": "string"}, "bottom": {"type": "string"}}}  # fmt: skip
    properties["detect"] = {
        **properties["detect"],
        "required": ["kind", "count"],
        "additionalProperties": False,
        "properties": {"kind": {"enum": list(DETECTORS)}, **_settings()},
    }
    for limit in ("warn", "fail", "worst"):
        properties[limit]["pattern"] = r"^[<>]\s*-?[0-9]+(\.[0-9]+)?\s*%?$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tiktrack rule",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": [key.name for key in BY_NAME.values() if key.required],
        "oneOf": [{"required": [name]} for name in MEASURES],
    }


def _settings() -> dict[str, Any]:
    """The settings of all detectors; which detector takes which is checked by ``rules lint``."""
    known = {name: choices for settings in DETECTORS.values() for name, choices in settings.items()}
    return {name: {"enum": list(choices)} if choices else {"type": "string"} for name, choices in known.items()}


def _property(key: Key) -> dict[str, Any]:
    kind = {"enum": list(key.choices)} if key.choices else dict(_TYPES[key.kind])
    return {**kind, "description": key.about}
