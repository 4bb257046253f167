"""Did a daily count break, since when, by how much, and could we have seen it at all?"""

from __future__ import annotations

from dataclasses import replace
from math import log10

from tiktrack.detect.describe import quiet
from tiktrack.detect.frame import Track, track
from tiktrack.detect.history import closed, past
from tiktrack.detect.look import MIN_DAYS, Look, enough, look
from tiktrack.detect.power import smallest_drops
from tiktrack.detect.records import Daily, Direction, Level, Reason, Verdict

EITHER: tuple[Direction, ...] = ("drop", "rise")


def scan(daily: Daily, among: int = 1, directions: tuple[Direction, ...] = EITHER) -> Verdict:
    """The break that says most about the present: one that is still on before one that is over, the surer one first.

    The newest week alone would take a break of three weeks for the new normal, or date it too late; the history
    alone would miss yesterday. ``among`` is the number of series looked at side by side (campaigns, events): the
    bars rise with its logarithm, so that the family together keeps the promise of one.

    Only ``directions`` are looked for. A drop is judged always. A rise is judged only with a witness: without one a
    promotion and a pixel that fires twice look the same. Cost: 4 to 10 ms for 90 days.
    """
    now = newest(daily, among, directions)
    alarms = [verdict for verdict in (now, *episodes(daily, among, directions)) if verdict.alarmed]
    if not alarms:
        return now
    best = max(alarms, key=lambda verdict: (verdict.until is None, verdict.score))
    return replace(best, smallest_drop=now.smallest_drop)


def newest(daily: Daily, among: int = 1, directions: tuple[Direction, ...] = EITHER) -> Verdict:
    """What a daily run says today: only the last seven days are judged."""
    seen = track(daily)
    last = len(seen.ordinal) - 1
    if last < 0 or not enough(seen, last):
        return _unknown(seen)
    fall = look(seen, last, "drop", log10(among))
    if fall.level is not Level.NONE and "drop" in directions:
        return replace(closed(daily, seen, last, fall), smallest_drop=smallest_drops(seen, fall))
    if seen.witness is not None and "rise" in directions:
        rise = look(seen, last, "rise", log10(among))
        if rise.level is not Level.NONE:
            return replace(closed(daily, seen, last, rise), smallest_drop=smallest_drops(seen, fall))
    return _calm(seen, fall)


def episodes(daily: Daily, among: int = 1, directions: tuple[Direction, ...] = EITHER) -> tuple[Verdict, ...]:
    """Every break of the history before the newest week, drops and (with a witness) rises, oldest first."""
    seen = track(daily)
    able = [d for d in directions if d == "drop" or seen.witness is not None]
    found = [verdict for direction in able for verdict in past(daily, seen, direction, log10(among))]
    return tuple(sorted(found, key=lambda v: v.since.toordinal() if v.since else 0))


def _calm(seen: Track, fall: Look) -> Verdict:
    drops = smallest_drops(seen, fall)
    test = fall.test
    level, reasons = Level.NONE, quiet(fall)
    if drops[7] is None:
        level, reasons = Level.UNKNOWN, (Reason.NO_POWER,)
    return Verdict(
        level=level,
        score=fall.score,
        expected=test.expected if test else None,
        seen=test.seen if test else None,
        ratio=test.ratio if test else None,
        smallest_drop=drops,
        reasons=reasons,
        parts=fall.parts,
    )


def _unknown(seen: Track) -> Verdict:
    few_days = len(seen.ordinal) < MIN_DAYS
    reason = Reason.TOO_FEW_DAYS if few_days else Reason.TOO_FEW_COUNTS
    return Verdict(level=Level.UNKNOWN, smallest_drop={1: None, 2: None, 7: None}, reasons=(reason,))
