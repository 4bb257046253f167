"""Drops that no detector reports, because something explains them: the shop sold less, or the ads were turned down.

They are told all the same, as incidents without findings: whoever sees the curve fall wants to read that the tracking
is sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tiktrack.audit.incidents.diagnose import Diagnosis, diagnose
from tiktrack.audit.incidents.expected import Cause
from tiktrack.audit.incidents.select import BOTH, CONVERSION, log_signs, report_signs
from tiktrack.audit.incidents.signs import Signs, Symptom
from tiktrack.audit.incidents.symptoms import log_symptom, senders_of
from tiktrack.audit.incidents.timeline import Timeline
from tiktrack.audit.runs import Floats
from tiktrack.detect.records import Daily, Verdict
from tiktrack.detect.scan import scan

TOLD = (Cause.DEMAND, Cause.SITE_BREAK, Cause.DELIVERY_CHANGE)
"""Causes outside the tracking that are worth telling without a finding."""
_NEAR = 4  # days within which an incident is told already


@dataclass(frozen=True, slots=True)
class Explained:
    """A drop with its explanation; ``what`` names the conversions, ``pixel`` is None where they are the report's."""

    what: str
    pixel: str | None
    symptom: Symptom
    signs: Signs
    found: Diagnosis
    ratio: float


def explained(line: Timeline, told: Sequence[date]) -> list[Explained]:
    """Drops of the pixels' purchases and of the whole report that have a cause outside the tracking.

    ``told`` are the beginnings of incidents that have findings.
    """
    found: list[Explained] = []
    for what, pixel, symptom, signs, ratio in _drops(line):
        near = [*told, *(e.symptom.since for e in found)]
        if any(abs((symptom.since - day).days) <= _NEAR for day in near):
            continue
        diagnosis = diagnose(symptom, signs)
        if diagnosis.cause in TOLD:
            found.append(Explained(what, pixel, symptom, signs, diagnosis, ratio))
    return found


def _drops(line: Timeline) -> Iterator[tuple[str, str | None, Symptom, Signs, float]]:
    """Falls of the bare counts, whatever may explain them."""
    for pixel in sorted({key[0] for key in line.store.events if key[3] == "Purchase" and key[2] == CONVERSION}):
        segment = {"pixel_code": pixel, "event": "Purchase"}
        counts = _purchases(line, pixel)
        fall = _fall(line, counts)
        if fall is not None and counts is not None and fall.since is not None:
            both = senders_of(line.store, segment)
            symptom = log_symptom(fall.since, _last(fall), counts, line, segment, senders=both)
            yield f"Purchases of pixel {pixel}", pixel, symptom, log_signs(line, segment), fall.ratio or 0.0
    raw = _finished(line, line.ads((line.counted,), lambda name: True))
    fall = _fall(line, raw)  # the timeline has filled up the unfinished days
    if fall is not None and raw is not None and fall.since is not None:
        symptom = Symptom(since=fall.since, until=_last(fall), counts=raw, reported=True, click_dated=line.click_dated)
        yield "Conversions in the report", None, symptom, report_signs(line, lambda name: True), fall.ratio or 0.0


def _finished(line: Timeline, counts: Floats | None) -> Floats | None:
    """Without the newest day of the report: exported in the morning it looks as if the ads had been turned down."""
    newest = max(line.store.days.get("ads", ()), default=None)
    return None if counts is None else np.where([day == newest for day in line.days], np.nan, counts)


def _purchases(line: Timeline, pixel: str) -> Floats | None:
    return line.events(lambda key: key[0] == pixel and key[3] == "Purchase" and key[1] in BOTH)


def _fall(line: Timeline, counts: Floats | None) -> Verdict | None:
    if counts is None or not np.isfinite(counts).any():
        return None
    found = scan(Daily(days=line.days, counts=counts), directions=("drop",))
    return found if found.alarmed else None


def _last(fall: Verdict) -> date | None:
    return fall.until - timedelta(days=1) if fall.until else None
