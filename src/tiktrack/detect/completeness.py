"""How far the newest days have filled up when conversions are booked on the day of the click."""

from __future__ import annotations

import numpy as np

from tiktrack.detect.records import Completeness, Floats

DEFAULT = Completeness(
    mean=(0.74, 0.86, 0.92, 0.955, 0.975, 0.99, 0.997),
    sd=(0.10, 0.055, 0.035, 0.02, 0.012, 0.006, 0.002),
)
"""Assumed for 7-day click attribution until the account's own exports teach better; not TikTok data."""

FINISHED = Completeness(mean=(), sd=())
"""Event-dated counts: a day is complete when it is over."""

MIN_COHORTS = 14
_DELAY_SD = 0.2  # how far an account may be from the default, for a share of delays of 1
_DEFAULT_WEIGHT = 5.0  # the default speaks with the voice of this many cohorts


def at_age(curve: Completeness, age: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the booked share for ages in days, shapes (n,)."""
    if not curve.mean:
        return np.ones_like(age), np.zeros_like(age)
    index = np.clip(age, 0, len(curve.mean)).astype(int)
    return np.append(curve.mean, 1.0)[index], np.append(curve.sd, 0.0)[index]


def from_pulls(early: Floats, final: Floats, age: Floats, horizon: int = 7) -> Completeness | None:
    """The curve from days that were pulled twice: ``early`` at ``age`` days, ``final`` when finished.

    One row a (day, pull), shapes (n,); ``None`` below 14 rows. Each age pools its rows with the default, so
    a few noisy cohorts move the curve a little; the curve never falls with age.
    """
    if len(early) < MIN_COHORTS:
        return None
    mean: list[float] = []
    sd: list[float] = []
    for a in range(horizon):
        rows = (age == a) & (final > 0)
        prior, prior_sd = (float(v[0]) for v in at_age(DEFAULT, np.array([float(a)])))
        shares = np.minimum(1.0, early[rows] / final[rows])
        weight = final[rows] / max(float(final[final > 0].mean()), 1e-9)
        total = float(weight.sum()) + _DEFAULT_WEIGHT
        centre = (float((shares * weight).sum()) + _DEFAULT_WEIGHT * prior) / total
        spread = (float((weight * (shares - centre) ** 2).sum()) + _DEFAULT_WEIGHT * prior_sd**2) / total
        mean.append(max(centre, mean[-1] if mean else 0.0))
        sd.append(float(np.sqrt(spread)))
    return Completeness(tuple(mean), tuple(sd))


def from_datings(click_dated: Floats, event_dated: Floats, horizon: int = 7) -> Completeness | None:
    """The curve from the same conversions dated twice, finished days only, shapes (n,), contiguous.

    Event-dated counts are click-dated ones smeared by the delay: a ridge regression on the delays, pulled
    towards the default, undoes it. ``None`` below 28 days.
    """
    if len(click_dated) < 28 or len(click_dated) != len(event_dated):
        return None
    prior = np.diff(np.append(0.0, np.append(DEFAULT.mean, 1.0)[: horizon + 1]))
    lagged = np.column_stack([click_dated[horizon - lag : len(click_dated) - lag] for lag in range(horizon + 1)])
    surprise = event_dated[horizon:] - lagged @ prior
    noise = np.maximum(event_dated[horizon:], 1.0)
    weighted = lagged / noise[:, None]
    belief = np.diag(1.0 / (_DELAY_SD * np.sqrt(prior)) ** 2)
    delay = prior + np.linalg.solve(lagged.T @ weighted + belief, weighted.T @ surprise)
    delay = np.maximum(delay, 0.0)
    curve = np.minimum.accumulate(np.cumsum(delay / delay.sum())[::-1])[::-1][:horizon]
    return Completeness(tuple(float(v) for v in curve), tuple(0.6 * s for s in DEFAULT.sd[:horizon]))
