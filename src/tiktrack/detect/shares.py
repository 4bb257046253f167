"""Did a share change: match-key coverage, missing values, duplicates, one channel or campaign among all.

k of n a day, beta-binomial with the account's own day-to-day spread: at 70 % of 500 a day the real spread
of a share is twice the binomial one, so a two-proportion z-test would cry wolf. Windows of one to seven days
against the recency-weighted days before. Also matched orders: "found among the events" of "all orders".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log10, sqrt

import numpy as np

from tiktrack.detect.bars import Bars
from tiktrack.detect.records import Direction, Floats, Level, Reason
from tiktrack.detect.spread import autocovariance, clumps, day_spread, level_before
from tiktrack.detect.tail import beta_binomial_tails

BARS = Bars(3.1, 4.2)
MIN_DAYS, MIN_ROWS = 10, 50
GATE_POINTS, GATE_RATIO = 0.05, 1.25
"""A change must be worth five points, and a quarter of the smaller of the share and its complement."""
_WINDOW, _LOOKS = 7, 15.0
_WORTH = 3.0  # log-likelihood that an end must bring


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyShare:
    """k of n a day, ascending days; a day without rows has n = 0 and says nothing. Arrays of shape
    (days,)."""

    days: tuple[date, ...]
    k: Floats
    n: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareVerdict:
    """What a share shows: from ``before`` to ``after`` since ``since``; 80 % sets and intervals.

    ``until`` is the first day back nearer to ``before``, ``None`` while it lasts. ``moved`` are the rows that
    changed sides (n × change).
    """

    level: Level
    direction: Direction | None = None
    since: date | None = None
    since_low: date | None = None
    since_high: date | None = None
    until: date | None = None
    before: float | None = None
    after: float | None = None
    after_low: float | None = None
    after_high: float | None = None
    n: float | None = None
    moved: float | None = None
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    end: int
    start: int
    score: float
    direction: Direction
    before: float
    spread: float


def scan_share(series: DailyShare) -> ShareVerdict:
    """Judge the newest week, dated by the history where that saw it begin; if the week is quiet, the strongest change
    of the history.
    """
    there = np.flatnonzero((series.n > 0) & np.isfinite(series.n) & np.isfinite(series.k))
    k, n = series.k[there], series.n[there]
    days = tuple(series.days[i] for i in there)
    if len(days) < MIN_DAYS or float(n[:-1].sum()) < MIN_ROWS:
        reason = Reason.TOO_FEW_DAYS if len(days) < MIN_DAYS else Reason.TOO_FEW_COUNTS
        return ShareVerdict(level=Level.UNKNOWN, reasons=(reason,))
    levels = [level_before(k[:start], n[:start]) for start in range(MIN_DAYS, len(n))]
    clumped = clumps(k, n)
    newest = _look(k, n, len(n), levels, clumped)
    price = log10(max(len(n), 2.0 * _LOOKS) / _LOOKS)
    past = [hit for end in range(MIN_DAYS + 1, len(n)) if (hit := _look(k, n, end, levels, clumped))]
    past = sorted((hit for hit in past if BARS.level(hit.score, price) is not Level.NONE), key=lambda hit: -hit.score)
    if newest and (level := BARS.level(newest.score)) is not Level.NONE:
        begun = next((hit for hit in past if _same(k, n, hit, newest)), None)
        if begun and BARS.level(begun.score, price) is Level.CONFIRMED:  # it was sure then, and it still lasts
            level = Level.CONFIRMED
        return _verdict(days, k, n, begun or newest, level)
    if past:
        return _verdict(days, k, n, past[0], BARS.level(past[0].score, price))
    return _quiet(k, n, newest)


def _same(k: Floats, n: Floats, older: _Hit, newest: _Hit) -> bool:
    """Whether an older alarm saw the beginning of what the newest week shows: days of the break that lie before that
    week are no level to compare it with. A second step, from the new level further down, stands for itself.
    """
    if older.direction != newest.direction:
        return False
    first, since = _onset(k, n, older)[0], _onset(k, n, newest)[0]
    if first >= since:
        return first == since
    between, now = (float(k[part].sum() / n[part].sum()) for part in (slice(first, since), slice(since, newest.end)))
    return abs(between - now) < abs(between - older.before)


def _look(k: Floats, n: Floats, end: int, levels: Sequence[tuple[float, float]], clumped: float) -> _Hit | None:
    """Strongest window that ends before row ``end``; cheap normal screen first, then the exact tail. ``levels`` are
    those before each row from ``MIN_DAYS`` on, ``clumped`` how much more rows vary than independent ones.
    """
    best: _Hit | None = None
    for start in range(max(end - _WINDOW, MIN_DAYS), end):
        level, doubt = levels[start - MIN_DAYS]
        seen, rows = float(k[start:end].sum()), float(n[start:end].sum())
        change = seen / rows - level
        if abs(change) < GATE_POINTS or not _large(level, level + change):
            continue
        spread = day_spread(k[:start], n[:start], level)
        binomial = level * (1.0 - level)
        variance = clumped * binomial * autocovariance(n[start:end], spread) + (rows * doubt) ** 2
        if abs(change) * rows < 2.0 * sqrt(variance):
            continue
        rho = max(variance / max(binomial * rows, 1e-12) - 1.0, 0.0) / max(rows - 1.0, 1.0)
        few, many = beta_binomial_tails(round(seen), round(rows), level, rho)
        score = -log10(min(few, many))
        if best is None or score > best.score:
            best = _Hit(end, start, score, "drop" if change < 0 else "rise", level, spread)
    return best


def _large(before: float, after: float) -> bool:
    """Whether the share or its complement changed by a quarter."""
    pairs = ((before, after), (1.0 - before, 1.0 - after))
    return any(max(b, a) >= GATE_RATIO * max(min(b, a), 1e-9) for b, a in pairs)


def _verdict(days: tuple[date, ...], k: Floats, n: Floats, hit: _Hit, level: Level) -> ShareVerdict:
    first, low, high = _onset(k, n, hit)
    last = _end(k, n, hit, first)
    stop = len(n) if last is None else last
    rows = float(n[first:stop].sum())
    after = (float(k[first:stop].sum()) + 0.5) / (rows + 1.0)
    sd = sqrt(after * (1.0 - after) * (1.0 / rows + hit.spread / (stop - first)))
    reason = Reason.COUNTS_FELL if hit.direction == "drop" else Reason.COUNTS_ROSE
    return ShareVerdict(
        level=level,
        direction=hit.direction,
        since=days[first],
        since_low=days[low],
        since_high=days[high],
        until=None if last is None else days[last],
        before=hit.before,
        after=after,
        after_low=max(0.0, after - 1.2816 * sd),
        after_high=min(1.0, after + 1.2816 * sd),
        n=rows,
        moved=rows * abs(after - hit.before),
        score=hit.score,
        reasons=(reason,) if last is None else (reason, Reason.ENDED),
    )


def _onset(k: Floats, n: Floats, hit: _Hit) -> tuple[int, int, int]:
    """Most likely first row, and the rows of the 80 % set, by a likelihood tempered by the day spread."""
    origin = max(MIN_DAYS - 3, hit.start - 6)
    heat = 1.0 + (float(n[origin : hit.end].mean()) - 1.0) * hit.spread
    gain = [_gain(k[first : hit.end], n[first : hit.end], hit.before) / heat for first in range(origin, hit.end)]
    top = int(np.argmax(gain))
    near = [i for i, g in enumerate(gain) if g >= gain[top] - 1.64]
    return origin + top, origin + near[0], origin + near[-1]


def _end(k: Floats, n: Floats, hit: _Hit, first: int) -> int | None:
    """First row from which the share is what it was, where that explains the days clearly better than no end."""
    heat = 1.0 + (float(n[first:].mean()) - 1.0) * hit.spread
    lasting = _gain(k[first:], n[first:], hit.before) / heat
    best, most = None, lasting + _WORTH
    for row in range(first + 1, len(n)):
        after, rest = (float(k[part].sum() / n[part].sum()) for part in (slice(first, row), slice(row, None)))
        gain = _gain(k[first:row], n[first:row], hit.before) / heat
        if gain > most and abs(rest - hit.before) < abs(rest - after):
            best, most = row, gain
    return best


def _gain(k: Floats, n: Floats, before: float) -> float:
    """Binomial log-likelihood of an own share over the share before."""
    rows, good = float(n.sum()), float(k.sum())
    after = (good + 0.5) / (rows + 1.0)
    before = min(max(before, 1e-6), 1.0 - 1e-6)
    return float(good * np.log(after / before) + (rows - good) * np.log((1.0 - after) / (1.0 - before)))


def _quiet(k: Floats, n: Floats, newest: _Hit | None) -> ShareVerdict:
    before, _ = level_before(k, n)
    return ShareVerdict(
        level=Level.NONE,
        before=before,
        n=float(n.sum()),
        score=newest.score if newest else 0.0,
        reasons=(Reason.WITHIN_NOISE,),
    )
