"""Where a daily share stands and how much it varies by itself."""

from __future__ import annotations

from math import sqrt

import numpy as np

from tiktrack.detect.records import Floats

_HALF_LIFE = 14.0
_PRIOR, _PRIOR_DAYS = 0.005, 10.0  # day-to-day correlation of rows of one day: s.d. 0.15 of the logit at 70 %
_FADE = 0.35  # the shock of a day is this much alive the next day
_OUTLIER, _FAR = 2.58, 2.8
_ORDINARY_DAYS, _ROUNDS = 2.0, 8


def level_before(k: Floats, n: Floats) -> tuple[float, float]:
    """Share of the days before, recent ones and ordinary ones weighing more, and its standard error."""
    recency = 0.5 ** (np.arange(len(n))[::-1] / _HALF_LIFE)
    middle = float((recency @ k + 0.5) / (recency @ n + 1.0))
    sd = np.sqrt(middle * (1.0 - middle) * (1.0 / n + _PRIOR))
    far = np.abs(k / n - middle) / np.maximum(sd, 1e-9)
    weight = recency * np.minimum(1.0, (_OUTLIER / np.maximum(far, 1e-9)) ** 2)
    total = float(weight @ n)
    level = float((weight @ k + 0.5) / (total + 1.0))
    days = float(weight.sum() ** 2 / (weight**2).sum())
    return level, sqrt(level * (1.0 - level) * (1.0 / total + _PRIOR / days) + 0.002**2)


def day_spread(k: Floats, n: Floats, level: float) -> float:
    """Intra-day correlation by moments, outlying days pulled in, shrunk to the prior."""
    binomial = max(level * (1.0 - level), 1e-6)
    residual = k / n - level
    limit = _FAR * np.sqrt(binomial * (1.0 / n + _PRIOR))
    squares = np.clip(residual, -limit, limit) ** 2 / binomial - 1.0 / n
    weight = (_PRIOR / (1.0 / n + _PRIOR)) ** 2
    estimate = (float(weight @ squares) + _PRIOR_DAYS * _PRIOR * 0.5) / (float(weight.sum()) + _PRIOR_DAYS * 0.5)
    return min(max(estimate, 0.0005), 0.3)


def clumps(k: Floats, n: Floats) -> float:
    """How many times larger the variance is than that of independent rows on days that vary: 1 or more.

    A person who looks at five products leaves five rows that are all with or all without an e-mail; on days of few rows
    the spread of days does not show it. Told by what neighbouring days differ, so that a lasting change moves one of
    them only; far ones are pulled in.
    """
    spread = day_spread(k, n, level_before(k, n)[0])
    here, before = slice(1, None), slice(None, -1)
    share = np.clip((k[here] + k[before]) / (n[here] + n[before]), 1e-3, 1.0 - 1e-3)
    usual = share * (1.0 - share) * (1.0 / n[here] + 1.0 / n[before] + 2.0 * spread * (1.0 - _FADE))
    squares = (k[here] / n[here] - k[before] / n[before]) ** 2 / usual
    factor = 1.0
    for _ in range(_ROUNDS):
        tame = np.minimum(squares, _FAR**2 * factor)
        factor = max(1.0, (float(tame.sum()) + _ORDINARY_DAYS) / (len(squares) + _ORDINARY_DAYS))
    return factor


def autocovariance(n: Floats, spread: float) -> float:
    """Variance of the sum of k over days of sizes ``n``, in units of share × (1 - share)."""
    gap = np.abs(np.subtract.outer(np.arange(len(n)), np.arange(len(n))))
    return float(n.sum() + spread * (n @ (_FADE**gap) @ n))
