"""A table of an ads report → the columns of ``ads``, whoever made the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiktrack.sources import dates
from tiktrack.sources.ads_headers import (
    ALIASES,
    ALL_CHANNELS,
    APP_PURCHASES,
    BREAKDOWNS,
    FOOTERS,
    MONEY,
    NUMBERS,
    TEXTS,
)
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import (
    NO_ROW,
    Sheet,
    cell,
    columns,
    header_again,
    mapping,
    plain,
    read_csv,
    text,
    unwrapped,
)
from tiktrack.sources.ids import lost, whole
from tiktrack.sources.map_line import map_line
from tiktrack.sources.money import currency_sql, told_in_header
from tiktrack.sources.numbers import Style, missing, styles
from tiktrack.sources.pairs import told_apart
from tiktrack.sources.survey import Survey, survey
from tiktrack.sources.times import epoch_or_instant_ms

IDS = ("campaign_id", "adgroup_id", "ad_id")
ENTITIES = ("account", "campaign", "campaign_id", "adgroup", "adgroup_id", "ad", "ad_id")
NO_DAY = "no day column: nothing that needs daily figures can be checked; export again with 'By day'"
FOOTER = "#footer: the sums of "


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the fields are, and how their cells are written."""

    found: dict[str, int]
    breakdowns: tuple[int, ...]
    styles: dict[int, Style]
    days: dates.Days | None
    survey: Survey
    first: int
    """The first column that has a name: a report calls its last row a sum there."""
    rounded: dict[int, str]
    """Columns of ids that a spreadsheet rounded, each with an example: not used."""

    def text(self, field: str) -> str:
        if field not in self.found:
            return "null::varchar"
        written = text(cell(self.found[field]))
        return whole(written) if field in IDS else written

    def number(self, field: str) -> str:
        if field not in self.found:
            return "null::double"
        index = self.found[field]
        number = self.styles[index].sql(cell(index))
        return f"case when not {_says_sum(index)} then {number} end" if index == self.first else number


def fields_of(table: Sheet) -> dict[str, int]:
    """Field → position. The hour column of the API holds the day as well."""
    found = told_apart(table, columns(table, ALIASES))
    if "day" not in found and "hour" in found:
        found["day"] = found["hour"]
    return found


def read_report(
    head: Head, table: Sheet, found: dict[str, int], *, told_date: str | None = None, mark: str | None = None
) -> Reading:
    """How to read a report. ``told_date`` is the user's own format of days, ``mark`` the decimal mark of the kind."""
    columns = _look(head, table, found, told_date, mark)
    return Reading(
        _select(table, columns),
        mapping=mapping(table, columns.found),
        notes=tuple(_notes(table, columns)),
        first_row=table.first_row,
        csv=True,
    )


def _look(head: Head, table: Sheet, found: dict[str, int], told_date: str | None, mark: str | None) -> _Columns:
    numbers = {field: index for field, index in found.items() if field in NUMBERS}
    listed = [found[field] for field in ("day", "network", *IDS) if field in found]
    seen = survey(table, numbers.values(), listed)
    counts = frozenset(index for field, index in numbers.items() if field not in MONEY)
    days = None
    if "day" in found:
        days = dates.days(seen.texts[found["day"]], dates.period_in(head.path.name), told_date)
    rounded = {found[field]: example for field in IDS if field in found and (example := lost(seen.texts[found[field]]))}
    found = {field: index for field, index in found.items() if index not in rounded and _says(field, found, days, seen)}
    used = set(found.values())
    return _Columns(
        found=found,
        breakdowns=tuple(i for i, name in enumerate(table.header) if plain(name) in BREAKDOWNS and i not in used),
        styles=styles(seen.numbers, counts, table.delimiter, mark),
        days=days,
        survey=seen,
        first=next((index for index, name in enumerate(table.header) if name.strip()), 0),
        rounded=rounded,
    )


