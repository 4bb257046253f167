"""One YAML document → one Rule. Every mistake is collected, each with file, line, key and the nearest right word."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from tiktrack.errors import Place
from tiktrack.model.rule import Bound, Example, Rule
from tiktrack.model.words import Severity
from tiktrack.nearest import did_you_mean
from tiktrack.rules.document import Document
from tiktrack.rules.keys import OUTCOMES, SHORT
from tiktrack.rules.question import measure_of
from tiktrack.schema import TABLES
from tiktrack.settings import PROFILES
from tiktrack.yamlfile import Mapping

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BOUND = re.compile(r"^(>|<)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(%)?$")
_AS_WRITTEN = (
    "id", "title", "family", "symptom", "table", "why", "fix", "owner", "effort", "origin", "origin_note", "cap",
    "exposure", "applies_text",
)  # fmt: skip
_MIN_N = 20


def bound_of(text: str) -> Bound | None:
    """The limit that a text such as ``> 5%`` names; None where it names none."""
    match = _BOUND.match(text)
    if not match:
        return None
    return Bound(match[1], float(match[2]) / (100 if match[3] else 1), f"{match[1]} {match[2]}{match[3] or ''}")


def parse(document: Document, stem: str) -> Rule | None:
    """The rule, whose id is the ``stem`` of its file; None where the document then holds problems."""
    if document.problems:
        return None
    values = document.values()
    table = TABLES.get(str(values["table"]))
    _check_id(document, values["id"], stem)
    measure = measure_of(document, table)
    where = document.predicate("where", values["where"], table)
    applies = document.predicate("applies", values["applies"], table, aggregate=True)
    by = document.columns("by", values["by"], table)
    warn, fail, worst = _limits(document, values)
    examples = _examples(document, values["examples"])
    evidence = document.columns("evidence", values["evidence"], table)
    profiles = _profiles(document, values["profiles"])
    if document.problems or measure is None or table is None:
        return None
    return Rule(
        **{name: values[name] for name in _AS_WRITTEN},
        measure=measure,
        where=where,
        applies=applies,
        by=by,
        warn=warn,
        fail=fail,
        worst=worst,
        examples=examples,
        evidence=evidence,
        profiles=profiles,
        severity=Severity(values["severity"]),
        status=values["status"] or "stable",
        min_n=int(values["min_n"] if values["min_n"] is not None else _MIN_N),
        unit=values["unit"] or table.what,
        false_positives=tuple(values["false_positives"] or ()),
        links=tuple(values["links"] or ()),
        place=Place(document.path, document.content.line),
    )


def _check_id(document: Document, rule_id: str | None, stem: str) -> None:
    if rule_id is not None and (not ID.fullmatch(rule_id) or rule_id != stem):
        hint = f"write id: {stem}, or rename the file"
        document.problem("id", f"'{rule_id}' is not the name of the file", hint)


def _profiles(document: Document, names: list[str] | None) -> tuple[str, ...]:
    for name in names or ():
        if name not in PROFILES:
            hint = did_you_mean(name, PROFILES, f"one of {', '.join(PROFILES)}")
            document.problem("profiles", f"there is no profile '{name}'", hint)
    return tuple(names or ())


def _limits(document: Document, values: dict[str, Any]) -> list[Bound | None]:
    """warn, fail and worst: they look the same way and grow stricter."""
    names = ("warn", "fail", "worst")
    limits = [_bound(document, name, values[name]) for name in names]
    given = [(name, bound) for name, bound in zip(names, limits, strict=True) if bound]
    for (name, bound), (later, limit) in pairwise(given):
        wrong_way = bound.op != limit.op
        if wrong_way or (limit.number < bound.number if bound.op == ">" else limit.number > bound.number):
            message = f"{later} ({limit.text}) is not beyond {name} ({bound.text})"
            document.problem(later, message, "order them: warn, fail, worst")
    return limits


def _bound(document: Document, key: str, text: Any) -> Bound | None:
    bound = None if text is None else bound_of(text)
    if text is not None and bound is None:
        document.problem(key, f"'{text}' is not a limit", 'write a limit such as "> 5%" or "< 0.8"')
    return bound


def _examples(document: Document, items: Any) -> tuple[Example, ...]:
    found = []
    for item in items or ():
        whole = isinstance(item, Mapping) and set(item) == {"name", "rows", "expect"}
        if not whole or not isinstance(item["expect"], Mapping):
            hint = "expect: {outcome: fail, n: 300, bad: 100}"
            document.problem("examples", "an example needs name, rows and expect", hint)
            continue
        outcome = item["expect"].get("outcome")
        if SHORT.get(str(outcome), str(outcome)) not in OUTCOMES:
            hint = f"one of {', '.join((*SHORT, *OUTCOMES[3:]))}"
            document.problem("outcome", f"'{outcome}' is not an outcome", hint, inside=item["expect"])
        place = Place(document.path, item.line)
        found.append(Example(str(item["name"]), str(item["rows"]), tuple(item["expect"].items()), place))
    return tuple(found)
