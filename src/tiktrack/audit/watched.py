"""The series that the drop detectors watch, as they read them: conversions of the log, and of the ads report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from tiktrack.audit.incidents import Store
from tiktrack.audit.incidents.select import CONVERSION, OTHER_CHANNEL
from tiktrack.audit.incidents.timeline import Timeline
from tiktrack.audit.runs import Floats
from tiktrack.audit.series import WHOLE
from tiktrack.detect.blend import blend
from tiktrack.detect.records import Daily

_MOST = 12
_NEWEST = 28


@dataclass(frozen=True, slots=True)
class Watched:
    """One series: ``what`` it counts, the keys of its segment, and the counts with what stands beside them."""

    what: str
    segment: dict[str, str]
    daily: Daily

    @property
    def a_day(self) -> float:
        """Mean of the newest four weeks."""
        newest = self.daily.counts[-_NEWEST:]
        known = newest[np.isfinite(newest)]
        return float(known.mean()) if len(known) else 0.0


def watched(store: Store, as_of: date | None) -> list[Watched]:
    """The heaviest series of the log and of the report, largest first within each."""
    line = Timeline(store)
    if not line.days:
        return []
    found = [*_of_log(line), *_of_report(line, as_of)]
    return sorted(found, key=lambda w: (w.what, -w.a_day))[:_MOST]


def _of_log(line: Timeline) -> Iterator[Watched]:
    """Each conversion event of a pixel by channel, purchases beside the orders, else beside the other channel."""
    for pixel, channel, kind, event in line.store.events:
        if kind != CONVERSION or channel not in OTHER_CHANNEL:
            continue
        counts = line.events((pixel, channel, kind, event).__eq__)
        if counts is not None:
            other = line.events((pixel, OTHER_CHANNEL[channel], kind, event).__eq__)
            witness = line.orders() if event == "Purchase" and line.store.orders else other
            segment = {"pixel_code": pixel, "channel": channel, "event": event}
            yield Watched("events", segment, _trimmed(line, counts, witness=witness))


def _of_report(line: Timeline, as_of: date | None) -> Iterator[Watched]:
    """The whole report, then each campaign, conversions beside clicks and orders."""
    names = sorted({name for name, measure in line.store.ads if measure == line.counted})
    pairs = [(n, line.reported(("clicks",), n.__eq__), line.reported((line.counted,), n.__eq__)) for n in names]
    known = [(name, clicks, counts) for name, clicks, counts in pairs if clicks is not None and counts is not None]
    if len(known) > 1:
        counts = np.array([c for _, _, c in known])
        mix = blend(np.array([k for _, k, _ in known]), counts)
        whole = _trimmed(line, counts.sum(axis=0), exposure=mix.exposure, live=mix.live, as_of=as_of)
        yield Watched("conversions in the report", {"campaign": WHOLE}, whole)
    for name, clicks, bought in known:
        yield Watched(
            "conversions in the report", {"campaign": name}, _trimmed(line, bought, exposure=clicks, as_of=as_of)
        )


def _trimmed(
    line: Timeline,
    counts: Floats,
    *,
    exposure: Floats | None = None,
    live: Floats | None = None,
    witness: Floats | None = None,
    as_of: date | None = None,
) -> Daily:
    """From the first to the last day that is known: days outside of the table are no days without conversions."""
    witness = line.orders() if exposure is not None else witness
    there = np.flatnonzero(np.isfinite(counts))
    part = slice(int(there[0]), int(there[-1]) + 1) if len(there) else slice(0, 0)
    covered = witness is not None and len(there) and bool(np.isfinite(witness[there[-1]]))
    return Daily(
        days=line.days[part],
        counts=counts[part],
        exposure=None if exposure is None else exposure[part],
        live=None if live is None else live[part],
        witness=witness[part] if covered and witness is not None else None,
        basis="click" if exposure is not None and line.click_dated else "event",
        as_of=as_of,
        completeness=line.store.completeness,
    )