def _says(field: str, found: dict[str, int], days: dates.Days | None, seen: Survey) -> bool:
    """Whether a column holds what its name says: no weeks for days, no clock for days, no networks but others."""
    if field == "day" and days:
        clock = found.get("hour") == found["day"] and not (days.formats or days.serial)
        return not (days.longer or clock)
    return field != "network" or any("tiktok" in word.lower() for word in seen.texts[found[field]])


def _notes(table: Sheet, columns: _Columns) -> Iterable[str]:
    yield from table.notes
    days, found = columns.days, columns.found
    if "day" not in found:
        yield NO_DAY if not (days and days.longer) else "the rows are weeks, months or longer: " + NO_DAY
    elif days and days.problem:
        line = map_line("ads", mapping(table, found), date_format=days.maybe)
        ask = f"save this line as map.yaml, with the format that is right, and add --map map.yaml: {line}"
        yield f"{days.problem}; export with days as YYYY-MM-DD" + (f"; or {ask}" if days.maybe else "")
    elif days and days.note:
        yield days.note
    for field, index in found.items():
        if field in NUMBERS and columns.styles[index].unsure:
            header = unwrapped(table.header[index])
            yield f"'{header}': nothing tells decimals from thousands; the point was read as the decimal separator"
    for index, example in columns.rounded.items():
        header = unwrapped(table.header[index])
        yield f"'{header}': a spreadsheet rounded the ids ({example}), not used; names tell apart what has one"
    if columns.breakdowns:
        names = ", ".join(unwrapped(table.header[index]) for index in columns.breakdowns)
        yield f"broken down further by {names}: rows of one day are added up"
    headers = {plain(header) for header in table.header}
    if "purchases" not in found:
        if headers & set(APP_PURCHASES):
            yield ("purchases in apps are not purchases on a website, where they are always 0: not used; "
                   "add 'Purchases (website)' to the export")  # fmt: skip
        elif headers & set(ALL_CHANNELS):
            yield "purchases of all channels together are not used; add 'Purchases (website)' to the export"


def _select(table: Sheet, columns: _Columns) -> str:
    found = columns.found
    texts = {field: columns.text(field) for field in TEXTS if field not in ("hour", "pulled", "network")}
    spend = found.get("spend")
    texts["currency"] = f"upper({texts['currency']})"
    if "currency" not in found and spend is not None:
        told = told_in_header(table.header[spend])
        texts["currency"] = quoted(told) if told else currency_sql(cell(spend), columns.survey.shapes[spend])
    numbers = {field: columns.number(field) for field in NUMBERS}
    day = columns.days.sql(columns.text("day")) if columns.days and "day" in found else "null::date"
    shown = {
        **texts,
        **numbers,
        "day": day,
        "hour": _hour(columns.text("hour")),
        "campaign": f"coalesce({texts['campaign']}, {texts['campaign_id']})",
        "adgroup": f"coalesce({texts['adgroup']}, {texts['adgroup_id']})",
        "ad": f"coalesce({texts['ad']}, {texts['ad_id']})",
        "level": quoted(_level(found)),
        "breakdown": _breakdown(table, columns.breakdowns),
        "row_state": (
            f"case when coalesce({numbers['impressions']}, {numbers['spend']}, 0) > 0 then 'delivered' else 'idle' end"
        ),
        "pulled_ms": _pulled(columns.text("pulled")) if "pulled" in found else "null::bigint",
        "reject": _reject(table, columns, day),
    }
    chosen = ", ".join(f"{sql} as {field}" for field, sql in shown.items())
    cells = ", ".join(cell(i) for i in range(len(table.header)))
    return f"select {chosen} from (select {cells} from {read_csv(table)})"


def _hour(written: str) -> str:
    """Hour 0 to 23 from ``13``, ``13:00``, ``13:00-13:59`` or ``2026-11-01 13:00:00``."""
    clock = f"regexp_extract({written}, '(^|[T ])([0-9]{{1,2}})(:|$)', 2)"
    return f"case when try_cast({clock} as bigint) between 0 and 23 then try_cast({clock} as bigint) end"


