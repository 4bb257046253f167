"""When a past break ended: the day from which counts are nearer to what they were before."""

from __future__ import annotations

import numpy as np

from tiktrack.detect.frame import Track
from tiktrack.detect.look import CLICKS_SLOPE
from tiktrack.detect.records import Direction, Floats

_BEFORE = 28  # days that tell how it was
_WORTH = 3.0  # log-likelihood that an end must bring


def usual(seen: Track, first: int) -> Floats:
    """Counts to expect from row ``first`` on, had all stayed as in the four weeks before, shape (n - first,).

    Weekday factors are shrunk by three average days each; the exposure enters with the usual elasticity.
    """
    push = np.zeros(len(seen.count))
    if seen.exposure is not None:
        known = np.isfinite(seen.exposure) & (seen.exposure > 0)
        middle = float(np.median(seen.exposure[known]))
        push[known] = CLICKS_SLOPE * np.log(seen.exposure[known] / middle)
        push[np.isfinite(seen.exposure) & (seen.exposure == 0)] = -20.0
    scale = np.exp(push) * seen.done
    before = slice(max(0, first - _BEFORE), first)
    weekday = (seen.ordinal % 7).astype(int)
    mean = seen.count[before].sum() / max(scale[before].sum(), 1e-9)
    got = np.bincount(weekday[before], seen.count[before], 7) + 3.0 * seen.count[before].mean()
    due = np.bincount(weekday[before], mean * scale[before], 7) + 3.0 * seen.count[before].mean()
    factor: Floats = (got / np.maximum(due, 1e-9))[weekday[first:]]
    out: Floats = scale[first:] * mean * factor
    return out


def recovery(seen: Track, first: int, last: int, phi: float, direction: Direction) -> int | None:
    """First good row after the bad rows ``first`` to ``last`` (inclusive at least), ``None`` if still on."""
    expected, count = usual(seen, first), seen.count[first:]
    n = len(count)
    still = _stretch(count, expected, phi)
    best, gain = None, still + _WORTH
    for end in range(max(1, last - first), n):
        bad = _ratio(count[:end], expected[:end])
        good = _ratio(count[end:], expected[end:])
        nearer = good > (1.0 + bad) / 2.0 if direction == "drop" else good < (1.0 + bad) / 2.0
        total = _stretch(count[:end], expected[:end], phi) + _stretch(count[end:], expected[end:], phi)
        if nearer and total > gain:
            best, gain = first + end, total
    return best


def _ratio(count: Floats, expected: Floats) -> float:
    return float((count.sum() + 0.5) / (expected.sum() + 0.5))


def _stretch(count: Floats, expected: Floats, phi: float) -> float:
    """Negative binomial log-likelihood of days that share one ratio, up to a constant."""
    mean = np.maximum(expected * _ratio(count, expected), 1e-6)
    size = 1.0 / phi
    return float((count * np.log(mean) - (count + size) * np.log(size + mean)).sum())
