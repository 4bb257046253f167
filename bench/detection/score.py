"""From alarms to figures: false alarm episodes, recall within days, thresholds at equal cost."""

from __future__ import annotations

import numpy as np

from bench.detection.world import Floats

WITHIN = (1, 2, 3, 7)
_SAME = 7  # an alarm within so many days of the one before is the same episode


def episodes(alarms: Floats) -> float:
    """False alarm episodes per row of (accounts, days); a row is an account-month."""
    total = 0
    for row in alarms:
        last = -_SAME - 1
        for day in np.flatnonzero(row):
            total += day - last > _SAME
            last = int(day)
    return total / max(len(alarms), 1)


def threshold(scores: Floats, budget: float = 0.1) -> float:
    """Smallest threshold on (accounts, days) of scores that keeps false alarms within ``budget``."""
    grid = np.quantile(scores, np.linspace(0.5, 1.0, 1500))
    low, high = 0, len(grid) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if episodes(scores > grid[middle]) <= budget else (middle + 1, high)
    return float(grid[high])


def recall(alarms: Floats) -> tuple[float, ...]:
    """Share of rows with an alarm within 1, 2, 3 and 7 days."""
    return tuple(float(alarms[:, :k].any(axis=1).mean()) for k in WITHIN)


def first(alarms: Floats) -> Floats:
    """Day of the first alarm of each row, -1 for none."""
    return np.where(alarms.any(axis=1), alarms.argmax(axis=1), -1)
