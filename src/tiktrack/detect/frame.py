"""A series made ready for one look: finite days only, ages counted back from the day of the look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tiktrack.detect.completeness import DEFAULT, FINISHED, at_age
from tiktrack.detect.records import Bools, Daily, Floats

MEMORY = 70
"""Days a look remembers; older ones say little about today and cost time with their square."""
RECENT = 7
"""The days that are tested; the model is fitted on what is older."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one test reads, all of shape (n,), oldest day first.

    ``age`` in days before the look; ``weekday`` 0 to 6; ``count``; ``lean`` (k, n) the logs of what the test
    leans on (exposure, witness or both) against their recent medians; ``slope`` (k,) and ``slope_sd`` what is
    believed of their elasticities; ``done`` and ``done_sd`` the booked share.
    """

    look: date
    age: Floats
    weekday: Floats
    count: Floats
    lean: Floats
    done: Floats
    done_sd: Floats
    slope: Floats
    slope_sd: Floats

    @property
    def old(self) -> int:
        """How many of the days are old enough to be fitted on."""
        return int((self.age >= RECENT).sum())

    def day(self, index: int) -> date:
        """Calendar day of a row."""
        return self.look - timedelta(days=int(self.age[index]))


@dataclass(frozen=True, slots=True)
class Beside:
    """A series that the counts lean on, shape (n,) over all rows, and the belief about their elasticity."""

    values: Floats
    slope: float
    slope_sd: float


@dataclass(frozen=True, slots=True)
class Track:
    """A ``Daily`` as arrays on days that were seen, shapes (n,): ordinals, counts, completeness by true
    age."""

    ordinal: Floats
    count: Floats
    exposure: Floats | None
    witness: Floats | None
    done: Floats
    done_sd: Floats


def track(daily: Daily) -> Track:
    """Sort out missing and unfinished days; ages for completeness run from ``as_of``."""
    ordinal = np.array([d.toordinal() for d in daily.days], dtype=float)
    end = float((daily.as_of or max(daily.days)).toordinal()) if daily.days else 0.0
    counts = np.asarray(daily.counts, dtype=float)
    there = np.flatnonzero(np.isfinite(counts) & (ordinal <= end))
    keep = there[np.argsort(ordinal[there], kind="stable")]
    curve = daily.completeness or DEFAULT if daily.basis == "click" else FINISHED
    done, done_sd = at_age(curve, end - ordinal[keep])
    return Track(
        ordinal=ordinal[keep],
        count=np.maximum(counts[keep], 0.0),
        exposure=_side(daily.exposure, keep),
        witness=_side(daily.witness, keep),
        done=done,
        done_sd=done_sd,
    )


def _side(values: Floats | None, keep: NDArray[np.intp]) -> Floats | None:
    if values is None:
        return None
    column: Floats = np.asarray(values, dtype=float)[keep]
    return column if bool((column > 0).sum() >= 14) else None


def frame(seen: Track, upto: int, beside: Sequence[Beside] = ()) -> Frame:
    """The days up to row ``upto`` (inclusive), explained by what stands ``beside`` them.

    Days without a positive value beside them leave the frame: nothing was expected there.
    """
    look = seen.ordinal[upto]
    rows = np.arange(upto + 1)[seen.ordinal[: upto + 1] > look - MEMORY]
    for b in beside:
        rows = rows[np.isfinite(b.values[rows]) & (b.values[rows] > 0)]
    older = look - seen.ordinal[rows] >= RECENT
    lean = np.array([_centred(np.log(b.values[rows]), older) for b in beside]).reshape(len(beside), len(rows))
    ordinal = seen.ordinal[rows]
    return Frame(
        look=date.fromordinal(int(look)),
        age=look - ordinal,
        weekday=(ordinal + 6) % 7,
        count=seen.count[rows],
        lean=lean,
        done=seen.done[rows],
        done_sd=seen.done_sd[rows],
        slope=np.array([b.slope for b in beside]),
        slope_sd=np.array([b.slope_sd for b in beside]),
    )


def _centred(logs: Floats, older: Bools) -> Floats:
    return logs - float(np.median(logs[older][-28:])) if older.any() else logs
