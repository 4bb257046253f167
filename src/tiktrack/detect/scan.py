"""Did a daily count break, since when, by how much, and could we have seen it at all?"""

from __future__ import annotations

from dataclasses import replace

from tiktrack.detect.describe import alarm, quiet
from tiktrack.detect.frame import Track, track
from tiktrack.detect.history import past
from tiktrack.detect.look import MIN_COUNTS, MIN_DAYS, Look, enough, look
from tiktrack.detect.power import smallest_drops
from tiktrack.detect.records import Daily, Level, Reason, Verdict


def scan(daily: Daily) -> Verdict:
    """Judge the newest week; if it is quiet, report the last break of the history before it.

    A drop is judged always. A rise is judged only with a witness: without one a promotion and a pixel that
    fires twice look the same. Cost: 2 to 6 ms for 90 days.
    """
    now = newest(daily)
    if now.alarmed:
        return now
    before = [v for v in episodes(daily) if v.alarmed]
    if not before:
        return now
    last = max(before, key=lambda v: (v.until is None, v.since is not None and v.since.toordinal()))
    return replace(last, smallest_drop=now.smallest_drop)


def newest(daily: Daily) -> Verdict:
    """What a daily run says today: only the last seven days are judged."""
    seen = track(daily)
    last = len(seen.ordinal) - 1
    if last < 0 or not enough(seen, last):
        return _unknown(seen)
    fall = look(seen, last, "drop")
    if fall.level is not Level.NONE:
        return replace(alarm(daily, fall), smallest_drop=smallest_drops(seen, fall))
    if seen.witness is not None:
        rise = look(seen, last, "rise")
        if rise.level is not Level.NONE:
            return replace(alarm(daily, rise), smallest_drop=smallest_drops(seen, fall))
    return _calm(seen, fall)


def episodes(daily: Daily) -> tuple[Verdict, ...]:
    """Every break of the history before the newest week, drops and (with a witness) rises, oldest first."""
    seen = track(daily)
    found = list(past(daily, seen, "drop"))
    if seen.witness is not None:
        found += past(daily, seen, "rise")
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


__all__ = ["MIN_COUNTS", "MIN_DAYS", "episodes", "newest", "scan"]
