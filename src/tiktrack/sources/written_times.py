"""Times as people and spreadsheets write them → ISO text, as SQL. What a column holds is told by its first values.

``03/04/2026`` is a day of April or of March: the whole column decides, and where even that allows both, the moment is
unknown and not guessed. A year of two digits is told from days by having few different values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tiktrack.sources.header_words import says_utc

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", "T%H%M%S")
_DOTTED = ("%d.%m.%y", "%d.%m.%Y")
_DAY_FIRST = ("%d/%m/%y", "%d/%m/%Y")
_MONTH_FIRST = ("%m/%d/%y", "%m/%d/%Y")
_COMPACT = "%Y%m%d"
_WORDS = (
    "%b %d %Y", "%d %b %Y", "%B %d %Y", "%d %B %Y", "%a %d %b %Y", "%a %b %d %Y", "%Y/%m/%d", "%A %d %B %Y", _COMPACT,
)  # fmt: skip
_SLASHED = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{1,2}/\d{1,2}/\d{2}(?!\d)")
_SHORT = re.compile(r"\d{2}([/.])\d{1,2}\1\d{2}(?!\d)")
"""Two digits first and last: either may be the year."""
_DOTS = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})(?!\d)")
_OFFSETS = {
    "PST": "-08:00", "PDT": "-07:00", "MST": "-07:00", "MDT": "-06:00", "CDT": "-05:00", "EST": "-05:00",
    "EDT": "-04:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00",
    "MSK": "+03:00", "WIB": "+07:00", "SGT": "+08:00", "HKT": "+08:00", "JST": "+09:00", "KST": "+09:00",
    "AEST": "+10:00", "AEDT": "+11:00",
}  # fmt: skip
"""Zones that logs and shops name by letters; those that two parts of the world share are left to the reader of SQL."""
_LETTERS = re.compile(rf"\s({'|'.join(_OFFSETS)})$")
_IN_WORDS = re.compile(r"\s*\([^()]*\)$")
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


def written(x: str, values: list[str], relation: str, name: str = "") -> Written:
    """How to read the column ``x`` of ``relation`` with these first values and this name."""
    read = _written(x, values, relation)
    return replace(read, notes=tuple(note for note in read.notes if note != NO_ZONE or not says_utc(name)))


def _written(x: str, values: list[str], relation: str) -> Written:
    if any(map(_IN_WORDS.search, values)):  # GMT+0100 (Central European Standard Time)
        values, x = [_IN_WORDS.sub("", value) for value in values], f"regexp_replace({x}, '{_IN_WORDS.pattern}', '')"
    if any(map(_LETTERS.search, values)):
        values, x = [_LETTERS.sub("+00:00", value) for value in values], _with_offset(x)
    if values and all(map(_BASIC.match, values)):  # as seconds these would all lie in 1970 and before
        return Written(_parsed(x, (_COMPACT,)), (NO_ZONE,))
    if short := next((match[1] for value in values if (match := _SHORT.match(value))), None):
        x = _with_year_first(x, short, relation)
    texts = [value for value in values if not _NUMBER.match(value)]
    notes = (NO_ZONE,) if texts and not any(_ZONED.search(value) for value in texts) else ()
    slashed = next((value for value in texts if _SLASHED.match(value)), None)
    if slashed:
        return _slashed(x, slashed, relation, notes)
    if any(_DOTS.match(value) for value in texts):
        return Written(_parsed(x, _DOTTED), notes)
    if any(not _ISO.match(value) for value in texts):
        return Written(_parsed(x, _WORDS), notes)
    return Written(x, notes)


def _with_offset(x: str) -> str:
    """SQL of a time whose zone is an offset instead of letters."""
    letters = f"regexp_extract({x}, '{_LETTERS.pattern}', 1)"
    branches = " ".join(f"when '{name}' then '{offset}'" for name, offset in _OFFSETS.items())
    bare = f"regexp_replace({x}, '{_LETTERS.pattern}', '')"
    return f"case when {letters} = '' then {x} else {bare} || case {letters} {branches} end end"


def _with_year_first(x: str, mark: str, relation: str) -> str:
    """SQL of a time, as ISO where its two first digits are the year: they differ less than the last two."""
    numbers = (
        f"regexp_extract({x}, '^\\s*([0-9]{{2}})[{mark}][0-9]{{1,2}}[{mark}]([0-9]{{2}})([^0-9]|$)', ['a', 'b', 'c'])"
    )
    year_first = f"(select count(distinct ({numbers}).a) < count(distinct ({numbers}).b) from {relation})"
    return f"case when {year_first} then {_parsed(x, (f'%y{mark}%m{mark}%d',))} else {x} end"


def _slashed(x: str, example: str, relation: str, notes: tuple[str, ...]) -> Written:
    tidy = f"replace({x}, '-', '/')"
    numbers = f"regexp_extract({x}, '^\\s*([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-][0-9]{{2}}', ['a', 'b'])"
    first, second = (f"coalesce(max(try_cast(({numbers}).{one} as integer)), 0) > 12" for one in "ab")
    order = (
        f"(select case when {first} then (case when {second} then '' else 'day' end) when {second} then 'month' end "
        f"from {relation})"
    )
    day, month = _parsed(tidy, _DAY_FIRST), _parsed(tidy, _MONTH_FIRST)
    sql = (
        f"case when not regexp_matches({x}, '^\\s*[0-9]{{1,2}}[/-]') then {x} else "
        f"case {order} when 'day' then {day} when 'month' then {month} end end"
    )
    return Written(sql, (*notes, UNCLEAR.format(example.split()[0])))


def _parsed(x: str, days: tuple[str, ...]) -> str:
    """ISO text of what fits one of the formats, else the text as it is; commas and a zone at the end do not count."""
    formats = ", ".join(f"'{day}{clock}'" for day in days for clock in _CLOCKS)
    bare = f"trim(regexp_replace(replace({x}, ',', ' '), '\\s+', ' ', 'g'))"
    zone = f"coalesce(nullif(regexp_extract({bare}, '(Z|UTC|GMT|[+-][0-9]{{2}}:?[0-9]{{2}})$', 1), ''), 'Z')"
    clockless = f"regexp_replace({bare}, '\\s*(Z|UTC|(GMT|UTC)?[+-][0-9]{{2}}:?[0-9]{{2}}|GMT)$', '')"
    moment = f"try_strptime({clockless}, [{formats}])"
    utc = f"case when {zone} in ('UTC', 'GMT') then 'Z' else {zone} end"
    return f"coalesce(strftime({moment}, '%Y-%m-%d %H:%M:%S') || {utc}, {x})"
