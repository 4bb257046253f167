"""Silence and holes within days: counts an hour against the hour of the week.

The rule for silence speaks of events missed, never of hours: with weather ``phi`` a gap in which Lambda
events were due has the chance (1 + phi·Lambda)^(-1/phi). Partial holes are the same tail over windows of 2
to 48 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10

import numpy as np

from tiktrack.detect.bars import Bars
from tiktrack.detect.profile import Profile, profile
from tiktrack.detect.records import Floats, Level, Reason
from tiktrack.detect.tail import nb_tails

BARS = Bars(5.0, 6.5)
"""720 looks a month, most of them at the same hours: dearer than a daily scan."""
MIN_HOURS = 14 * 24
WINDOWS = (1, 2, 3, 4, 6, 8, 12, 24, 48)
_FALL = 0.6
_LONG_ALLOWANCE = 0.8  # windows of a day are a sixth as many independent looks as those of a few hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Hourly:
    """Counts of consecutive hours from ``start`` in the account's clock, shape (hours,); NaN is missing.

    The last hour must be over. ``exposure`` (page views, the other channel) explains quiet hours.
    """

    start: datetime
    counts: Floats
    exposure: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One stretch of hours with too few events. ``until`` is its first good hour, ``None`` while it lasts.

    ``expected`` and ``seen`` speak of the stretch; ``silent`` means that nothing at all came.
    """

    level: Level
    since: datetime
    since_low: datetime
    since_high: datetime
    until: datetime | None
    expected: float
    seen: float
    score: float
    silent: bool

    @property
    def lost(self) -> float:
        """Events that should have come and did not."""
        return self.expected - self.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyVerdict:
    """The newest state first of all: ``level`` and ``now`` speak of the end of the series, ``spells`` of all
    of it.

    ``missed_to_see`` is the number of expected events that a silence must swallow to be seen.
    """

    level: Level
    now: Spell | None = None
    spells: tuple[Spell, ...] = ()
    missed_to_see: float | None = None
    hours_to_see: float | None = None
    reasons: tuple[Reason, ...] = ()


def scan_hours(series: Hourly) -> HourlyVerdict:
    """Find every stretch of silence or partial loss after the first two weeks."""
    counts = np.asarray(series.counts, dtype=float)
    if len(counts) < MIN_HOURS or np.isfinite(counts).sum() < MIN_HOURS * 0.8:
        return HourlyVerdict(level=Level.UNKNOWN, reasons=(Reason.TOO_FEW_DAYS,))
    usual = profile(series.start, counts, series.exposure)
    if float(usual.mean[-24 * 7 :].sum()) < 7.0:
        return HourlyVerdict(level=Level.UNKNOWN, reasons=(Reason.TOO_FEW_COUNTS,))
    spells = tuple(_spell(series, counts, usual, *found) for found in _stretches(counts, usual))
    now = spells[-1] if spells and spells[-1].until is None else None
    missed = _missed(usual.phi(6))
    return HourlyVerdict(
        level=now.level if now else Level.NONE,
        now=now,
        spells=spells,
        missed_to_see=missed,
        hours_to_see=missed / max(float(usual.mean[-24 * 7 :].mean()), 1e-9),
        reasons=(Reason.COUNTS_FELL,) if now else (Reason.WITHIN_NOISE,),
    )


def _stretches(counts: Floats, usual: Profile) -> list[tuple[int, int, float]]:
    """Disjoint windows that reach the bar, strongest first taken, as (first, end, score) in order of time."""
    seen = np.cumsum(np.append(0.0, np.nan_to_num(counts)))
    due = np.cumsum(np.append(0.0, np.where(np.isfinite(counts), usual.mean, 0.0)))
    found: list[tuple[float, int, int]] = []
    for span in WINDOWS:
        ends = np.arange(usual.taught + span, len(counts) + 1)
        got, expected = seen[ends] - seen[ends - span], due[ends] - due[ends - span]
        phi = usual.phi(span)
        z = (expected - got) / np.sqrt(expected + phi * expected**2 + 1e-9)
        for i in np.flatnonzero((got <= _FALL * expected) & (expected > 4.0) & (z > 1.8)):
            few, _ = nb_tails(float(got[i]), float(expected[i]), float(expected[i] + phi * expected[i] ** 2))
            score = -log10(few) + (_LONG_ALLOWANCE if span >= 24 else 0.0)
            if score >= BARS.suspect:
                found.append((score, int(ends[i]) - span, int(ends[i])))
    return _disjoint(found)


def _disjoint(found: list[tuple[float, int, int]]) -> list[tuple[int, int, float]]:
    """Windows that overlap or touch are one stretch; its score is that of the strongest."""
    merged: list[tuple[int, int, float]] = []
    for score, first, end in sorted(found, key=lambda w: w[1]):
        if merged and first <= merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(before[1], end), max(before[2], score)))
        else:
            merged.append((first, end, score))
    return merged


def _spell(series: Hourly, counts: Floats, usual: Profile, first: int, end: int, score: float) -> Spell:
    """Refine both ends by likelihood and say what was missed."""
    first, low, high, last = _edges(counts, usual, first, end)
    inside = np.isfinite(counts[first:last])
    seen = float(counts[first:last][inside].sum())
    hour = timedelta(hours=1)
    return Spell(
        level=BARS.level(score),
        since=series.start + first * hour,
        since_low=series.start + low * hour,
        since_high=series.start + high * hour,
        until=None if last >= len(counts) else series.start + last * hour,
        expected=float(usual.mean[first:last][inside].sum()),
        seen=seen,
        score=score,
        silent=seen == 0.0,
    )


def _edges(counts: Floats, usual: Profile, first: int, end: int) -> tuple[int, int, int, int]:
    """Most likely first bad hour, its 80 % set, and the first good hour: Poisson gain of a lower rate
    inside."""
    left, right = max(first - 12, usual.taught), min(end + 12, len(counts))
    count, mean = np.nan_to_num(counts[left:right]), usual.mean[left:right] * np.isfinite(counts[left:right])
    got, due = np.cumsum(np.append(0.0, count)), np.cumsum(np.append(0.0, mean))
    begin, stop = np.triu_indices(len(got), 1)
    seen, expected = got[stop] - got[begin], due[stop] - due[begin]
    rate = np.clip((seen + 0.25) / (expected + 0.5), 1e-6, 1.0)
    gain = seen * np.log(rate) + expected * (1.0 - rate)
    best = int(np.argmax(gain))
    near = begin[(gain >= gain[best] - 1.64) & (stop == stop[best])]
    return left + int(begin[best]), left + int(near.min()), left + int(near.max()), left + int(stop[best])


def _missed(phi: float) -> float:
    """Expected events that a silence must swallow before it reaches the bar."""
    return float((10.0 ** (BARS.suspect * phi) - 1.0) / phi)
