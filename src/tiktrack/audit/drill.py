"""Fire drill: known faults are put into the account's own days, and the detectors of the audit look for them.

What is changed are counts, not rows: the newest whole days of each series keep every event with the chance that the
fault leaves it, drawn several times. So noise, weekdays, clicks and orders are the account's own, and a fault counts as
caught only when most draws are. Rules with a limit look at single rows; they need no drill, only enough rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tiktrack.audit.incidents import Store
from tiktrack.audit.runs import Floats
from tiktrack.audit.watched import Watched, watched
from tiktrack.detect.records import Daily, Direction
from tiktrack.detect.scan import newest

DAYS = (1, 2, 3, 7)
_DRAWS, _SEED = 5, 20260101
_SLACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a series: ``keep`` is the share of its counts that is left, above 1 what comes twice.

    ``hits`` are the series: a channel of the log, or the report.
    """

    name: str
    hits: str
    keep: float

    @property
    def direction(self) -> Direction:
        """Where the counts go."""
        return "drop" if self.keep < 1.0 else "rise"


FAULTS = (
    Fault("a release drops the pixel", "browser", 0.0),
    Fault("a consent banner hides half of the buyers", "browser", 0.5),
    Fault("the thank-you page fires twice", "browser", 2.0),
    Fault("the access token expires", "server", 0.0),
    Fault("one of two checkouts is left out", "server", 0.5),
    Fault("every request is sent twice", "server", 2.0),
    Fault("nothing is credited anymore", "report", 0.0),
    Fault("click IDs are lost for half of the visits", "report", 0.5),
)
BROKEN_ALREADY = "already alarmed without it"
NO_WITNESS = "not judged: a rise needs orders or a second channel to compare with"


@dataclass(frozen=True, slots=True)
class Drill:
    """One fault in one series: ``caught`` after so many days, None where not within a week; ``note`` where it could
    not be tried.
    """

    fault: str
    segment: dict[str, str]
    a_day: float
    caught: int | None
    note: str = ""


def drills(store: Store, as_of: date | None) -> list[Drill]:
    """Every fault in every series that it can hit, the heaviest series first."""
    series = watched(store, as_of)
    return [_drill(fault, item, len(series)) for item in series for fault in FAULTS if _hits(fault, item)]


def _hits(fault: Fault, item: Watched) -> bool:
    return item.segment.get("channel", "report") == fault.hits


def _drill(fault: Fault, item: Watched, among: int) -> Drill:
    if fault.direction == "rise" and item.daily.witness is None:
        return Drill(fault.name, item.segment, item.a_day, None, NO_WITNESS)
    if newest(item.daily, among, (fault.direction,)).alarmed:
        return Drill(fault.name, item.segment, item.a_day, None, BROKEN_ALREADY)
    caught = next((days for days in DAYS if _caught(fault, item.daily, days, among)), None)
    return Drill(fault.name, item.segment, item.a_day, caught)


def _caught(fault: Fault, daily: Daily, days: int, among: int) -> bool:
    """Whether most draws of the fault, ``days`` days old, are found, in the right direction and not long before."""
    whole = np.flatnonzero(np.isfinite(daily.counts))[-days:]
    began = daily.days[int(whole[0])]
    hits = 0
    for counts in _drawn(daily.counts, whole, fault.keep):
        found = newest(replace(daily, counts=counts), among, (fault.direction,))
        hits += found.alarmed and found.since is not None and found.since >= began - _SLACK
    return 2 * hits > _DRAWS


def _drawn(counts: Floats, rows: Sequence[int] | np.ndarray, keep: float) -> Iterator[Floats]:
    """The counts with the fault in these rows, each draw with its own luck."""
    rng = np.random.default_rng(_SEED)
    for _ in range(_DRAWS):
        changed = counts.copy()
        hit = changed[rows].astype(int)
        changed[rows] = rng.binomial(hit, min(keep, 1.0)) + rng.binomial(hit, max(keep - 1.0, 0.0))
        yield changed
