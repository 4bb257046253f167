"""A series made ready for one look: finite days only, ages counted back from the day of the look."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tiktrack.detect.completeness import DEFAULT, FINISHED, at_age
from tiktrack.detect.records import Bools, Daily, Floats

MEMORY = 70
"""Days a look remembers; older ones say little about today and cost time with their square."""
_BARELY = 0.02  # of the account live: as good as nothing
RECENT = 7
"""The days that are tested; the model is fitted on what is older."""
HOLIDAY_SD = 0.35
"""S.d. of the log count of a public holiday and the day after: shops lose a third or win as much. Ours."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one test reads, all of shape (n,), oldest day first.

    ``age`` in days before the look; ``weekday`` 0 to 6; ``count``; ``lean`` (k, n) the logs of what the test
    leans on (exposure, witness or both) against their recent medians; ``slope`` (k,) and ``slope_sd`` what is
    believed of their elasticities; ``done`` and ``done_sd`` the booked share;
    ``live`` the share of the usual counts that could come; ``doubt`` the s.d. of the log count that a day has of its
    own, as public holidays do.
    """

    look: date
    age: Floats
    weekday: Floats
    count: Floats
    lean: Floats
    done: Floats
    done_sd: Floats
    live: Floats
    doubt: Floats
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
    """A ``Daily`` as arrays on days that were seen, shapes (n,): ordinals, counts, completeness by true age, and the
    doubt of single days (see ``Frame``), none before somebody has looked at the ``holidays``."""

    ordinal: Floats
    count: Floats
    exposure: Floats | None
    witness: Floats | None
    done: Floats
    done_sd: Floats
    live: Floats
    doubt: Floats
    holidays: Container[date]


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
        live=np.ones(len(keep)) if daily.live is None else np.nan_to_num(daily.live[keep], nan=1.0),
        doubt=np.zeros(len(keep)),
        holidays=daily.holidays,
    )


def on_holidays(seen: Track, upto: int) -> Track | None:
    """The track with the doubt of public holidays; ``None`` where there is none among the days that are tested."""
    look = seen.ordinal[upto]
    near = np.flatnonzero(seen.ordinal[: upto + 1] > look - MEMORY)
    off = [row for row in near if date.fromordinal(int(seen.ordinal[row])) in seen.holidays]
    if not off or look - seen.ordinal[off[-1]] >= RECENT:
        return None
    doubt = seen.doubt.copy()
    doubt[off] = HOLIDAY_SD
    return replace(seen, doubt=doubt)


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
    rows = np.flatnonzero((seen.ordinal[: upto + 1] > look - MEMORY) & (seen.live[: upto + 1] > _BARELY))
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
        live=seen.live[rows],
        doubt=seen.doubt[rows],
        slope=np.array([b.slope for b in beside]),
        slope_sd=np.array([b.slope_sd for b in beside]),
    )


def _centred(logs: Floats, older: Bools) -> Floats:
    return logs - float(np.median(logs[older][-28:])) if older.any() else logs
