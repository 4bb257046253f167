"""One YAML document → one Rule. Every mistake is collected, each with file, line, key and the nearest right word."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from tiktrack.errors import Place, Problem
from tiktrack.model.rule import Bound, Detect, Example, Measure, Named, Predicate, Ratio, Rule, Share, Value
from tiktrack.model.words import Severity
from tiktrack.nearest import did_you_mean
from tiktrack.rules.keys import BY_NAME, DETECTORS, DIVIDES, MEASURES, OUTCOMES, SHORT, Key
from tiktrack.schema import TABLES, Table
from tiktrack.settings import PROFILES
from tiktrack.yamlfile import Mapping

_BOUND = re.compile(r"^(>|<)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(%)?$")
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def bound_of(text: str) -> Bound | None:
    """The limit that a text such as ``> 5%`` names; None where it names none."""
    match = _BOUND.match(text)
    if not match:
        return None
    return Bound(match[1], float(match[2]) / (100 if match[3] else 1), f"{match[1]} {match[2]}{match[3] or ''}")


class Parser:
    """Reads one document; ``problems`` holds what is wrong with it. ``check`` also checks the SQL inside."""

    def __init__(self, document: Any, path: str, stem: str, *, check: bool) -> None:
        self.document = document if isinstance(document, Mapping) else Mapping()
        self.path, self.stem, self.check = path, stem, check
        self.problems: list[Problem] = []
        if not isinstance(document, Mapping):
            self.document.line, self.document.lines = 1, {}
            self.problem("document", "a rule must be a mapping of keys", "see `tiktrack rules new ID` for a template")

    def problem(self, key: str, message: str, hint: str | None = None, *, inside: Mapping | None = None) -> None:
        mapping = self.document if inside is None else inside
        self.problems.append(Problem(Place(self.path, mapping.line_of(key)), key, message, hint))

    def rule(self) -> Rule | None:
        """The rule, or None where there are problems."""
        if self.problems:
            return None
        self._unknown_keys()
        values = {key.name: self._read(key) for key in BY_NAME.values()}
        table = TABLES.get(str(values["table"]))
        if values["id"] is not None and (not _ID.match(values["id"]) or values["id"] != self.stem):
            self.problem(
                "id", f"'{values['id']}' is not the name of the file", f"write id: {self.stem}, or rename the file"
            )
        measure = self._measure(table)
        where = self._predicate("where", values["where"], table)
        applies = self._predicate("applies", values["applies"], table, aggregate=True)
        by = self._columns("by", values["by"], table)
        bounds = {name: self._bound(name, values[name]) for name in ("warn", "fail", "worst")}
        self._order(bounds)
        examples = self._examples(values["examples"])
        evidence = self._columns("evidence", values["evidence"], table)
        profiles = self._profiles(values["profiles"])
        if self.problems or measure is None:
            return None
        texts = (
            "id",
            "title",
            "family",
            "symptom",
            "table",
            "why",
            "fix",
            "owner",
            "effort",
            "origin",
            "origin_note",
            "cap",
            "exposure",
            "applies_text",
        )
        return Rule(
            **{name: values[name] for name in texts},
            severity=Severity(values["severity"]),
            warn=bounds["warn"],
            fail=bounds["fail"],
            worst=bounds["worst"],
            status=values["status"] or "stable",
            measure=measure,
            where=where,
            applies=applies,
            profiles=profiles,
            by=by,
            min_n=int(values["min_n"] if values["min_n"] is not None else 20),
            unit=values["unit"] or (table.what if table else "rows"),
            false_positives=tuple(values["false_positives"] or ()),
            links=tuple(values["links"] or ()),
            evidence=evidence,
            examples=examples,
            place=Place(self.path, self.document.line),
        )

    def _profiles(self, names: list[str] | None) -> tuple[str, ...]:
        for name in names or ():
            if name not in PROFILES:
                hint = did_you_mean(name, PROFILES, f"one of {', '.join(PROFILES)}")
                self.problem("profiles", f"there is no profile '{name}'", hint)
        return tuple(names or ())

    def _unknown_keys(self) -> None:
        for key in self.document:
            if key not in BY_NAME:
                self.problem(key, "there is no such key", did_you_mean(key, BY_NAME, "see `tiktrack rules schema`"))

    def _read(self, key: Key) -> Any:
        value = self.document.get(key.name)
        if value is None or value == "":
            if key.required:
                self.problem(key.name, "is missing", f"{key.name}: {key.about}")
            return None
        if key.kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if key.kind in ("text", "one_of") and isinstance(value, int | float):
            value = str(value).lower() if isinstance(value, bool) else str(value)
        if not isinstance(value, {"text": str, "one_of": str, "list": list, "mapping": Mapping}.get(key.kind, float)):
            self.problem(key.name, f"must be a {key.kind.replace('one_of', 'word')}", key.about)
            return None
        if isinstance(value, list) and key.name != "examples" and not all(isinstance(item, str) for item in value):
            self.problem(key.name, "contains something that is not text", "put items with a colon in quotes")
            return None
        if key.choices and value not in key.choices:
            hint = did_you_mean(str(value), key.choices, f"one of {', '.join(key.choices)}")
            self.problem(key.name, f"'{value}' is not known", hint)
            return None
        return value

    def _measure(self, table: Table | None) -> Measure | None:
        named = [name for name in MEASURES if self.document.get(name) is not None]
        if len(named) != 1:
            what = " and ".join(named) or "none"
            self.problem(
                named[1] if named else "share",
                f"a rule has exactly one of {', '.join(MEASURES)}; here: {what}",
                "keep one",
            )
            return None
        if table is None:
            return None
        readers = {"share": self._share, "ratio": self._ratio, "value": self._value, "detect": self._detect}
        content = self.document[named[0]]
        return readers[named[0]](content, table) if named[0] in readers else Named(str(content))

    def _share(self, text: Any, table: Table) -> Share | None:
        bad = self._predicate("share", text, table)
        return Share(bad) if bad else None

    def _ratio(self, parts: Any, table: Table) -> Ratio | None:
        if not isinstance(parts, Mapping) or set(parts) != {"top", "bottom"}:
            self.problem(
                "ratio", "needs top and bottom, and nothing else", "ratio: {top: count_if(…), bottom: count_if(…)}"
            )
            return None
        top = self._predicate("top", parts["top"], table, aggregate=True, inside=parts)
        bottom = self._predicate("bottom", parts["bottom"], table, aggregate=True, inside=parts)
        return Ratio(top, bottom) if top and bottom else None

    def _value(self, text: Any, table: Table) -> Value | None:
        of = self._predicate("value", text, table, aggregate=True)
        return Value(of, str(self.document.get("unit_of_value") or "")) if of else None

    def _detect(self, parts: Any, table: Table) -> Detect | None:
        if not isinstance(parts, Mapping):
            self.problem("detect", "is a mapping with kind and parameters", "detect: {kind: drop, count: count(*)}")
            return None
        kind = str(parts.get("kind"))
        if kind not in DETECTORS:
            hint = did_you_mean(kind, DETECTORS, f"one of {', '.join(DETECTORS)}")
            self.problem("kind", f"there is no detector '{kind}'", hint, inside=parts)
            return None
        for name in ("count", *(("exposure",) if kind in DIVIDES else ())):
            if name not in parts:
                self.problem("detect", f"a detector of kind '{kind}' needs '{name}'", f"{name}: count(*)")
                return None
        return Detect(kind, tuple(
            (name, self._setting(kind, name, value, table, parts)) for name, value in parts.items() if name != "kind"
        ))  # fmt: skip

    def _setting(self, kind: str, name: str, value: Any, table: Table, parts: Mapping) -> Any:
        settings = DETECTORS[kind]
        if name not in settings:
            hint = did_you_mean(str(name), settings, f"its settings are {', '.join(settings)}")
            self.problem(name, f"'{name}' is no setting of the detector '{kind}'", hint, inside=parts)
        elif not settings[name]:
            return self._predicate(name, value, table, aggregate=True, inside=parts)
        elif value not in settings[name]:
            hint = did_you_mean(str(value), settings[name], f"one of {', '.join(settings[name])}")
            self.problem(name, f"'{value}' is no {name}", hint, inside=parts)
        return value

    def _predicate(
        self, key: str, text: Any, table: Table | None, *, aggregate: bool = False, inside: Mapping | None = None
    ) -> Predicate | None:
        if text is None or table is None:
            return None
        if not self.check:
            return Predicate(str(text), frozenset())
        from tiktrack import sql

        try:
            return sql.predicate(str(text), table, aggregate=aggregate)
        except sql.RefusedError as refused:
            self.problem(key, refused.message, refused.hint, inside=inside)
            return None

    def _columns(self, key: str, names: Any, table: Table | None) -> tuple[str, ...]:
        if not names or table is None:
            return ()
        for name in names:
            if name not in table.by_name:
                hint = did_you_mean(str(name), table.by_name, "see docs/schema.md")
                self.problem(key, f"there is no column '{name}' in {table.name}", hint)
        return tuple(names)

    def _bound(self, key: str, text: Any) -> Bound | None:
        bound = None if text is None else bound_of(text)
        if text is not None and bound is None:
            self.problem(key, f"'{text}' is not a limit", 'write a limit such as "> 5%" or "< 0.8"')
        return bound

    def _order(self, bounds: dict[str, Bound | None]) -> None:
        """warn, fail, worst look the same way and grow stricter."""
        given = [(name, bound) for name, bound in bounds.items() if bound]
        for (name, bound), (later, limit) in pairwise(given):
            wrong_way = bound.op != limit.op
            if wrong_way or (limit.number < bound.number if bound.op == ">" else limit.number > bound.number):
                self.problem(
                    later,
                    f"{later} ({limit.text}) is not beyond {name} ({bound.text})",
                    "order them: warn, fail, worst",
                )

    def _examples(self, items: Any) -> tuple[Example, ...]:
        found = []
        for item in items or ():
            if (
                not isinstance(item, Mapping)
                or set(item) != {"name", "rows", "expect"}
                or not isinstance(item["expect"], Mapping)
            ):
                self.problem(
                    "examples", "an example needs name, rows and expect", "expect: {outcome: fail, n: 300, bad: 100}"
                )
                continue
            outcome = item["expect"].get("outcome")
            if SHORT.get(str(outcome), str(outcome)) not in OUTCOMES:
                self.problem(
                    "outcome",
                    f"'{outcome}' is not an outcome",
                    f"one of {', '.join((*SHORT, *OUTCOMES[3:]))}",
                    inside=item["expect"],
                )
            found.append(
                Example(
                    str(item["name"]), str(item["rows"]), tuple(item["expect"].items()), Place(self.path, item.line)
                )
            )
        return tuple(found)
