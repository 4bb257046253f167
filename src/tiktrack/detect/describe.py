"""From an alarming look to a verdict: onset, end, size, and the codes of its reasons."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np

from tiktrack.detect.completeness import DEFAULT, FINISHED
from tiktrack.detect.look import Look
from tiktrack.detect.onset import onset
from tiktrack.detect.records import Daily, Floats, Level, Reason, Verdict
from tiktrack.detect.windows import Forecast

Z80 = 1.2816


def alarm(daily: Daily, found: Look) -> Verdict:
    """The verdict on a change that is still on when the look ends."""
    if found.test is None:
        raise ValueError("a look without a test has nothing to describe")
    curve = (daily.completeness or DEFAULT) if daily.basis == "click" else FINISHED
    start = onset(found.forecast, found.test, found.direction, curve)
    expected, seen, low, high = size(found.forecast, start.row)
    ratio = (seen + 0.5) / (expected + 0.5)
    return Verdict(
        level=found.level,
        direction=found.direction,
        since=start.since,
        since_low=start.low,
        since_high=start.high,
        expected=expected,
        seen=seen,
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        lost=expected - seen,
        score=found.score,
        reasons=_reasons(found),
        parts=found.parts,
    )


def size(forecast: Forecast, row: int) -> tuple[float, float, float, float]:
    """Expected, seen, and the 80 % interval of seen ÷ expected, from ``row`` to the end of the forecast."""
    mean: Floats = forecast.expected(row)
    total, seen = float(mean.sum()), float(np.sum(forecast.frame.count[row:]))
    doubt = max(forecast.variance(row, mean) - total, 0.0) / max(total, 1e-9) ** 2
    spread = exp(Z80 * sqrt(1.0 / (seen + 0.5) + doubt))
    ratio = (seen + 0.5) / (total + 0.5)
    return total, seen, ratio / spread, ratio * spread


def quiet(found: Look) -> tuple[Reason, ...]:
    """Why counts that did move raised no alarm."""
    parts = found.parts
    if found.holiday:
        return (Reason.HOLIDAY_EXPLAINS,)
    if parts.exposure is None and parts.witness is None:
        return (Reason.WITHIN_NOISE,)
    reasons = []
    bare = parts.bare.score if parts.bare else 0.0
    if parts.exposure is not None and parts.exposure.score < 0.5 * bare:
        reasons.append(Reason.EXPOSURE_EXPLAINS)
    if parts.witness is not None and parts.witness.score < 0.5 * bare:
        reasons.append(Reason.WITNESS_EXPLAINS)
    return tuple(reasons) or (Reason.WITHIN_NOISE,)


def _reasons(found: Look) -> tuple[Reason, ...]:
    moved = Reason.COUNTS_FELL if found.direction == "drop" else Reason.COUNTS_ROSE
    agrees = found.parts.witness is not None and found.level is not Level.NONE
    return (moved, Reason.WITNESS_AGREES) if agrees else (moved,)
