"""Breaks that lie further back than the newest week: what a daily run would have said at the time.

A cheap screen proposes days on which counts had stayed low; the same test as today's then looks at them as of
that day. Looking at a whole history buys more false alarms, so a look at the past needs a higher score.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp, log10, sqrt

import numpy as np

from tiktrack.detect.describe import Z80, alarm
from tiktrack.detect.frame import RECENT, Track
from tiktrack.detect.look import Look, enough, look
from tiktrack.detect.records import Daily, Direction, Level, Reason, Verdict
from tiktrack.detect.recovery import recovery, usual

_MAX_PROPOSALS = 4
_SCREEN_Z, _DEARER_Z = 1.6, 0.3  # about half of what the test itself will ask for
_SPANS = (1, 2, 4, 7)
"""A single day is proposed only while it is of the newest week: what a run told yesterday, today's must not forget."""


def past(daily: Daily, seen: Track, direction: Direction = "drop", dearer: float = 0.0) -> tuple[Verdict, ...]:
    """Episodes that a daily run would have alarmed about before the newest week, oldest first."""
    found: list[Verdict] = []
    price = dearer + log10(max(len(seen.ordinal), 30) / 30)  # as many more chances as there are months
    for row in propose(seen, direction, price):
        if any(v.since and v.since.toordinal() <= seen.ordinal[row] < _end(v) for v in found):
            continue
        if not enough(seen, row):
            continue
        at = look(seen, row, direction, price)
        if at.level is not Level.NONE:
            found.append(closed(daily, seen, row, at))
    return tuple(found)


def _end(verdict: Verdict) -> float:
    return float(verdict.until.toordinal()) if verdict.until else float("inf")


def propose(seen: Track, direction: Direction = "drop", price: float = 0.0) -> list[int]:
    """Rows before the newest week at which a window ends that looks changed, most striking first."""
    n = len(seen.ordinal)
    count = np.cumsum(np.append(0.0, seen.count / (seen.done * np.maximum(seen.live, 0.1))))
    rows = np.arange(20, n - 1)
    best = np.zeros(n)
    for span in _SPANS:
        if n < 22:
            break
        inside = count[rows + 1] - count[rows + 1 - span]
        before = (count[rows + 1 - span] - count[rows + 1 - span - 14]) / 14.0
        expected = before * span
        z = (expected - inside) / np.sqrt(expected + 0.03 * expected**2 + 1.0)
        z = np.where((span > 1) | (rows >= n - 1 - RECENT), z if direction == "drop" else -z, 0.0)
        best[rows] = np.maximum(best[rows], z)
    chosen: list[int] = []
    for row in np.argsort(-best, kind="stable"):
        if best[row] < _SCREEN_Z + _DEARER_Z * price or len(chosen) == _MAX_PROPOSALS:
            break
        if all(abs(int(row) - other) > RECENT for other in chosen):
            chosen.append(int(row))
    return chosen


def closed(daily: Daily, seen: Track, row: int, at: Look) -> Verdict:
    """The alarm of a look at ``row``: whether it ended, and how large it was in all.

    The days up to a past row are bad ones; those up to the newest may hold good ones behind a short loss.
    """
    verdict = alarm(daily, at)
    if verdict.since is None:
        return verdict
    first = int(np.searchsorted(seen.ordinal, verdict.since.toordinal()))
    phi = at.forecast.model.noise.phi
    newest = row == len(seen.ordinal) - 1
    end = recovery(seen, first, first if newest else row, phi, at.direction)
    if newest and end is None:
        return verdict
    stop = len(seen.ordinal) if end is None else end
    expected = float(usual(seen, first)[: stop - first].sum())
    counted = float(seen.count[first:stop].sum())
    ratio = (counted + 0.5) / (expected + 0.5)
    spread = exp(Z80 * sqrt(1.0 / (counted + 0.5) + phi / max(stop - first, 1) + 0.05**2))
    return replace(
        verdict,
        until=None if end is None else date.fromordinal(int(seen.ordinal[end])),
        expected=expected,
        seen=counted,
        ratio=ratio,
        ratio_low=ratio / spread,
        ratio_high=ratio * spread,
        lost=expected - counted,
        reasons=verdict.reasons if end is None else (*verdict.reasons, Reason.ENDED),
    )
