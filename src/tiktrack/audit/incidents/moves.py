"""How a daily series moved from one stretch of days to the next, with the doubt that is left."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from tiktrack.audit.runs import Floats
from tiktrack.detect.records import Ints

BEFORE = 28
"""Days that tell how it was."""
_LEAST_DAYS, _LEAST_SUM = 7, 10.0
_PHI, _PHI_DAYS = 0.03, 14.0  # day-to-day variance beyond chance, and how many days of data that belief weighs
_PHI_APART = 0.015
_FADE = 2.2  # variance of a mean of days that resemble their neighbours, against independent days
_DRIFT = 0.04
_Z = 1.645


@dataclass(frozen=True, slots=True)
class Move:
    """Counts a day before and since, their ratio (weekdays allowed for) and the s.d. of its logarithm."""

    before: float
    after: float
    ratio: float
    sd: float

    @property
    def log(self) -> float:
        """Logarithm of the ratio; a total loss is as far away as a loss of 97 %."""
        return log(max(self.ratio, 0.03))

    @property
    def low(self) -> float:
        """Lower end of the 90 % interval of the ratio."""
        return self.ratio * exp(-_Z * self.sd)

    @property
    def high(self) -> float:
        """Upper end of the 90 % interval of the ratio."""
        return self.ratio * exp(_Z * self.sd)


def moved(counts: Floats, first: int, stop: int) -> Move | None:
    """Rows ``first`` to ``stop`` (exclusive) of a series without gaps in the calendar, NaN where a day is missing,
    against the four weeks before. None where either side is too thin to tell.
    """
    start = max(0, first - BEFORE)
    rows = np.arange(start, first)[np.isfinite(counts[start:first])]
    now = np.arange(first, stop)[np.isfinite(counts[first:stop])]
    total = float(counts[rows].sum())
    if len(rows) < _LEAST_DAYS or not len(now) or total < _LEAST_SUM:
        return None
    mean = total / len(rows)
    factor = _weekdays(counts, rows, mean)
    due, seen = float(mean * factor[now % 7].sum()), float(counts[now].sum())
    phi = _spread(counts[rows], mean * factor[rows % 7])
    variance = 1.0 / (seen + 0.5) + 1.0 / total + phi * _FADE * (1.0 / len(now) + 1.0 / len(rows)) + _DRIFT**2
    return Move(mean, seen / len(now), (seen + 0.5) / (due + 0.5), sqrt(variance))


def apart(counts: Floats, other: Floats, first: int, stop: int) -> float:
    """The s.d. by which two series that go together still move apart, as logarithms; what moves both is not in it."""
    start = max(0, first - BEFORE)
    both = np.isfinite(counts) & np.isfinite(other)
    rows, now = (np.arange(a, b)[both[a:b]] for a, b in ((start, first), (first, stop)))
    if len(rows) < _LEAST_DAYS or not len(now):
        return 1.0
    chance = 1.0 / (counts[rows] + 0.5) + 1.0 / (other[rows] + 0.5)
    gap = np.log((counts[rows] + 0.5) / (other[rows] + 0.5))
    beyond = float(np.clip((gap - np.median(gap)) ** 2, 0.0, 1.0).mean() - chance.mean())
    weight = len(rows) / (len(rows) + _PHI_DAYS)
    phi = max(0.001, weight * beyond + (1.0 - weight) * _PHI_APART)
    drawn = sum(1.0 / (float(series[part].sum()) + 0.5) for series in (counts, other) for part in (rows, now))
    return min(1.0, sqrt(drawn + phi * (1.0 / len(now) + 1.0 / len(rows))))


def _weekdays(counts: Floats, rows: Ints, mean: float) -> Floats:
    """Factor of each weekday, as if it had been average three times more."""
    weekday = rows % 7
    got = np.bincount(weekday, counts[rows], 7) + 3.0 * mean
    factor: Floats = got / (np.bincount(weekday, minlength=7) * mean + 3.0 * mean)
    return factor


def _spread(counts: Floats, mean: Floats) -> float:
    """Day-to-day variance beyond chance, outliers pulled in, shrunk to what accounts usually show."""
    residual = np.clip(counts / mean - 1.0, -1.0, 1.0)
    beyond = float((residual**2 - 1.0 / mean).mean()) if len(counts) else 0.0
    weight = len(counts) / (len(counts) + _PHI_DAYS)
    return max(0.002, weight * beyond + (1.0 - weight) * _PHI)
