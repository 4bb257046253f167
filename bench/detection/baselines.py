"""What others do: rules whose score grows with the drop, and the threshold that they ship with.

Each takes counts and clicks up to the day of the look (NaN where the export lacks a day), shapes (n,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from bench.detection.world import Floats


@dataclass(frozen=True, slots=True)
class Baseline:
    """A rule, its usual threshold and whether it is slow enough to be run on fewer accounts."""

    name: str
    score: Callable[[Floats, Floats], float]
    native: float
    slow: bool = False


def naive(counts: Floats, clicks: Floats) -> float:
    """Last three days against the seven before; alarm when more than 30 % is gone."""
    before = np.nanmean(counts[-10:-3]) if np.isfinite(counts[-10:-3]).any() else 0.0
    return float(1.0 - np.nanmean(counts[-3:]) / before) if before > 0 and np.isfinite(counts[-3:]).any() else 0.0


def z28(counts: Floats, clicks: Floats) -> float:
    """Newest day against mean and s.d. of the 28 before."""
    past = counts[-29:-1]
    return float((np.nanmean(past) - counts[-1]) / max(float(np.nanstd(past, ddof=1)), 1e-9))


def elementary(counts: Floats, clicks: Floats) -> float:
    """Defaults of Elementary: 14 days of training, the last two days tested, three sigma."""
    past = counts[-16:-2]
    spread = max(float(np.nanstd(past, ddof=1)), 1e-9)
    return float(np.nanmax((np.nanmean(past) - counts[-2:]) / spread))


def weekday_mad(counts: Floats, clicks: Floats) -> float:
    """Conversions per click against median and MAD of the same weekday, eight weeks."""
    rate = counts / np.maximum(clicks, 1.0)
    past = rate[-8::-7][:8]
    middle = float(np.nanmedian(past))
    spread = 1.4826 * float(np.nanmedian(np.abs(past - middle)))
    return float((middle - rate[-1]) / max(spread, 1e-9))


def stl(counts: Floats, clicks: Floats) -> float:
    """Remainder of a robust weekly STL decomposition, in MADs."""
    from statsmodels.tsa.seasonal import STL

    filled = np.where(np.isfinite(counts), counts, np.nanmedian(counts))
    remainder = STL(filled, period=7, robust=True).fit().resid
    middle = np.median(remainder)
    return float((middle - remainder[-1]) / max(1.4826 * float(np.median(np.abs(remainder - middle))), 1e-9))


def all_here() -> tuple[Baseline, ...]:
    """The baselines that this environment can run; STL needs statsmodels."""
    out = [
        Baseline("naive 3 against 7", naive, 0.3),
        Baseline("z of 28 days", z28, 3.0),
        Baseline("Elementary-like z", elementary, 3.0),
        Baseline("weekday median + MAD", weekday_mad, 3.0),
    ]
    if find_spec("statsmodels"):
        out.append(Baseline("STL remainder", stl, 3.0, slow=True))
    return tuple(out)
