"""One look at a series on one day: the tests that must agree before anybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiktrack.detect.bars import bars, conjoin
from tiktrack.detect.fit import fit
from tiktrack.detect.frame import RECENT, Beside, Frame, Track, frame, on_holidays
from tiktrack.detect.records import Direction, Floats, Level, Parts, Test
from tiktrack.detect.windows import Forecast, best_window

MIN_DAYS, MIN_COUNTS = 14, 30
CLICKS_SLOPE, CLICKS_SLOPE_SD = 0.8, 0.22
"""Real accounts have 0.4 to 1.0 against clicks, so a slope of 1 is wrong as often as right."""
ORDERS_SLOPE, ORDERS_SLOPE_SD = 0.95, 0.10
"""Alone, orders must explain a collapse of demand in full: a shop that sells half has half the
conversions."""
BOTH_SLOPE, BOTH_SLOPE_SD = 0.5, 0.30
"""Beside clicks, orders carry the day's demand and their own noise, so their slope is left to the account."""
_CURIOUS = 1.3  # below this score of the bare counts the other tests cannot make an alarm


@dataclass(frozen=True, slots=True)
class Look:
    """Result of one day: strength of the agreeing tests, and the forecast and test that date and size it; ``holiday``
    tells that it would have been an alarm on other days."""

    direction: Direction
    score: float
    level: Level
    parts: Parts
    forecast: Forecast
    test: Test | None
    holiday: bool = False


def enough(seen: Track, upto: int) -> bool:
    """Whether a model can be fitted for row ``upto`` at all, and there is a week to be judged."""
    f = frame(seen, upto)
    judged = f.old < len(f.age)
    return judged and len(f.age) >= MIN_DAYS and f.old >= RECENT and float(f.count[f.age > 0].sum()) >= MIN_COUNTS


def look(seen: Track, upto: int, direction: Direction = "drop", dearer: float = 0.0) -> Look:
    """Judge the days up to row ``upto``; ``enough`` must hold. ``dearer`` raises the bars, see ``bars``.

    What would be an alarm must be one with the doubt of public holidays as well, unless a witness had them too.
    """
    found = _look(seen, upto, direction, dearer)
    if found.level is Level.NONE or found.parts.witness:
        return found
    doubtful = on_holidays(seen, upto)
    if doubtful is None:
        return found
    again = _look(doubtful, upto, direction, dearer)
    return replace(again, holiday=again.level is Level.NONE)


def _look(seen: Track, upto: int, direction: Direction, dearer: float) -> Look:
    forecast = _forecast(frame(seen, upto))
    bare = best_window(forecast, direction)
    if bare is None or bare.score < _CURIOUS:
        return Look(direction, bare.score if bare else 0.0, Level.NONE, Parts(bare), forecast, bare)
    clicks = _beside(seen, upto, seen.exposure, CLICKS_SLOPE, CLICKS_SLOPE_SD)
    orders = _beside(seen, upto, seen.witness, ORDERS_SLOPE, ORDERS_SLOPE_SD)
    parts, dated, test = Parts(bare), forecast, bare
    if clicks:
        dated, found = _given(seen, upto, clicks, direction, forecast)
        parts, test = Parts(bare, found or _mute(bare)), found or bare
    if orders:
        _, found = _given(seen, upto, orders, direction, forecast)
        both = found
        if clicks:
            freer = _beside(seen, upto, seen.witness, BOTH_SLOPE, BOTH_SLOPE_SD)
            dated, both = _given(seen, upto, (*clicks, *freer), direction, dated)
            test = both or test
        parts = Parts(bare, parts.exposure, found or _mute(bare), both or _mute(bare))
    score = conjoin(parts)
    return Look(direction, score, bars(parts).level(score, dearer), parts, dated, test)


def _forecast(f: Frame) -> Forecast:
    return Forecast(f, fit(f))


def _beside(seen: Track, upto: int, values: Floats | None, slope: float, sd: float) -> tuple[Beside, ...]:
    """The series to lean on, or nothing where it is missing in the tested week or has no history."""
    if values is None:
        return ()
    known = values[: upto + 1] >= 0
    recent = seen.ordinal[: upto + 1] > seen.ordinal[upto] - RECENT
    old_enough = int((known & ~recent & (values[: upto + 1] > 0)).sum()) >= RECENT
    return (Beside(values, slope, sd),) if old_enough and bool(known[recent].any()) else ()


def _given(
    seen: Track, upto: int, beside: Sequence[Beside], direction: Direction, otherwise: Forecast
) -> tuple[Forecast, Test | None]:
    """Forecast and strongest window given what stands beside; nothing bought in the week, nothing
    expected."""
    f = frame(seen, upto, beside)
    if f.old < RECENT or f.old == len(f.age):
        return otherwise, None
    forecast = _forecast(f)
    return forecast, best_window(forecast, direction)


def _mute(bare: Test) -> Test:
    """A test that found no window worth a score: what stands beside explains the counts."""
    return Test(bare.start, bare.days, bare.seen, bare.seen, bare.seen, 0.0)
