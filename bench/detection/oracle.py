"""The ceiling: a likelihood ratio that knows every true mean, the overdispersion and the size of the drop."""

from __future__ import annotations

from math import lgamma, log

import numpy as np

from bench.detection.world import Account, Series


def score(a: Account, s: Series, day: int, drop: float) -> float:
    """Best log-likelihood ratio over windows of one to seven days; the day's shock is integrated out."""
    best = -1e9
    for length in range(1, 8):
        rows = slice(day + 1 - length, day + 1)
        mean = s.expected[rows]
        gap = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
        total, seen = float(mean.sum()), float(s.counts[rows].sum())
        variance = total + a.phi * float(mean @ (a.rho**gap) @ mean)
        left = 1.0 - drop
        changed = left * total + (variance - total) * left * left
        best = max(best, _log_nb(seen, left * total, changed) - _log_nb(seen, total, variance))
    return best


def _log_nb(seen: float, mean: float, variance: float) -> float:
    mean = max(mean, 1e-3)
    size = mean * mean / max(variance - mean, 1e-9 * mean)
    return (
        lgamma(seen + size)
        - lgamma(size)
        - lgamma(seen + 1.0)
        + size * log(size / (size + mean))
        + seen * log(mean / (size + mean))
    )
