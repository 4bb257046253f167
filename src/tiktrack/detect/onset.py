"""When it began, by maximum likelihood, and the days that the data cannot tell from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tiktrack.detect.completeness import at_age
from tiktrack.detect.records import Completeness, Direction, Floats, Test
from tiktrack.detect.windows import Forecast

_REACH = 6  # days before the alarming window where the onset may still lie
_COST = 0.15  # log-likelihood a day earlier: a drop that reaches back further must earn it
_SET = 1.64  # log-likelihood units; 80 % set


@dataclass(frozen=True, slots=True)
class Onset:
    """Most likely first bad row of the frame and the days that bound the 80 % set."""

    row: int
    since: date
    low: date
    high: date


def onset(forecast: Forecast, test: Test, direction: Direction, curve: Completeness) -> Onset:
    """Onset of the change that ``test`` found; ``curve`` is FINISHED for event-dated counts.

    Click-dated counts lose the late conversions of earlier clicks too, so days before the break are expected
    to miss what had not yet been booked when it came.
    """
    f = forecast.frame
    rows = [i for i in range(len(f.age)) if f.day(i) >= test.start]
    origin = max(rows[0] - _REACH, 7, 0)
    mean, count = forecast.expected(origin), f.count[origin:]
    phi = forecast.model.noise.phi
    starts = list(range(origin, len(f.age)))
    gain = [
        _likelihood(
            count, mean, _hit(f.age[origin:], float(f.age[b]), f.done[origin:], curve), phi, direction
        )
        + _COST * (b - origin)
        for b in starts
    ]
    top = int(np.argmax(gain))
    near = [b for b, g in zip(starts, gain, strict=True) if g >= gain[top] - _SET]
    return Onset(starts[top], f.day(starts[top]), f.day(near[0]), f.day(near[-1]))


def _hit(age: Floats, first: float, done: Floats, curve: Completeness) -> Floats:
    """Share of each day's expected count that a total loss from age ``first`` on would take."""
    if not curve.mean:
        return (age <= first).astype(float)
    booked, _ = at_age(curve, np.maximum(age - first - 1.0, 0.0))
    return np.where(age <= first, 1.0, np.maximum(0.0, 1.0 - booked / done))


def _likelihood(count: Floats, mean: Floats, hit: Floats, phi: float, direction: Direction) -> float:
    """Negative binomial log-likelihood with the best size of the change, up to a constant."""
    loss = float((hit * (mean - count)).sum() / max((hit * hit * mean).sum(), 1e-9))
    loss = min(max(loss, 0.0), 1.0) if direction == "drop" else max(min(loss, 0.0), -9.0)
    changed = np.maximum(mean * (1.0 - loss * hit), 1e-3 * mean + 1e-6)
    size = 1.0 / phi
    return float((count * np.log(changed) - (count + size) * np.log(size + changed)).sum())
