"""Events dated outside of their log: visitors whose clocks are wrong.

A hit of the browser carries the visitor's clock. One that is a month ahead would stretch the log by a month of silence,
so the days of a log end where its rows end: days at either end that hold next to nothing are none of it, unless another
table (orders, the report) reaches them, as it does when a pixel has died and only a few rows trickle in.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from tiktrack.engine.duckdb import DuckDB

_NEXT_TO_NOTHING = 0.01  # of a usual day; as much again for each empty day before it
_MOST_EMPTY = 9


def span_of_log(rows: Mapping[int, int], reach: tuple[int, int] | None = None) -> tuple[int, int]:
    """First and last day of a log with so many rows a day; ``reach`` is the span of the other tables. Days are counted
    from 1970.
    """
    days = sorted(rows)
    usual = _usual(sorted(rows.values()))
    first = _end(days, rows, usual)
    last = _end(days[::-1], rows, usual)
    if reach is None:
        return first, last
    return min(first, max(days[0], reach[0])), max(last, min(days[-1], reach[1]))


def _usual(counts: list[int]) -> int:
    """Rows of the day in which the middle row of the log stands: many nearly empty days do not lower it."""
    seen, half = 0, sum(counts) / 2
    for count in counts:
        seen += count
        if seen >= half:
            return count
    return 0


def _end(inward: list[int], rows: Mapping[int, int], usual: int) -> int:
    """The outermost day that belongs to the log, from one end inward."""
    for day, within in pairwise(inward):
        empty = min(abs(within - day) - 1, _MOST_EMPTY)
        if rows[day] >= _NEXT_TO_NOTHING * usual * (1 + empty):
            return day
    return inward[-1]


def days_of_log(engine: DuckDB, day: str, reach: tuple[int, int] | None) -> tuple[int, int] | None:
    """The same for ``events_store``; ``day`` is the SQL of the day of a row ``s``, a number. None without any day."""
    found = engine.rows(f"select {day} as d, count(*) from events_store s where s.reject is null group by 1").rows
    rows = {int(day): int(n) for day, n in found if day is not None}
    return span_of_log(rows, reach) if rows else None
