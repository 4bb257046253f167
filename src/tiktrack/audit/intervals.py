"""Intervals of shares and ratios: what chance alone can do (Wilson 1927; ratio of Poisson counts by the binomial)."""

from __future__ import annotations

import math

Z95 = 1.959964


def wilson(bad: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Interval of a share bad ÷ n; (0, 1) where n is 0."""
    if n <= 0:
        return 0.0, 1.0
    share = min(max(bad / n, 0.0), 1.0)
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if bad <= 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if bad >= n else min(1.0, (centre + half) / scale)
    return low, high


def ratio(top: float, bottom: float, z: float = Z95) -> tuple[float, float]:
    """Interval of a quotient of two counts; the upper end is infinite where the bottom may be nothing."""
    low, high = wilson(top, top + bottom, z)
    return low / (1 - low) if low < 1 else math.inf, high / (1 - high) if high < 1 else math.inf
