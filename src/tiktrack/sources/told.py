"""Cells whose writing the user has told: a format of dates, a zone, a decimal mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tiktrack.settings import ColumnMap
from tiktrack.sources.base import quoted

_FIRST, _LAST = datetime(2010, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)


def told_ms(x: str, column_map: ColumnMap) -> str:
    """SQL of the moment in a cell, ms since 1970 UTC: by the format that was told, else ISO; NULL where it is none.
    Times with an offset of their own keep it; others are local to the zone that was told, else UTC.
    """
    form = column_map.date_format
    moment = f"try_strptime(trim({x}), {quoted(form)})" if form else f"try_cast(trim({x}) as timestamp)"
    local = f"epoch_ms(cast({moment} as timestamp))"
    utc = _utc(local, column_map.timezone) if column_map.timezone and not (form and "%z" in form) else local
    if form:
        return utc
    zoned = f"regexp_matches({x}, '(Z|[+-][0-9]{{2}}:?[0-9]{{2}})\\s*$')"
    joined = f"regexp_replace(trim({x}), '\\s+([+-][0-9])', '\\1')"
    return f"case when {zoned} then epoch_ms(try_cast({joined} as timestamptz)) else {utc} end"


def told_time(x: str, column_map: ColumnMap) -> str:
    """SQL of the same as text in seconds, as events hand their time on; numbers stay what they are."""
    return (
        f"case when try_cast({x} as double) is not null and {column_map.date_format is None} then {x} "
        f"else coalesce(({told_ms(x, column_map)} / 1000.0)::varchar, {x}) end"
    )


def told_number(x: str, decimal: str) -> str:
    """SQL of a number as text with a decimal point and nothing between its thousands."""
    grouping = "." if decimal == "," else ","
    bare = f"replace(regexp_replace({x}, '[^0-9.,+-]', '', 'g'), '{grouping}', '')"
    return f"coalesce(nullif(replace({bare}, '{decimal}', '.'), ''), {x})"


def _utc(local: str, zone: str) -> str:
    """SQL of UTC from local wall-clock milliseconds; one branch a change of the clocks."""
    changes = _changes(ZoneInfo(zone))
    branches = "".join(
        f"when {local} < {_ms(after[0]) + before[1]} then {local} - {before[1]} " for before, after in pairwise(changes)
    )
    last = f"{local} - {changes[-1][1]}"
    return f"(case {branches} else {last} end)" if branches else f"({last})"


def _changes(zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """Moments from which an offset holds, and the offset in ms."""
    moment, found = _FIRST, [(_FIRST, _offset(zone, _FIRST))]
    while moment < _LAST:
        following = moment + timedelta(days=1)
        if _offset(zone, following) != _offset(zone, moment):
            hour = moment
            while _offset(zone, hour) == found[-1][1]:
                hour += timedelta(minutes=30)
            found.append((hour, _offset(zone, hour)))
        moment = following
    return found


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds() * 1000) if offset else 0


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
