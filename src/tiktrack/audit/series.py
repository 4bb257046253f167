"""Counts of all rules → regular daily series by segment: quiet days are there, as 0."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tiktrack.audit.count import Counted, Key
from tiktrack.audit.runs import Floats

WHOLE = "(all together)"
"""Stands in a key for all its values, where a detector judges the sum of the segments."""


@dataclass(frozen=True)
class Series:
    """One segment: ``days`` without a gap, and n, bad, unknown for each; ``undated`` rows count in the totals only."""

    key: Key
    days: tuple[date, ...]
    n: Floats
    bad: Floats
    unknown: Floats
    undated: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def total(self) -> tuple[float, float, float]:
        """n, bad and unknown over everything."""
        sums = (float(self.n.sum()), float(self.bad.sum()), float(self.unknown.sum()))
        return sums[0] + self.undated[0], sums[1] + self.undated[1], sums[2] + self.undated[2]

    def without(self, days: Collection[date]) -> Series:
        """The same, with nothing counted on these days."""
        keep = np.array([day not in days for day in self.days], dtype=bool)
        return replace(self, n=self.n * keep, bad=self.bad * keep, unknown=self.unknown * keep)


def days_between(first: date | None, last: date | None) -> tuple[date, ...]:
    """All days, both inclusive; none where an end is not known."""
    if first is None or last is None:
        return ()
    return tuple(first + timedelta(days=i) for i in range((last - first).days + 1))


def all_series(counted: Iterable[Counted], days: dict[str, tuple[date, ...]]) -> dict[str, list[Series]]:
    """Rule id → its series, one for each combination of the rule's own keys, largest first.

    Finer keys of a measure are summed up; ``days`` are those of each table.
    """
    places: list[tuple[int, int]] = []
    counts: list[tuple[float, float, float]] = []
    names: dict[tuple[str, Key], int] = {}
    tables: list[str] = []
    for item in counted:
        calendar = {day: i for i, day in enumerate(days.get(item.rule.table, ()))}
        own = [item.keys.index(key) for key in item.rule.by]
        for c in item.counts:
            name = (item.rule.id, tuple(c.key[i] for i in own))
            if name not in names:
                names[name] = len(names)
                tables.append(item.rule.table)
            places.append((names[name], calendar.get(c.day, -1) if c.day else -1))
            counts.append((c.n, c.bad, c.unknown))
    if not counts:
        return {}
    widest = max((len(calendar) for calendar in days.values()), default=0)
    grid = np.zeros((len(names), widest + 1, 3))  # the last position of a row takes what has no day: index −1
    rows, columns = np.array(places).T
    np.add.at(grid, (rows, columns), np.array(counts))
    return _split(grid, names, tables, days)


def _split(
    grid: Floats, names: dict[tuple[str, Key], int], tables: list[str], days: dict[str, tuple[date, ...]]
) -> dict[str, list[Series]]:
    found: dict[str, list[Series]] = {}
    for (rule_id, key), position in names.items():
        calendar = days.get(tables[position], ())
        n, bad, unknown = (np.ascontiguousarray(grid[position, : len(calendar), i]) for i in range(3))
        aside = tuple(float(x) for x in grid[position, -1])
        found.setdefault(rule_id, []).append(Series(key, calendar, n, bad, unknown, (aside[0], aside[1], aside[2])))
    return {rule_id: sorted(every, key=lambda s: (-s.total[0], str(s.key))) for rule_id, every in found.items()}