def _breakdown(table: Sheet, positions: tuple[int, ...]) -> str:
    parts = [f"{quoted(plain(table.header[i]) + '=')} || coalesce({text(cell(i))}, '')" for i in positions]
    return f"concat_ws(' | ', {', '.join(parts)})" if parts else "null::varchar"


def _pulled(written: str) -> str:
    written = f"regexp_replace({written}, ' ?(UTC|Z)$', '+00')"
    return epoch_or_instant_ms(f"try_cast({written} as double)", written)


def _reject(table: Sheet, columns: _Columns, day: str) -> str:
    """SQL of what is wrong with a row; a text with ``#`` for what is no data of ours."""
    found, whens = columns.found, []
    everything = ", ".join(f"nullif(trim({cell(index)}), '')" for index in sorted(set(found.values())))
    if NO_ROW in table.header:
        why = f"nullif({cell(table.header.index(NO_ROW))}, '')"
        whens.append(f"when {why} is not null then {why}")
    whens.append(f"when coalesce({everything}) is null then '#blank rows'")
    told = found.get("spend", min(found.values(), default=0))
    whens.append(f"when {header_again(table, told)} then '#the header again'")
    whens.append(f"when {_footer(columns, day)} then {quoted(FOOTER)} || {_results(columns)} || ', not counted'")
    if "network" in found:
        whens.append(f"when not contains(lower({columns.text('network')}), 'tiktok') then '#rows of another network'")
    if "day" in found and columns.days:
        unread = columns.days.problem or "date not understood"
        whens.append(f"when {columns.text('day')} is null then 'no date' when {day} is null then {quoted(unread)}")
    for field, index in found.items():
        if field in NUMBERS:
            header = quoted(f"{unwrapped(table.header[index]).lower()} is not a number")
            whens.append(f"when not {missing(cell(index))} and {columns.number(field)} is null then {header}")
    return f"case {' '.join(whens)} end"


def _says_sum(index: int) -> str:
    """SQL: the cell calls its row the sums, in a language that we know."""
    pattern = quoted(r"\s*(" + "|".join(FOOTERS) + r")\s*")
    return f"coalesce(regexp_full_match(lower({text(cell(index))}), {pattern}), false)"


def _footer(columns: _Columns, day: str) -> str:
    """SQL: the row holds the sums. Its first cell says so in a language that we know, or it has no day and no name."""
    first, others = cell(columns.first), _places(columns)
    dated = columns.found.get("day") == columns.first
    named = [_says_sum(index) for index in (columns.first, *others)]
    if others:
        unnamed = " and ".join(f"trim({cell(index)}) = '-'" for index in others)
        empty = " and ".join(f"coalesce(trim({cell(index)}), '') in ('', '-')" for index in others)
        named.append(f"({empty} and regexp_full_match(lower({text(first)}), '(grand )?totals?:?'))")
        if len(others) > 1 or dated:
            known = f" and {day} is null" if dated else ""
            named.append(f"({unnamed} and trim({first}) not in ('', '-'){known})")
    return "coalesce(" + " or ".join(named) + ", false)"


def _places(columns: _Columns) -> list[int]:
    """Columns behind the first that say whose row it is, or of what day."""
    named = {columns.found[field] for field in (*ENTITIES, "day") if field in columns.found}
    return sorted(named - {columns.first})


def _results(columns: _Columns) -> str:
    """SQL of how many results the footer speaks of: ``6978 results``."""
    said = ", ".join(f"nullif(regexp_replace(regexp_extract({cell(i)}, '[0-9][0-9.,  ]*'), '[^0-9]', '', 'g'), '')"
                     for i in sorted({columns.first, *_places(columns)}))  # fmt: skip
    return f"coalesce(coalesce({said}) || ' results', 'all results')"


def _level(found: dict[str, int]) -> str:
    for level in ("ad", "adgroup", "campaign"):
        if level in found or f"{level}_id" in found:
            return level
    return "account"
