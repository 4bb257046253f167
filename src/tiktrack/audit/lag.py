"""How late conversions come on this account, learnt from days that reports of different times tell of.

Conversions stand on the day of the click and come in for days (facts: attribution). A day pulled early and again when
it was finished shows how much of it was there at that age; without such days the detectors assume a usual account.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime

import numpy as np

from tiktrack.audit.maturity import dated_twice
from tiktrack.detect.completeness import from_pulls
from tiktrack.detect.records import Completeness
from tiktrack.engine import Engine

_DAY_MS = 86_400_000
_FINISHED = 7
_ALIKE = (0.95, 1.05)
"""Clicks of the two pulls: beyond this, one of them covers only a part of the account. TikTok corrects by less."""

_PULLS = """
select day, made_ms // 3600000 * 3600000 as moment, sum(conversions) as conversions, sum(clicks) as clicks
from ads_pulls where day is not null and made_ms is not null and conversions is not null and clicks > 0 group by 1, 2
"""


def completeness(engine: Engine) -> Completeness | None:
    """Share of a day's conversions that is there after 0 to 6 days: from days that were pulled twice, else from
    conversions that are dated twice; None where there are too few of both.
    """
    return _pulled_twice(engine) or dated_twice(engine)


def _pulled_twice(engine: Engine) -> Completeness | None:
    if not engine.columns("ads_pulls"):
        return None
    by_day: dict[date, list[tuple[int, float, float]]] = defaultdict(list)
    for day, moment, conversions, clicks in engine.rows(_PULLS).rows:
        by_day[day].append((_age(day, moment), float(conversions), float(clicks)))
    pairs = [pair for pulls in by_day.values() for pair in _pairs(pulls)]
    if not pairs:
        return None
    early, final, age = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    return from_pulls(early, final, age)


def told(learnt: Completeness | None) -> tuple[str, ...]:
    """What a reader should know of it."""
    if learnt is None:
        return ()
    first, fourth = learnt.mean[0], learnt.mean[3]
    shares = f"{first:.0%} of conversions by the next day and {fourth:.0%} after three days"
    return (f"This account's own reports show {shares}.",)


def _pairs(pulls: list[tuple[int, float, float]]) -> list[tuple[float, float, int]]:
    """(early, final, age) of each early pull of a day that has a finished one."""
    age, final, clicks = max(pulls)
    if age < _FINISHED:
        return []
    return [(c, final, a) for a, c, k in pulls if 0 <= a < _FINISHED and _ALIKE[0] <= k / clicks <= _ALIKE[1]]


def _age(day: date, moment_ms: int) -> int:
    """Whole days from the end of the day to the pull; below 0 the day was not over."""
    end = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000 + _DAY_MS
    return int((moment_ms - end) // _DAY_MS)
