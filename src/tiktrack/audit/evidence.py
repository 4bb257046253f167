"""Sample rows of findings, with their places in the files, and nothing personal in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tiktrack.engine import Engine
from tiktrack.model import Evidence, Finding, RuleResult
from tiktrack.personal import mask
from tiktrack.schema import TABLES

SHOWN = 5

Places = Callable[[str, Sequence[int]], dict[int, tuple[str, int]]]
"""(table, row_refs) → row_ref → file and record."""


def sample(engine: Engine, table: str, where: str, columns: Sequence[str], *, total: int) -> Evidence:
    """The newest of the ``total`` bad rows; ``where`` is the finding's own condition. The first column is ``row_ref``:
    :func:`placed` turns it into file and record, for all findings at once.

    The ends of the files are looked through first (``events_recent``); the whole table only where they hold too few.
    """
    shown = [c for c in columns if c in engine.columns(table) and not TABLES[table].by_name[c].personal]
    newest = {"events": "ts_ms", "orders": "created_ms"}.get(table, "day")
    order = f"{newest} desc nulls last, row_ref desc" if newest in engine.columns(table) else "row_ref desc"
    asked = f"select {', '.join(['row_ref', *shown])} from {{}} where {where} order by {order} limit {SHOWN}"
    rows: list[tuple[Any, ...]] = []
    for source in (f"{table}_recent", table):
        if len(rows) < min(SHOWN, total) and engine.columns(source):
            rows = engine.rows(asked.format(source)).rows
    cells = tuple((row[0], *(_shown(c, v) for c, v in zip(shown, row[1:], strict=True))) for row in rows)
    return Evidence(("row_ref", *(_renamed(c) for c in shown)), cells, total)


def placed(results: Iterable[RuleResult], places: Places) -> list[RuleResult]:
    """The results with file and record in their samples."""
    results = list(results)
    refs: dict[str, set[int]] = defaultdict(set)
    for result in results:
        refs[result.table].update(row[0] for f in result.findings for row in f.evidence.rows)
    known = {table: places(table, sorted(of)) for table, of in refs.items() if of}
    return [
        replace(r, findings=tuple(_placed(f, known[r.table]) for f in r.findings)) if r.table in known else r
        for r in results
    ]


def _placed(finding: Finding, known: dict[int, tuple[str, int]]) -> Finding:
    shown = finding.evidence
    if not shown.columns:
        return finding
    rows = tuple((*known[row[0]], *row[1:]) for row in shown.rows)
    return replace(finding, evidence=Evidence(("source_file", "source_row", *shown.columns[1:]), rows, shown.total))


def _renamed(column: str) -> str:
    return "time" if column in ("ts_ms", "created_ms", "at_ms") else column


def _shown(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_ms") and column != "lag_ms":
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return mask(value) if isinstance(value, str) else value


def _moment(ms: int) -> str:
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(ms)
