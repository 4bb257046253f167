"""A daily series → runs of days with one rate: when did it change, and what is it now?

Optimal partitioning of a binomial series with a penalty a change (Jackson et al. 2005), the likelihood tempered by the
overdispersion between neighbouring days, so that ordinary scatter makes no runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MEDIAN_OF_CHI2 = 0.455


@dataclass(frozen=True, slots=True)
class Run:
    """Days ``first`` to ``last`` (positions, both inclusive) with ``bad`` of ``n``."""

    first: int
    last: int
    n: float
    bad: float


def partition(bad: Floats, n: Floats) -> list[Run]:
    """Runs of a series of ``bad`` of ``n`` a day; days without rows belong to the run around them."""
    days = len(n)
    if days == 0:
        return []
    if not bad.any() or np.array_equal(bad, n):  # one rate throughout: nothing to divide
        return [Run(0, days - 1, float(n.sum()), float(bad.sum()))]
    temper = max(1.0, _dispersion(bad, n))
    penalty = 2.0 * np.log(max(days, 2)) + 4.0
    sum_n, sum_bad = (np.concatenate([[0.0], np.cumsum(x)]) for x in (n, bad))
    # Entry (first, end): the fit of one rate to the days from first up to, but without, end.
    fits = _loglik(sum_bad[None, :] - sum_bad[:, None], sum_n[None, :] - sum_n[:, None]) / temper
    best = np.zeros(days + 1)
    best[0] = -penalty
    previous = np.zeros(days + 1, dtype=int)
    for end in range(1, days + 1):
        costs = best[:end] - fits[:end, end] + penalty
        previous[end] = int(np.argmin(costs))
        best[end] = costs[previous[end]]
    edges = [days]
    while edges[-1] > 0:
        edges.append(int(previous[edges[-1]]))
    edges.reverse()
    return [Run(a, b - 1, float(sum_n[b] - sum_n[a]), float(sum_bad[b] - sum_bad[a])) for a, b in pairwise(edges)]


def _loglik(bad: Floats, n: Floats) -> Floats:
    """Largest binomial log-likelihood of each stretch."""
    good = np.maximum(n - bad, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(bad > 0, bad * np.log(bad / n), 0.0) + np.where(good > 0, good * np.log(good / n), 0.0)
    return np.asarray(np.where(n > 0, terms, 0.0), dtype=np.float64)


def _dispersion(bad: Floats, n: Floats) -> float:
    """Scatter between neighbouring days in units of binomial scatter; 1 where there is nothing beyond chance.

    The median does not feel the change that is looked for, the mean is sure with few pairs of days: each errs upwards
    in its own case, so the lesser is taken.
    """
    keep = n > 0
    bad, n = bad[keep], n[keep]
    if len(n) < 8:
        return 1.0
    share = bad / n
    pooled = (bad[1:] + bad[:-1]) / (n[1:] + n[:-1])
    variance = pooled * (1 - pooled) * (1 / n[1:] + 1 / n[:-1])
    ok = variance > 0
    if ok.sum() < 5:
        return 1.0
    scatter = (share[1:] - share[:-1])[ok] ** 2 / variance[ok]
    return float(min(np.median(scatter) / _MEDIAN_OF_CHI2, scatter.mean()))
