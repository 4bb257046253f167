"""Counts of a rule → a regular daily series a segment, with pandas: every day of the table is there, quiet ones as 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from tiktrack.audit.count import Count, Counted, Key
from tiktrack.audit.runs import Floats


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


def days_between(first: date | None, last: date | None) -> tuple[date, ...]:
    """All days, both inclusive; none where an end is not known."""
    if first is None or last is None:
        return ()
    return tuple(first + timedelta(days=i) for i in range((last - first).days + 1))


def by_segment(counted: Counted, days: tuple[date, ...]) -> list[Series]:
    """One series for each combination of the rule's own keys, largest first; finer keys of a measure are summed up."""
    if not counted.counts:
        return []
    own = [counted.keys.index(key) for key in counted.rule.by]
    return series_of(((tuple(c.key[i] for i in own), c) for c in counted.counts), days)


def series_of(pairs: Iterable[tuple[Key, Count]], days: tuple[date, ...]) -> list[Series]:
    """Series by any key."""
    rows = [(key, c.day, c.n, c.bad, c.unknown) for key, c in pairs]
    frame = pd.DataFrame(rows, columns=["key", "day", "n", "bad", "unknown"])
    found = []
    for key, part in frame.groupby("key", sort=False):
        dated = part[part["day"].notna()].groupby("day")[["n", "bad", "unknown"]].sum().reindex(list(days), fill_value=0.0)
        undated = part[part["day"].isna()][["n", "bad", "unknown"]].sum()
        columns = (np.asarray(dated[name], dtype=np.float64) for name in ("n", "bad", "unknown"))
        found.append(Series(tuple(key), days, *columns, undated=(undated["n"], undated["bad"], undated["unknown"])))  # type: ignore[arg-type]
    return sorted(found, key=lambda s: (-s.total[0], str(s.key)))
