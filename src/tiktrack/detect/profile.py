"""What an hour should bring: the level of the last weeks, its hour of the week, and its own weather."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

import numpy as np

from tiktrack.detect.records import Floats, Ints

_DAY, _WEEK = 24, 168
_TAUGHT = 14 * _DAY
_SHARE_PRIOR = 3.0  # weeks of its weekday's usual hours that an hour of the week must outweigh
_BETWEEN, _WEATHER = 0.015, 0.025  # relative variance between the weekdays of most shops, and from day to day
_HALF_LIFE = 10.0  # days
_SPANS = ((6, 0.06), (24, 0.025))
"""Weather is measured over six hours and over a day; what real days show is where both start from."""
_PHI_WINDOWS = 10.0
_DOUBT = 0.01  # of the level
_SLOPE = 0.8
_FEW = 5.0  # exposures an hour below which their ratio is mostly chance


@dataclass(frozen=True, slots=True)
class Profile:
    """``mean`` (hours,) expected from earlier days only; ``weather`` the relative variance of six and of 24
    hours; ``taught`` the first hour that had two weeks to learn from."""

    mean: Floats
    weather: tuple[float, float]
    taught: int

    def phi(self, span: int) -> float:
        """Relative variance beyond Poisson of a window of ``span`` hours: short weather averages out over a
        day."""
        short, long = self.weather
        fade = min(max((24 - span) / 18, 0.0), 1.0)
        return long + max(short - long, 0.0) * fade + _DOUBT


def profile(start: datetime, counts: Floats, exposure: Floats | None = None) -> Profile:
    """Expected hours, each from the days before its own; the exposure scales them with elasticity 0.8."""
    slot = (start.weekday() * _DAY + start.hour + np.arange(len(counts))) % _WEEK
    mean = _running(counts, slot)
    if exposure is not None:
        due = _running(np.asarray(exposure, dtype=float), slot)
        moved = (np.nan_to_num(exposure) + _FEW) / (due + _FEW)
        mean = mean * np.clip(moved, 0.0, 3.0) ** _SLOPE
    short, long = (_phi(counts, mean, span, prior) for span, prior in _SPANS)
    return Profile(mean, (short, long), _TAUGHT)


def _running(values: Floats, slot: Ints) -> Floats:
    """Level × weekday × share of the hour of the week, all from days that were over; outage hours teach less.

    Days far from the usual day of their weekday hardly count, so one lost day does not lower what is expected.
    """
    mean = np.zeros(len(values))
    for first in range(_TAUGHT, len(values), _DAY):
        begin = max(0, first - 8 * _WEEK)
        past, where = values[begin:first], slot[begin:first].astype(int)
        known = np.isfinite(past)
        age = (first - 1 - np.arange(begin, first)) // _DAY
        weight = 0.5 ** (age / _HALF_LIFE) * known * _ordinary(past, age)
        filled = np.nan_to_num(past)
        total = max(float(weight.sum()), 1e-9)
        level = float(weight @ filled) / total
        by_hour: Floats = np.divide(
            np.bincount(where % _DAY, weight * filled, _DAY) + level, np.bincount(where % _DAY, weight, _DAY) + 1.0
        ).astype(np.float64)
        own, seen = (np.bincount(where, w, _WEEK).astype(np.float64) for w in (weight * filled, weight))
        prior = by_hour[np.arange(_WEEK) % _DAY] * np.repeat(_weekdays(own, seen, by_hour), _DAY)
        week = (own + _SHARE_PRIOR * prior) / (seen + _SHARE_PRIOR)
        rows = slice(first, min(first + _DAY, len(values)))
        mean[rows] = week[slot[rows].astype(int)]
    mean[:_TAUGHT] = np.nanmean(values[:_TAUGHT]) if np.isfinite(values[:_TAUGHT]).any() else 0.0
    return np.maximum(mean, 1e-6)


def _weekdays(own: Floats, seen: Floats, by_hour: Floats) -> Floats:
    """Factor of each weekday, shape (7,): as far as the account's weekdays differ more than chance makes them."""
    got = own.reshape(7, _DAY).sum(axis=1)
    due = np.maximum((seen.reshape(7, _DAY) * by_hour).sum(axis=1), 1e-9)
    doubt = 1.0 / due + _WEATHER / np.maximum(seen.reshape(7, _DAY).mean(axis=1), 0.1)
    apart = got / due - 1.0
    between = max(_BETWEEN, float((apart**2 - doubt).mean()))
    factor: Floats = 1.0 + apart * between / (between + doubt)
    return factor


def _ordinary(past: Floats, age: Ints) -> Floats:
    """Weight of each hour by how ordinary its day is for its weekday: days below half of the usual hardly count."""
    days = age.astype(int)
    sums = np.bincount(days, np.nan_to_num(past))
    known = np.bincount(days, np.isfinite(past).astype(float))
    rate = sums / np.maximum(known, 1.0)
    middle = float(np.median(rate[known > 0])) if (known > 0).any() else 0.0
    # The median of all days stands beside those of each weekday, so that two of a kind that were lost teach nothing.
    told = np.where(known > 0, rate, np.nan).tolist()
    weekday = [median([middle, *(r for r in told[d::7] if r == r)]) for d in range(7)]
    usual = np.array(weekday)[np.arange(len(rate)) % 7]
    strange = (rate < 0.5 * usual) | (rate > 2.5 * usual)
    weight: Floats = np.where(strange, 0.1, 1.0)[days]
    return weight


def _phi(counts: Floats, mean: Floats, span: int, usual: float) -> float:
    """Relative variance of sums over ``span`` hours beyond Poisson, outliers pulled in, shrunk to
    ``usual``."""
    usable = len(counts) - (len(counts) - _TAUGHT) % span
    got = np.nan_to_num(counts[_TAUGHT:usable]).reshape(-1, span).sum(axis=1)
    due = (mean * np.isfinite(counts))[_TAUGHT:usable].reshape(-1, span).sum(axis=1)
    keep = due > 0.5
    got, due = got[keep], due[keep]
    sd = np.sqrt(1.0 / due + usual)
    squares = np.clip(got / due - 1.0, -2.5 * sd, 2.5 * sd) ** 2 - 1.0 / due
    weight = (usual / (1.0 / due + usual)) ** 2
    shrunk = (weight @ squares + _PHI_WINDOWS * usual) / (weight.sum() + _PHI_WINDOWS)
    return float(np.clip(shrunk, 0.3 * usual, 0.5))
