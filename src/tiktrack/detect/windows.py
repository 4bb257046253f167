"""The last one to seven days against what the days before them led to expect.

One Cholesky factor in order of time holds every prediction: row t of the factor times the innovations before
s is what day t should be, given all days before s, and the block from s on is the covariance of that
forecast.
"""

from __future__ import annotations

from math import log10

import numpy as np

from tiktrack.detect.fit import Fit
from tiktrack.detect.frame import RECENT, Frame
from tiktrack.detect.records import Direction, Floats, Test
from tiktrack.detect.tail import nb_tails

FALL, RISE = 0.8, 1.25
"""Smaller changes are nobody's incident: real accounts move that much for reasons of their own."""
ONE_DAY_FALL = 0.7
"""A single day must fall deeper: holidays and storms dent one day by a third."""
MISFIT = 0.04
"""Share by which a good model is still wrong for a week as a whole."""
NEW_SLOPE = 0.2
"""Doubt in the elasticity when clicks move to where they have not been (other creative, other placement)."""
_LOW, _HIGH = (
    -2.5,
    2.0,
)  # innovations are pulled in to these many s.d. before they teach; returns from a peak are common


class Forecast:
    """Expected count and forecast variance of every window that ends with the frame."""

    def __init__(self, f: Frame, model: Fit) -> None:
        """Run the robust filter over the frame once."""
        self.frame, self.model = f, model
        self._factor: Floats = np.asarray(
            np.linalg.cholesky(model.prior + np.diag(np.exp(-model.eta) + model.extra)), dtype=np.float64
        )
        mu = np.exp(model.eta)
        self._bent: Floats = model.eta - model.offset
        self._working: Floats = self._bent + (f.count - mu) / mu
        self._steps = _filter(self._factor, self._working)

    def starts(self) -> range:
        """Rows that may start a window."""
        return range(int((self.frame.age >= RECENT).sum()), len(self.frame.age))

    def expected(self, start: int) -> Floats:
        """Expected counts from row ``start`` to the end, given the days before, shape (n - start,)."""
        ahead = self._factor[start:, :start] @ self._steps[:start]
        return np.exp(self.model.eta[start:]) * np.maximum(1.0 + ahead - self._bent[start:], 0.05)

    def variance(self, start: int, mean: Floats) -> float:
        """Variance of the sum from row ``start`` on: Poisson, weather, structure, slope and completeness."""
        f = self.frame
        total = float(mean.sum())
        spread = float(((self._factor[start:, start:].T @ mean) ** 2).sum())
        before = f.lean[:, max(0, start - 14) : start].mean(axis=1, keepdims=True)
        turned = float(np.abs((f.lean[:, start:] - before) @ mean).sum())
        return spread + (MISFIT * total) ** 2 + (NEW_SLOPE * turned) ** 2 + self.unfinished(start, mean)

    def unfinished(self, start: int, mean: Floats) -> float:
        """The part of the variance that is doubt in the completeness of the newest days."""
        f = self.frame
        return float(mean @ (f.done_sd[start:] / f.done[start:])) ** 2


def _filter(factor: Floats, working: Floats) -> Floats:
    """Innovations in s.d., each pulled in before it moves the later ones (a robust Kalman filter)."""
    steps = np.zeros(len(working))
    for t in range(len(working)):
        step = (working[t] - factor[t, :t] @ steps[:t]) / factor[t, t]
        steps[t] = min(max(step, _LOW), _HIGH)
    return steps


def best_window(forecast: Forecast, direction: Direction) -> Test | None:
    """The window with the smallest p-value among those that changed enough; ``None`` when none did."""
    best: Test | None = None
    for start in forecast.starts():
        test = _window(forecast, start, direction)
        if test and (best is None or test.score > best.score):
            best = test
    return best


def _window(forecast: Forecast, start: int, direction: Direction) -> Test | None:
    """Score of the window that starts at row ``start``, if it changed enough to be scored."""
    f, mean = forecast.frame, forecast.expected(start)
    seen, total = float(f.count[start:].sum()), float(mean.sum())
    if not _changed((seen + 0.5) / (total + 0.5), len(mean), direction):
        return None
    variance = forecast.variance(start, mean)
    few, many = nb_tails(seen, total, variance)
    p = few if direction == "drop" else many
    unfinished = forecast.unfinished(start, mean) / variance
    return Test(f.day(start), len(mean), total, seen, variance, -log10(p), unfinished)


def _changed(ratio: float, days: int, direction: Direction) -> bool:
    if direction == "rise":
        return ratio >= RISE
    return ratio <= (ONE_DAY_FALL if days == 1 else FALL)
