"""Tails of the negative binomial and the beta-binomial, without scipy.

The incomplete beta function is evaluated by Lentz's continued fraction (Numerical Recipes 6.4); it takes real
arguments, so that weighted or corrected counts need no rounding.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300
_POISSON_SIZE = 1e7  # beyond this size a negative binomial is a Poisson to nine digits


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, 20_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1.0 + term * d
            c = 1.0 + term / c
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = c if abs(c) > _TINY else _TINY
            step = d * c
            value *= step
        if abs(step - 1.0) < 1e-12:
            break
    return value


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised I_x(a, b) for a, b > 0 and x in [0, 1]."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b))
    if x < (a + 1.0) / (a + b + 2.0):
        return min(1.0, front * _fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _fraction(b, a, 1.0 - x) / b)


def nb_tails(seen: float, mean: float, variance: float) -> tuple[float, float]:
    """Mid-p of "as few" and "as many" as ``seen`` for a negative binomial with this mean and variance.

    A variance at or below the mean means Poisson. Both values are in (0, 1); they add up to 1.
    """
    if mean <= 0.0:
        return (0.5, 0.5) if seen <= 0.0 else (1.0, _TINY)
    size = min(_POISSON_SIZE, mean * mean / max(variance - mean, mean * mean / _POISSON_SIZE))
    p = size / (size + mean)
    q = mean / (size + mean)
    mass = exp(
        lgamma(seen + size) - lgamma(size) - lgamma(seen + 1.0) + size * log(p) + (seen * log(q) if seen else 0.0)
    )
    below = incomplete_beta(size, seen + 1.0, p) - 0.5 * mass
    above = incomplete_beta(seen + 1.0, size, q) + 0.5 * mass
    return min(1.0, max(below, _TINY)), min(1.0, max(above, _TINY))


def beta_binomial_tails(bad: int, n: int, share: float, rho: float) -> tuple[float, float]:
    """Mid-p of "as few" and "as many" as ``bad`` of ``n`` where the share itself varies.

    ``rho`` is the intra-day correlation: the variance is n·s·(1-s)·(1 + (n-1)·rho).
    """
    share = min(max(share, 1e-6), 1.0 - 1e-6)
    rho = min(max(rho, 1e-9), 0.5)
    a, b = share * (1.0 - rho) / rho, (1.0 - share) * (1.0 - rho) / rho
    at = exp(_log_mass(bad, n, a, b))
    if bad <= n * share:  # each tail is summed away from the middle: from the far side the first term is lost to 0
        below = _summed(bad, n, a, b)
        return max(below - 0.5 * at, _TINY), min(1.0, 1.0 - below + 0.5 * at)
    above = _summed(n - bad, n, b, a)
    return min(1.0, 1.0 - above + 0.5 * at), max(above - 0.5 * at, _TINY)


def _log_mass(k: int, n: int, a: float, b: float) -> float:
    choose = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
    return choose + _log_beta(k + a, n - k + b) - _log_beta(a, b)


def _summed(k: int, n: int, a: float, b: float) -> float:
    """P(X <= k), summed downwards from ``k`` by the ratio of neighbours until nothing more is added."""
    term = total = exp(_log_mass(k, n, a, b))
    for i in range(k, 0, -1):
        term *= i * (n - i + b) / ((n - i + 1.0) * (i - 1.0 + a))
        total += term
        if term < total * 1e-13:
            break
    return min(1.0, total)
