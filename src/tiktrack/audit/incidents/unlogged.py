"""Whole days on which the log of one channel holds nothing at all: a missing file looks like tracking that was dead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from tiktrack.audit.incidents.group import Member
from tiktrack.audit.incidents.read import Store
from tiktrack.audit.incidents.select import BOTH

_WHOLE = 0.7  # of a usual day: the days around are whole, so that the silence began and ended at midnight
_BUSY = 20


def unlogged(group: Sequence[Member], store: Store) -> tuple[str, ...]:
    """What speaks against a break in a group that is over, one sentence a channel."""
    if any(member.until is None for member in group):
        return ()
    since, last = group[0].since, max(member.until for member in group if member.until)
    found = []
    for channel in BOTH:
        rows = _rows(store, channel)
        empty = [day for day in _days(since, last) if not rows.get(day)]
        if empty and len(empty) == (empty[-1] - empty[0]).days + 1 and _whole(rows, empty):
            found.append(
                f"The log of the {channel} channel holds no event of any kind from {empty[0]:%-d %b} to "
                f"{empty[-1]:%-d %b}, and whole days around: a missing file looks the same."
            )
    return tuple(found)


def _rows(store: Store, channel: str) -> dict[date, float]:
    found: dict[date, float] = {}
    for key, by_day in store.events.items():
        if key[1] == channel:
            for day, n in by_day.items():
                found[day] = found.get(day, 0.0) + n
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def _whole(rows: dict[date, float], empty: Sequence[date]) -> bool:
    usual = median(rows.values()) if rows else 0.0
    around = (empty[0] - timedelta(days=1), empty[-1] + timedelta(days=1))
    return usual >= _BUSY and all(rows.get(day, 0.0) >= _WHOLE * usual for day in around)
