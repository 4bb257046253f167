"""Sample rows of a finding, with their place in the files, and nothing personal in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from tiktrack.engine import Engine
from tiktrack.model import Evidence
from tiktrack.schema import TABLES

SHOWN = 5
_EMAIL = re.compile(r"[^@\s/?&=]+(@|%40)[^@\s/?&=]+")
_LONG_DIGITS = re.compile(r"\+?\d{9,}")

Place = Callable[[str, int], tuple[str, int]]
"""(table, row_ref) → file and record."""


def sample(engine: Engine, table: str, where: str, columns: Sequence[str], place: Place, *, total: int) -> Evidence:
    """The newest of the ``total`` bad rows; ``where`` is the finding's own condition."""
    shown = [c for c in columns if c in engine.columns(table) and not TABLES[table].by_name[c].personal]
    newest = {"events": "ts_ms", "orders": "created_ms"}.get(table, "day")
    order = f"{newest} desc nulls last, row_ref desc" if newest in engine.columns(table) else "row_ref desc"
    listed = ", ".join(["row_ref", *shown])
    rows = engine.rows(f"select {listed} from {table} where {where} order by {order} limit {SHOWN}").rows
    placed = tuple(
        (*place(table, row[0]), *(_shown(c, v) for c, v in zip(shown, row[1:], strict=True))) for row in rows
    )
    return Evidence(("source_file", "source_row", *(_renamed(c) for c in shown)), placed, total)


def _renamed(column: str) -> str:
    return "time" if column in ("ts_ms", "created_ms") else column


def _shown(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column in ("ts_ms", "received_ms", "created_ms", "paid_ms"):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return mask(value) if isinstance(value, str) else value


def _moment(ms: int) -> str:
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(ms)


def mask(text: str) -> str:
    """E-mail addresses and what looks like a phone number in a path are masked; ids of up to 40 characters stay."""
    masked = _EMAIL.sub("•••@•••", text)
    if masked.startswith("/"):
        masked = _LONG_DIGITS.sub("•••", masked)
    return masked if len(masked) <= 80 else masked[:77] + "…"
