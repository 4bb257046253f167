"""Times as people and spreadsheets write them → ISO text, as SQL. What a column holds is told by its first values.

``03/04/2026`` is a day of April or of March: the whole column decides, and where even that allows both, the moment is
unknown and not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", "T%H%M%S")
_DOTTED = "%d.%m.%Y"
_DAY_FIRST = "%d/%m/%Y"
_MONTH_FIRST = "%m/%d/%Y"
_COMPACT = "%Y%m%d"
_WORDS = (
    "%b %d %Y", "%d %b %Y", "%B %d %Y", "%d %B %Y", "%a %d %b %Y", "%a %b %d %Y", "%Y/%m/%d", "%A %d %B %Y", _COMPACT,
)  # fmt: skip
_SLASHED = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_DOTS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_ZONED = re.compile(r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_CLOCK_ONLY = re.compile(r"\d{1,2}:\d{2}")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?$")
_BASIC = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")

NO_ZONE = "times carry no zone and are read as UTC; name the column's zone in a map if they are local"
UNCLEAR = (
    "dates such as {0} are read by what the whole column allows, day or month first; where it allows both they have no "
    "day: say which with a map"
)


@dataclass(frozen=True, slots=True)
class Written:
    """SQL of a time as ISO text or number, and notes on how it is read."""

    sql: str
    notes: tuple[str, ...] = ()


def is_clock(values: list[str]) -> bool:
    """Whether the values are times of day without a date."""
    return bool(values) and all(_CLOCK_ONLY.match(value) for value in values)


def written(x: str, values: list[str], relation: str) -> Written:
    """How to read the column ``x`` of ``relation`` with these first values."""
    if values and all(map(_BASIC.match, values)):  # as seconds these would all lie in 1970 and before
        return Written(_parsed(x, (_COMPACT,)), (NO_ZONE,))
    texts = [value for value in values if not _NUMBER.match(value)]
    notes = (NO_ZONE,) if texts and not any(_ZONED.search(value) for value in texts) else ()
    slashed = next((value for value in texts if _SLASHED.match(value)), None)
    if slashed:
        return _slashed(x, slashed, relation, notes)
    if any(_DOTS.match(value) for value in texts):
        return Written(_parsed(x, (_DOTTED,)), notes)
    if any(not _ISO.match(value) for value in texts):
        return Written(_parsed(x, _WORDS), notes)
    return Written(x, notes)


def _slashed(x: str, example: str, relation: str, notes: tuple[str, ...]) -> Written:
    tidy = f"replace({x}, '-', '/')"
    numbers = f"regexp_extract({x}, '^\\s*([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-][0-9]{{4}}', ['a', 'b'])"
    first, second = (f"coalesce(max(try_cast(({numbers}).{one} as integer)), 0) > 12" for one in "ab")
    order = (
        f"(select case when {first} then (case when {second} then '' else 'day' end) when {second} then 'month' end "
        f"from {relation})"
    )
    day, month = _parsed(tidy, (_DAY_FIRST,)), _parsed(tidy, (_MONTH_FIRST,))
    sql = (
        f"case when not regexp_matches({x}, '^\\s*[0-9]{{1,2}}[/-]') then {x} else "
        f"case {order} when 'day' then {day} when 'month' then {month} end end"
    )
    return Written(sql, (*notes, UNCLEAR.format(example.split()[0])))


def _parsed(x: str, days: tuple[str, ...]) -> str:
    """ISO text of what fits one of the formats, else the text as it is; commas and a zone at the end do not count."""
    formats = ", ".join(f"'{day}{clock}'" for day in days for clock in _CLOCKS)
    bare = f"trim(regexp_replace(replace({x}, ',', ' '), '\\s+', ' ', 'g'))"
    zone = f"coalesce(nullif(regexp_extract({bare}, '\\s*(Z|UTC|GMT|[+-][0-9]{{2}}:?[0-9]{{2}})$', 1), ''), 'Z')"
    clockless = f"regexp_replace({bare}, '\\s*(Z|UTC|GMT|[+-][0-9]{{2}}:?[0-9]{{2}})$', '')"
    moment = f"try_strptime({clockless}, [{formats}])"
    utc = f"case when {zone} in ('UTC', 'GMT') then 'Z' else {zone} end"
    return f"coalesce(strftime({moment}, '%Y-%m-%d %H:%M:%S') || {utc}, {x})"
