"""What a rule measures: exactly one of share, ratio, value, measure and detect."""

from __future__ import annotations

from typing import Any

from tiktrack.model.rule import Detect, Measure, Named, Ratio, Share, Value
from tiktrack.nearest import did_you_mean
from tiktrack.rules.document import Document
from tiktrack.rules.keys import DETECTORS, DIVIDES, MEASURES
from tiktrack.schema import Table
from tiktrack.yamlfile import Mapping


def measure_of(document: Document, table: Table | None) -> Measure | None:
    """The measure; None where there is a problem, which the document then holds."""
    named = [name for name in MEASURES if document.content.get(name) is not None]
    if len(named) != 1:
        what = " and ".join(named) or "none"
        message = f"a rule has exactly one of {', '.join(MEASURES)}; here: {what}"
        document.problem(named[1] if named else "share", message, "keep one")
        return None
    if table is None:
        return None
    readers = {"share": _share, "ratio": _ratio, "value": _value, "detect": _detect}
    content = document.content[named[0]]
    return readers[named[0]](document, content, table) if named[0] in readers else Named(str(content))


def _share(document: Document, text: Any, table: Table) -> Share | None:
    bad = document.predicate("share", text, table)
    return Share(bad) if bad else None


def _ratio(document: Document, parts: Any, table: Table) -> Ratio | None:
    if not isinstance(parts, Mapping) or set(parts) != {"top", "bottom"}:
        hint = "ratio: {top: count_if(…), bottom: count_if(…)}"
        document.problem("ratio", "needs top and bottom, and nothing else", hint)
        return None
    top = document.predicate("top", parts["top"], table, aggregate=True, inside=parts)
    bottom = document.predicate("bottom", parts["bottom"], table, aggregate=True, inside=parts)
    return Ratio(top, bottom) if top and bottom else None


def _value(document: Document, text: Any, table: Table) -> Value | None:
    of = document.predicate("value", text, table, aggregate=True)
    return Value(of, str(document.content.get("unit_of_value") or "")) if of else None


def _detect(document: Document, parts: Any, table: Table) -> Detect | None:
    if not isinstance(parts, Mapping):
        hint = "detect: {kind: drop, count: count(*)}"
        document.problem("detect", "is a mapping with kind and parameters", hint)
        return None
    kind = str(parts.get("kind"))
    if kind not in DETECTORS:
        hint = did_you_mean(kind, DETECTORS, f"one of {', '.join(DETECTORS)}")
        document.problem("kind", f"there is no detector '{kind}'", hint, inside=parts)
        return None
    for name in ("count", *(("exposure",) if kind in DIVIDES else ())):
        if name not in parts:
            document.problem("detect", f"a detector of kind '{kind}' needs '{name}'", f"{name}: count(*)")
            return None
    settings = (name for name in parts if name != "kind")
    return Detect(kind, tuple((name, _setting(document, kind, name, table, parts)) for name in settings))


def _setting(document: Document, kind: str, name: str, table: Table, parts: Mapping) -> Any:
    settings, value = DETECTORS[kind], parts[name]
    if name not in settings:
        hint = did_you_mean(str(name), settings, f"its settings are {', '.join(settings)}")
        document.problem(name, f"'{name}' is no setting of the detector '{kind}'", hint, inside=parts)
    elif not settings[name]:
        return document.predicate(name, value, table, aggregate=True, inside=parts)
    elif value not in settings[name]:
        hint = did_you_mean(str(value), settings[name], f"one of {', '.join(settings[name])}")
        document.problem(name, f"'{value}' is no {name}", hint, inside=parts)
    return value
