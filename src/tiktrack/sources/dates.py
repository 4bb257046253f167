"""How days are written in a column, decided from all of its cells, and the SQL that reads them.

``03/04/2026`` is two days. A day above 12 in any cell decides for the whole column; so does the period in the name of
the file, and a run of days without a gap that only one reading gives. What stays open is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_TIME = r"[T ]+[0-9]{1,2}:[0-9]{2}.*$"
_WEEKDAY = r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? +"
_TOLD_TIME = r"[T ]+%[HI].*$"
_ORDERED = (
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), "%Y-%m-%d"),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), "%Y/%m/%d"),
    (re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"), "%Y.%m.%d"),
    (re.compile(r"\d{4}\. \d{1,2}\. \d{1,2}\."), "%Y. %m. %d."),
    (re.compile(r"\d{4}\. \d{1,2}\. \d{1,2}"), "%Y. %m. %d"),
    (re.compile(r"\d{4}년 ?\d{1,2}월 ?\d{1,2}일"), "%Y년 %m월 %d일"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"), "%Y年%m月%d日"),
    (re.compile(r"(19|20)\d{6}"), "%Y%m%d"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}"), "%d.%m.%y"),
    (re.compile(r"[A-Za-z]{3} \d{1,2}, \d{4}"), "%b %d, %Y"),
    (re.compile(r"[A-Za-z]{3,9} \d{1,2}, \d{4}"), "%B %d, %Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"), "%d %b %Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{3,9} \d{4}"), "%d %B %Y"),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}"), "%d-%b-%Y"),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2}"), "%d-%b-%y"),
)
_SERIAL = re.compile(r"(3[6-9]|[45]\d)\d{3}(\.\d+)?")
"""The number of a day in a spreadsheet that lost its format: 1998 to 2064."""
_SERIAL_ZERO = "1899-12-30"
_ISO = re.compile(r"\d{4}-\d{1,2}-(\d{1,2})")
_SWAPPED = "days up to the 12th are dates, later ones text: a spreadsheet may have swapped day and month of the former"
_EITHER = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_LONGER = re.compile(r"\d{4}[-/.]?\d{2}|\d{4}-W\d{2}|.+\d ?(~|–|—| - | to ) ?\d.+")
_OLDEST = 2016
_RUN = 5
"""So many different days in a row are no chance."""


@dataclass(frozen=True, slots=True)
class Days:
    """How a column is read: formats in the order tried. ``note`` says what had to be decided; ``problem`` why it could
    not be, and ``maybe`` the format that it may have; ``longer`` that the cells are weeks, months or spans and not
    days; ``serial`` that they are the numbers that spreadsheets keep for days."""

    formats: tuple[str, ...]
    note: str | None = None
    problem: str | None = None
    maybe: str | None = None
    longer: bool = False
    serial: bool = False

    def sql(self, cell: str) -> str:
        """SQL of the day in a cell; NULL where it is none."""
        if self.serial:
            number = f"regexp_extract({cell}, '^{_SERIAL.pattern}$')"
            return f"(date '{_SERIAL_ZERO}' + try_cast(floor(try_cast({number} as double)) as integer))"
        bare = f"regexp_replace(regexp_replace({cell}, '{_WEEKDAY}', ''), '{_TIME}', '')"
        if self.formats == ("%Y-%m-%d",):
            return f"try_cast({bare} as date)"
        listed = ", ".join(f"'{form}'" for form in self.formats)
        return f"cast(try_strptime({bare}, [{listed}]) as date)" if listed else "null::date"


def period_in(name: str) -> tuple[date, date] | None:
    """The period that Ads Manager writes into the name of a download: ``…_20260401-20260430.csv``."""
    match = re.search(r"(20\d{6})[-_](20\d{6})(?!\d)", name)
    if not match:
        return None
    first, last = (_parsed(text, "%Y%m%d") for text in match.groups())
    return (first, last) if first and last else None


def days(cells: Iterable[str], period: tuple[date, date] | None = None, told: str | None = None) -> Days:
    """How the cells of a column are read. ``told`` is the format that the user gave, as for strptime."""
    if told:
        return Days((re.sub(_TOLD_TIME, "", told),))
    texts = {re.sub(_TIME, "", re.sub(_WEEKDAY, "", cell.strip())) for cell in cells} - {"", "-"}
    formats = [form for pattern, form in _ORDERED if any(pattern.fullmatch(text) for text in texts)]
    either = [match for match in map(_EITHER.fullmatch, texts) if match]
    if either and _swapped(texts, either):
        return Days((), problem=_SWAPPED)
    if either:
        return _with_order(formats, either, period)
    if formats:
        return Days(tuple(formats))
    if numbers := sorted(text for text in texts if _SERIAL.fullmatch(text)):
        said = f"days such as {numbers[0]} are read as a spreadsheet's numbers of days, counted from {_SERIAL_ZERO}"
        return Days((), said, serial=True)
    return Days((), longer=any(_LONGER.fullmatch(text) for text in texts))


def _swapped(texts: Iterable[str], either: list[re.Match[str]]) -> bool:
    """Whether a spreadsheet of another country took what it could for its own dates, and left the rest as text."""
    dates = [match for match in map(_ISO.fullmatch, texts) if match]
    left = all(int(match[1]) > 12 for match in either) or all(int(match[3]) > 12 for match in either)
    return left and bool(dates) and all(int(match[1]) <= 12 for match in dates)


def _with_order(formats: list[str], either: list[re.Match[str]], period: tuple[date, date] | None) -> Days:
    day_first, month_first = (_numeric(either, *order) for order in (("%d", "%m"), ("%m", "%d")))
    if year_first := _year_first(either, (*day_first, *month_first)):
        said = f"dates such as '{either[0][0]}' are read as year-month-day: else they were before {_OLDEST}"
        return Days((*formats, year_first), note=said)
    a = any(int(match[1]) > 12 for match in either)
    b = any(int(match[3]) > 12 for match in either)
    if a != b:
        return Days((*formats, *(day_first if a else month_first)))
    example = min(match[0] for match in either)
    if a:
        return Days((*formats, *day_first), note=f"days and months are written in both orders, as in '{example}'; "
                    "read as day/month, the rest is rejected")  # fmt: skip
    fits = [forms for forms in (day_first, month_first) if _plausible(either, forms, period)]
    if len(fits) == 1:
        words = "day/month/year" if fits[0] is day_first else "month/day/year"
        return Days((*formats, *fits[0]), note=f"dates such as '{example}' are read as {words}: only then do they fit "
                    "the period in the file's name or follow one another")  # fmt: skip
    if _same(either):
        return Days((*formats, *day_first))
    problem = f"'{example}' may be day/month or month/day: say which"
    return Days(tuple(formats), problem=problem, maybe=day_first[0])


def _numeric(either: list[re.Match[str]], first: str, second: str) -> tuple[str, ...]:
    forms = {f"{first}{match[2]}{second}{match[2]}{'%Y' if len(match[4]) == 4 else '%y'}" for match in either}
    return tuple(sorted(forms))


def _year_first(either: list[re.Match[str]], others: Iterable[str]) -> str | None:
    """The format of 26-11-01, where another order gives days before there were ads on TikTok."""
    form = f"%y{either[0][2]}%m{either[0][2]}%d"
    found = [_parsed(match[0], form) for match in either]
    old = [day for match in either for other in others if (day := _parsed(match[0], other)) and day.year < _OLDEST]
    return form if old and all(day and day.year >= _OLDEST for day in found) else None


def _same(either: list[re.Match[str]]) -> bool:
    """Whether both orders give the same days: 05/05/2026."""
    return all(int(match[1]) == int(match[3]) for match in either)


def _plausible(either: list[re.Match[str]], forms: tuple[str, ...], period: tuple[date, date] | None) -> bool:
    found = sorted({day for match in either for form in forms if (day := _parsed(match[0], form))})
    if period:
        return all(period[0] <= day <= period[1] for day in found)
    return len(found) >= _RUN and found[-1] - found[0] == timedelta(days=len(found) - 1)


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    except ValueError:
        return None
