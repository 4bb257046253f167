"""How far the log of each channel reaches, where that of another goes on.

Exports of one channel are often made by day while another is read as it is: the browser's hits end at midnight, the
server's go on to this morning. Such a channel did not fall silent, and the hours behind its end are no place to compare
the two. This is believed only where nothing is missing up to that midnight, the account's or UTC's, and where the log
is not more than a day behind: a channel that stops at any other moment has stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import mean, pvariance

from tiktrack.engine import Engine
from tiktrack.model.report import Unknown
from tiktrack.model.rule import Detect, Named, Predicate, Rule
from tiktrack.rules.measures import MeasureFile

_DAY, _HOUR_MS = 24, 3_600_000
_TAUGHT = 14  # days that tell what the hours before midnight usually bring
_MISSED = 5.0  # so many events do not fail to come by chance


def ends(engine: Engine) -> dict[str, int]:
    """Channel → first hour that its log no longer covers, for those that were cut before the others."""
    if not {"channel", "last_hour"} <= engine.columns("events_cube"):
        return {}
    newest = dict(
        engine.rows(
            "select channel, max(last_hour) from events_cube "
            "where day is not null and channel in ('browser', 'server') group by channel"
        ).rows
    )
    last = max(newest.values(), default=0)
    late = {channel: stop for channel, stop in newest.items() if last - 2 * _DAY < stop < last}
    found = {channel: _cut(*_hours(engine, channel, stop), last) for channel, stop in late.items()}
    return {channel: end for channel, end in found.items() if end is not None}


def beyond(ends: Mapping[str, int], last: date) -> frozenset[date]:
    """Days up to ``last`` that the log of some channel does not cover."""
    if not ends:
        return frozenset()
    first = date(1970, 1, 1) + timedelta(days=min(ends.values()) // _DAY)
    return frozenset(first + timedelta(days=i) for i in range((last - first).days + 1))


def told(ends: Mapping[str, int]) -> tuple[str, ...]:
    """What a report says about it."""
    return tuple(
        f"The log of the {channel} channel ends at {_clock(end)}, another goes on: what came later is not compared "
        "between channels."
        for channel, end in sorted(ends.items())
    )


def without_files(holes: Sequence[tuple[int, int]]) -> tuple[Unknown, ...]:
    """What nobody can know of the hours (from, to) whose files are missing."""
    return tuple(
        Unknown(
            what=f"Events from {_clock(begin)} to {_clock(end)}",
            why="the log holds no event of any kind, from one midnight to another: its files seem to be missing",
            how_to_get="Add the files of these days. If there are none, nothing was sent in that time.",
        )
        for begin, end in holes
    )


def _clock(hour: int) -> str:
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour):%-d %b %H:00}"


def compares_channels(rule: Rule, measures: Mapping[str, MeasureFile]) -> bool:
    """Whether this rule holds one channel against another, so that both must have been able to say something."""
    match rule.measure:
        case Named(name):
            return "copies" in measures[name].tables
        case Detect(_, params):
            read = {column for _, part in params if isinstance(part, Predicate) for column in part.columns}
            return rule.table == "events" and "channel" in read - set(rule.by)
        case _:
            return False


def _hours(engine: Engine, channel: str, stop: int) -> tuple[dict[int, int], int]:
    """Events of a channel by hour in the weeks before its last one, and the hour of that one in UTC."""
    rows = engine.rows(
        "select hour, count(*), max(ts_ms) from events where day is not null "
        f"and channel = '{channel}' and hour >= {stop - (_TAUGHT + 1) * _DAY} group by hour"
    ).rows
    return {hour: n for hour, n, _ in rows}, max(ts_ms for _, _, ts_ms in rows) // _HOUR_MS


def _cut(hours: Mapping[int, int], newest_utc: int, last: int) -> int | None:
    """The midnight at which this log was cut; None where it goes on as the others do, or simply stops."""
    stop = max(hours)
    midnights = {stop + _DAY - stop % _DAY, stop + _DAY - newest_utc % _DAY}
    return next((m for m in sorted(midnights) if m <= last < m + _DAY and _quiet(hours, stop, m)), None)


def _quiet(hours: Mapping[int, int], stop: int, end: int) -> bool:
    """Whether nothing need have come between the hour of the last event and this midnight: few do, or some days none.

    People send several events each, so that events count for less where they come in bursts; and a Sunday evening is as
    weak as its day was.
    """
    days = [(end - _DAY * (day + 1), stop + 1 - _DAY * day, end - _DAY * day) for day in range(_TAUGHT + 1)]
    parts = [(sum(_counts(hours, begin, last)), _counts(hours, last, night)) for begin, last, night in days]
    (today, _), past = parts[0], [(day, night) for day, night in parts[1:] if day]
    expected = sum(sum(night) * today / day for day, night in past)
    burst = max(1.0, _scatter([n for _, night in past for n in night]))
    return expected < _MISSED * burst * len(past) or any(not sum(night) for _, night in past)


def _counts(hours: Mapping[int, int], first: int, stop: int) -> list[int]:
    return [hours.get(hour, 0) for hour in range(first, stop)]


def _scatter(counts: list[int]) -> float:
    """Variance in units of the mean: 1 where events come one by one, more where they come in bursts."""
    return pvariance(counts) / mean(counts) if any(counts) else 1.0
