"""Sample rows of findings, with their places in the files, and nothing personal in them.

All findings of a table are served together: one scan finds the newest bad rows of each, another one fetches them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tiktrack.audit.condition import rows_of
from tiktrack.engine import Engine
from tiktrack.model.report import Evidence, Finding, RuleResult
from tiktrack.model.rule import Rule, Share
from tiktrack.personal import mask, mask_message
from tiktrack.schema import TABLES

SHOWN = 5
_NEAR = timedelta(days=14)

Places = Callable[[str, Sequence[int]], dict[int, tuple[str, int]]]
"""(table, row_refs) → row_ref → file and record."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The bad rows of a finding: their condition, how many there are, the day from which on there should be enough of
    them (None where only a look at all rows tells), and the columns to show.
    """

    bad: str
    total: int
    since: date | None
    columns: tuple[str, ...]


def with_evidence(
    engine: Engine, rules: Mapping[str, Rule], results: Iterable[RuleResult], places: Places
) -> list[RuleResult]:
    """The results with the newest bad rows of each finding that counts single rows."""
    results = list(results)
    by_table: dict[str, dict[tuple[str, str], _Wanted]] = {}
    for result in results:
        for found in result.findings:
            wanted = _wanted(engine, rules[result.rule], found)
            if wanted:
                by_table.setdefault(result.table, {})[(result.rule, found.fingerprint)] = wanted
    shown: dict[tuple[str, str], Evidence] = {}
    for table, wanted_of in by_table.items():
        shown |= zip(wanted_of, _samples(engine, table, list(wanted_of.values()), places), strict=True)
    return [
        replace(r, findings=tuple(_with(f, shown.get((r.rule, f.fingerprint))) for f in r.findings)) for r in results
    ]


def _with(finding: Finding, evidence: Evidence | None) -> Finding:
    return replace(finding, evidence=evidence) if evidence else finding


def _wanted(engine: Engine, rule: Rule, found: Finding) -> _Wanted | None:
    """None where the finding is not about single rows: a measure, a detector, a share that ought to be larger."""
    if not isinstance(rule.measure, Share) or (found.limit or "").startswith("<"):
        return None
    known = TABLES[rule.table].by_name
    columns = tuple(c for c in rule.evidence if c in engine.columns(rule.table) and not known[c].personal)
    where = rows_of(rule, found.segment, found.since, found.until)
    return _Wanted(f"{where} and ({rule.measure.bad.text})", round(found.bad), _enough_since(found), columns)


def _enough_since(found: Finding) -> date | None:
    seen = 0.0
    for count in reversed(found.series):
        inside = (found.since or "")[:10] <= count.day <= (found.until or "9999")[:10]
        seen += count.bad if inside else 0.0
        if seen >= SHOWN:
            return date.fromisoformat(count.day)
    return None


def _samples(engine: Engine, table: str, wanted: Sequence[_Wanted], places: Places) -> list[Evidence]:
    newest = _newest(engine, table, wanted)
    refs = sorted({ref for found in newest for ref in found})
    columns = sorted({column for item in wanted for column in item.columns})
    cells = _rows(engine, table, refs, columns)
    at = places(table, refs)
    return [
        Evidence(
            ("source_file", "source_row", *map(_named, item.columns)),
            tuple((*at[ref], *(_shown(c, cells[ref][c]) for c in item.columns)) for ref in found),
            item.total,
        )
        for item, found in zip(wanted, newest, strict=True)
    ]


def _named(column: str) -> str:
    return "time" if column in ("ts_ms", "created_ms", "at_ms") else column


def _newest(engine: Engine, table: str, wanted: Sequence[_Wanted]) -> list[list[int]]:
    """For each finding the ``row_ref`` of its newest bad rows, newest first.

    The days that should hold enough of them are looked through first; everything only for those of which they hold too
    few.
    """
    time = {"events": "ts_ms", "orders": "created_ms"}.get(table, "day")
    moment = {"day": "epoch_ms(day)"}.get(time, time) if time in engine.columns(table) else "0"
    newest = f"max(row(coalesce({moment}, -1), row_ref), {SHOWN})"
    found: list[list[int]] = [[] for _ in wanted]
    for first in (_first_ms(wanted) if time == "ts_ms" else None, None):
        lacking = [i for i, item in enumerate(wanted) if len(found[i]) < min(SHOWN, item.total)]
        if lacking:
            asked = ", ".join(f"{newest} filter (where {wanted[i].bad})" for i in lacking)
            part = f" where {time} >= {first}" if first else ""
            (row,) = engine.rows(f"select {asked} from {table}{part}").rows
            for i, pairs in zip(lacking, row, strict=True):
                found[i] = [ref for _, ref in pairs or ()]
    return found


def _first_ms(wanted: Sequence[_Wanted]) -> int | None:
    """From when on most findings should have enough bad rows; a day early, whatever the time zone of the days."""
    days = [item.since for item in wanted if item.since]
    if not days:
        return None
    near = min(day for day in days if day >= max(days) - _NEAR)
    return (near - date(1970, 1, 2)) // timedelta(milliseconds=1)


def _rows(engine: Engine, table: str, refs: Sequence[int], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
    if not refs:
        return {}
    listed = ", ".join(["row_ref", *columns])
    rows = engine.rows(f"select {listed} from {table} where row_ref in ({', '.join(map(str, refs))})").rows
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def _shown(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_ms") and column != "lag_ms":
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    return mask_message(value) if column == "api_message" else mask(value)


def _moment(ms: int) -> str:
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(ms)
