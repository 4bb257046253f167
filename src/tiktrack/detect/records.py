"""What goes into a detector and what comes out: frozen records, numbers and codes, no prose."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Basis = Literal["event", "click"]
Direction = Literal["drop", "rise"]


class Level(StrEnum):
    """How sure a detector is. Suspect: at most 0.10 false ones per account and month; confirmed: 0.03."""

    NONE = "none"
    SUSPECT = "suspect"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a verdict is what it is; the words are made elsewhere."""

    TOO_FEW_DAYS = "too_few_days"
    TOO_FEW_COUNTS = "too_few_counts"
    NO_POWER = "no_power"
    WITHIN_NOISE = "within_noise"
    COUNTS_FELL = "counts_fell"
    COUNTS_ROSE = "counts_rose"
    EXPOSURE_EXPLAINS = "exposure_explains"
    WITNESS_EXPLAINS = "witness_explains"
    WITNESS_AGREES = "witness_agrees"
    HOLIDAY_EXPLAINS = "holiday_explains"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Completeness:
    """Share of a day's final count that is already booked ``age`` days later, and its standard deviation.

    Index 0 is the newest complete day; beyond the end a day counts as complete. Source: ``completeness``.
    """

    mean: tuple[float, ...]
    sd: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """One series a day, ascending; a missing day is either absent from ``days`` or NaN, never 0.

    ``exposure`` is what makes counts grow (clicks, sessions, page views). ``live`` is the share of the usual
    counts that could come that day at all (campaigns that ran, see ``blend``; default 1). ``witness``
    should rise and fall with the counts unless tracking breaks (the shop's orders, the other channel).
    ``basis`` tells whether a conversion stands on the day that it happened or on the day of its click; the
    newest days of the latter are unfinished, as seen from ``as_of``, the last complete day (default: the last
    of ``days``). ``holidays`` are days on which people may buy much less or more; only asked about when counts moved.
    """

    days: tuple[date, ...]
    counts: Floats
    exposure: Floats | None = None
    live: Floats | None = None
    witness: Floats | None = None
    basis: Basis = "event"
    as_of: date | None = None
    completeness: Completeness | None = None
    holidays: Container[date] = ()


@dataclass(frozen=True, slots=True)
class Test:
    """The strongest window of one test: first day, counts expected and seen, variance, -log10 of the p-value.

    ``expected`` and ``variance`` speak of the whole window if nothing has happened. ``unfinished`` is the share of the
    variance that is doubt in how far the newest days have filled up.
    """

    start: date
    days: int
    expected: float
    seen: float
    variance: float
    score: float
    unfinished: float = 0.0

    @property
    def ratio(self) -> float:
        """Seen ÷ expected; half a count on both sides keeps zeros finite."""
        return (self.seen + 0.5) / (self.expected + 0.5)


@dataclass(frozen=True, slots=True)
class Parts:
    """The tests that must agree: counts alone, given the exposure, given the witness, given both.

    ``None`` is a test that was not needed (counts alone were normal) or had nothing to stand on; a score of
    0 is a test that found nothing left to explain. Without an exposure ``joint`` is the test given the
    witness.
    """

    bare: Test | None = None
    exposure: Test | None = None
    witness: Test | None = None
    joint: Test | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a series shows.

    ``since`` is the first bad day (most likely; 80 % set ``since_low`` to ``since_high``), ``until`` the
    first good day after it, ``None`` while it lasts. ``expected``, ``seen``, ``ratio`` (with 80 % interval)
    and ``lost`` speak of the days from ``since`` to ``until`` or to the end. ``score`` is the strength of
    the tests that had to agree, in -log10 p. ``smallest_drop`` maps 1, 2 and 7 days to the share that would
    have been seen with probability 0.8, ``None`` where even a total loss would not.
    """

    level: Level
    direction: Direction | None = None
    since: date | None = None
    since_low: date | None = None
    since_high: date | None = None
    until: date | None = None
    expected: float | None = None
    seen: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    lost: float | None = None
    score: float = 0.0
    smallest_drop: dict[int, float | None] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    parts: Parts = field(default_factory=Parts)

    @property
    def p(self) -> float:
        """Chance of a window at least as extreme if nothing happened, before the scan is paid for."""
        return float(10.0**-self.score)

    @property
    def alarmed(self) -> bool:
        """Whether somebody should look."""
        return self.level in (Level.SUSPECT, Level.CONFIRMED)
