"""The drop that would have been seen: what "passed" means for this account."""

from __future__ import annotations

from math import erfc, sqrt

from tiktrack.detect.bars import ALONE, WITH_BOTH, WITH_EXPOSURE, WITH_WITNESS
from tiktrack.detect.frame import RECENT, Track
from tiktrack.detect.look import Look
from tiktrack.detect.records import Level
from tiktrack.detect.tail import nb_tails
from tiktrack.detect.windows import FALL, ONE_DAY_FALL

POWER = 0.8
HORIZONS = (1, 2, 7)
_STEPS = 25  # drops are told to four points


def smallest_drops(seen: Track, found: Look, level: Level = Level.SUSPECT) -> dict[int, float | None]:
    """Smallest drop seen with probability 0.8 within 1, 2 and 7 days, as a share; ``None``: not even all of
    it.

    Uses the forecast of the look, so counts, weekdays, noise and exposure are the account's own.
    """
    if seen.witness is None:
        bars = ALONE if seen.exposure is None else WITH_EXPOSURE
    else:
        bars = WITH_WITNESS if seen.exposure is None else WITH_BOTH
    bar = bars.confirmed if level is Level.CONFIRMED else bars.suspect
    return {days: _smallest(found, days, bar) for days in HORIZONS}


def _smallest(found: Look, days: int, bar: float) -> float | None:
    forecast = found.forecast
    ends = len(forecast.frame.age)
    start = max(ends - days, int((forecast.frame.age >= RECENT).sum()), 1)
    if start >= ends:
        return None
    mean = forecast.expected(start)
    total, variance = float(mean.sum()), forecast.variance(start, mean)
    most = min(_most(total, variance, bar), (ONE_DAY_FALL if days == 1 else FALL) * (total + 0.5) - 0.5)
    if most < 0.0:
        return None
    for step in range(1, _STEPS + 1):
        drop = step / _STEPS
        if _chance(most, total, variance, drop) >= POWER:
            return drop
    return None


def _most(total: float, variance: float, bar: float) -> float:
    """Largest count that still scores ``bar``; below zero when none does."""
    limit, low, high = 10.0**-bar, 0, int(total) + 1
    if nb_tails(0.0, total, variance)[0] > limit:
        return -1.0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if nb_tails(float(middle), total, variance)[0] <= limit else (low, middle)
    return float(low)


def _chance(most: float, total: float, variance: float, drop: float) -> float:
    """Probability of at most ``most`` counts after the drop; normal, which is exact enough to plan with."""
    left = total * (1.0 - drop)
    if left <= 0.0:
        return 1.0
    spread = sqrt(left + max(variance - total, 0.0) * (1.0 - drop) ** 2)
    return 0.5 * erfc(-(most + 0.5 - left) / spread / sqrt(2.0))
