"""When the log was running: from its first event to its last, without the stretches whose files are missing.

A log that is rotated away, or exported by day with a day left out, is cut at midnights, the account's or UTC's, and
holds no event of any kind in between. Tracking that dies and is mended does so at any hour: that silence is no hole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from tiktrack.engine import Engine

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS
_PAUSE_DAYS, _LEAST_RUN = 7, 0.05
"""Days that a week or more parts from the others are stray rows and not days of the log, where they hold less than this
share of the events."""
_BUSY = 20  # events a day from which an empty day is no chance
_SILENT_HOURS = 24
_EARLY, _LATE = 1, 22  # hours in which a file that was cut at midnight begins and ends


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    rows: int
    first_ms: int
    last_ms: int
    first_hour: int
    last_hour: int


def running(engine: Engine) -> list[tuple[int, int]]:
    """Spans (first and last moment, ms) of the log without stray days at its ends; none where it has no days."""
    days = _days(engine)
    if not days:
        return []
    cuts = _cuts(days)
    begins = [days[0].first_ms, *(after.first_ms for _, after in cuts)]
    ends = [*(before.last_ms for before, _ in cuts), days[-1].last_ms]
    return list(zip(begins, ends, strict=True))


def holes(engine: Engine) -> list[tuple[int, int]]:
    """The stretches between them in hours of the account's clock, since 1970: the first without a file, and the first
    with one again.
    """
    if not _silent(engine):
        return []
    return [(before.last_hour + 1, after.first_hour) for before, after in _cuts(_days(engine))]


def _silent(engine: Engine) -> bool:
    """Whether there is a day and a night without any event; the cube tells without reading the log."""
    if not {"first_hour", "last_hour"} <= engine.columns("events_cube"):
        return False
    rows = engine.rows(
        "select min(first_hour), max(last_hour) from events_cube where day is not null group by day order by day"
    ).rows
    return any(after - before >= _SILENT_HOURS for (_, before), (after, _) in pairwise(rows))


def _cuts(days: list[_Day]) -> list[tuple[_Day, _Day]]:
    busy = bool(days) and median(day.rows for day in days) >= _BUSY
    return [(before, after) for before, after in pairwise(days) if busy and _cut(before, after)]


def _days(engine: Engine) -> list[_Day]:
    there = engine.columns("events")
    at = f"coalesce({', '.join(name for name in ('received_ms', 'ts_ms') if name in there)})"
    hour = "hour" if "hour" in there else f"{at} // {_HOUR_MS}"
    live = " and test is not true" if "test" in there else ""
    rows = engine.rows(
        f"select day, count(*), min({at}), max({at}), min({hour}), max({hour}) from events "
        f"where day is not null{live} group by day order by day"
    ).rows
    days = [_Day(day, *(int(value) for value in rest)) for day, *rest in rows]
    runs: list[list[_Day]] = [[]]
    for day in days:
        if runs[-1] and (day.day - runs[-1][-1].day).days > _PAUSE_DAYS:
            runs.append([])
        runs[-1].append(day)
    least = _LEAST_RUN * sum(day.rows for day in days)
    kept = [i for i, run in enumerate(runs) if sum(day.rows for day in run) >= least] or list(range(len(runs)))
    return [day for run in runs[kept[0] : kept[-1] + 1] for day in run]


def _cut(before: _Day, after: _Day) -> bool:
    """Whether the files between two days with events are missing."""
    if after.first_ms - before.last_ms < _DAY_MS:
        return False
    utc = (before.last_ms // _HOUR_MS, after.first_ms // _HOUR_MS)
    clocks = ((before.last_hour, after.first_hour), utc)
    return any(last % 24 >= _LATE and first % 24 <= _EARLY for last, first in clocks)
