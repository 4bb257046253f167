"""One look at a series on one day: the tests that must agree before anybody is told."""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.detect.fit import fit
from tiktrack.detect.frame import RECENT, Track, frame
from tiktrack.detect.records import Direction, Floats, Level, Parts, Test
from tiktrack.detect.windows import Forecast, best_window

MIN_DAYS, MIN_COUNTS = 14, 30
SUSPECT, CONFIRMED = 3.0, 4.6
"""Score (-log10 p) for an alarm without a witness. Set on the tuning seeds of ``bench/detection``."""
SUSPECT_WITNESSED, CONFIRMED_WITNESSED = 2.2, 3.0
"""The same when a witness agrees: three tests agree by chance more rarely than two."""
_CURIOUS = 1.3  # below this score of the bare counts the other tests cannot make an alarm


@dataclass(frozen=True, slots=True)
class Look:
    """Result of one day: the weakest score of the tests that had to agree, and the forecast that dates the onset."""

    direction: Direction
    score: float
    level: Level
    parts: Parts
    forecast: Forecast
    test: Test | None


def enough(seen: Track, upto: int) -> bool:
    """Whether a model can be fitted for row ``upto`` at all."""
    f = frame(seen, upto)
    return len(f.age) >= MIN_DAYS and f.old >= RECENT and float(f.count[f.age > 0].sum()) >= MIN_COUNTS


def look(seen: Track, upto: int, direction: Direction = "drop") -> Look:
    """Judge the days up to row ``upto``; ``enough`` must hold."""
    forecast = _forecast(seen, upto, None)
    bare = best_window(forecast, direction)
    if bare is None or bare.score < _CURIOUS:
        return Look(direction, bare.score if bare else 0.0, Level.NONE, Parts(bare), forecast, bare)
    score, deciding, test = bare.score, forecast, bare
    given_exposure = given_witness = None
    if seen.exposure is not None:
        deciding, given_exposure, known = _given(seen, upto, seen.exposure, direction, forecast)
        score = min(score, given_exposure.score if given_exposure else 0.0) if known else score
        test = given_exposure or bare
    witnessed = False
    if seen.witness is not None:
        _, given_witness, witnessed = _given(seen, upto, seen.witness, direction, forecast)
        score = min(score, given_witness.score if given_witness else 0.0) if witnessed else score
    return Look(
        direction, score, grade(score, witnessed), Parts(bare, given_exposure, given_witness), deciding, test
    )


def grade(score: float, witnessed: bool, dearer: float = 0.0) -> Level:
    """Level of a score; ``dearer`` is the price of having looked in many places."""
    suspect, confirmed = (SUSPECT_WITNESSED, CONFIRMED_WITNESSED) if witnessed else (SUSPECT, CONFIRMED)
    if score >= confirmed + dearer:
        return Level.CONFIRMED
    return Level.SUSPECT if score >= suspect + dearer else Level.NONE


def _forecast(seen: Track, upto: int, beside: Floats | None) -> Forecast:
    f = frame(seen, upto, beside)
    return Forecast(f, fit(f))


def _given(
    seen: Track, upto: int, beside: Floats, direction: Direction, otherwise: Forecast
) -> tuple[Forecast, Test | None, bool]:
    """The test beside a series, and whether it could speak: it is mute where the series itself is missing."""
    f = frame(seen, upto, beside)
    recent = seen.ordinal[: upto + 1] > seen.ordinal[upto] - RECENT
    known = bool((beside[: upto + 1][recent] >= 0).any()) and f.old >= RECENT
    if not known:
        return otherwise, None, False
    if f.old == len(f.age):
        return otherwise, None, True  # nothing was bought in the tested week: nothing was expected
    forecast = Forecast(f, fit(f))
    return forecast, best_window(forecast, direction), True
