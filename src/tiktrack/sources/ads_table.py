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
from tiktrack.sources.money import currency_sql, told_in_header
from tiktrack.sources.numbers import Style, missing, styles
from tiktrack.sources.pairs import told_apart
from tiktrack.sources.survey import Survey, survey
from tiktrack.sources.times import epoch_or_instant_ms

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

    def text(self, field: str) -> str:
        return text(cell(self.found[field])) if field in self.found else "null::varchar"

    def number(self, field: str) -> str:
        return self.styles[self.found[field]].sql(cell(self.found[field])) if field in self.found else "null::double"


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
    seen = survey(table, numbers.values(), [found[field] for field in ("day", "network") if field in found])
    counts = frozenset(index for field, index in numbers.items() if field not in MONEY)
    days = None
    if "day" in found:
        days = dates.days(seen.texts[found["day"]], dates.period_in(head.path.name), told_date)
        if days.longer or (found.get("hour") == found["day"] and not days.formats):
            found = {field: index for field, index in found.items() if field != "day"}
    if "network" in found and not any("tiktok" in word.lower() for word in seen.texts[found["network"]]):
        found = {field: index for field, index in found.items() if field != "network"}
    used = set(found.values())
    breakdowns = tuple(i for i, name in enumerate(table.header) if plain(name) in BREAKDOWNS and i not in used)
    return _Columns(found, breakdowns, styles(seen.numbers, counts, table.delimiter, mark), days, seen)


def _notes(table: Sheet, columns: _Columns) -> Iterable[str]:
    yield from table.notes
    if table.header_line > 1:
        yield f"the header is on line {table.header_line}; anything above it was not read"
    days, found = columns.days, columns.found
    if "day" not in found:
        yield NO_DAY if not (days and days.longer) else "the rows are weeks, months or longer: " + NO_DAY
    elif days and days.problem:
        yield f"{days.problem} (--map), or export with days as YYYY-MM-DD"
    elif days and days.note:
        yield days.note
    for field, index in found.items():
        if field in NUMBERS and columns.styles[index].unsure:
            header = unwrapped(table.header[index])
            yield f"'{header}': nothing tells decimals from thousands; the point was read as the decimal separator"
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


def _footer(columns: _Columns, day: str) -> str:
    """SQL: the row holds the sums. Its first cell says so in a language that we know, or it has no day and no name."""
    first, others = cell(0), sorted({columns.found[f] for f in (*ENTITIES, "day") if f in columns.found} - {0})
    pattern = quoted(r"\s*(" + "|".join(FOOTERS) + r")\s*")
    named = [f"regexp_full_match(lower({text(cell(index))}), {pattern})" for index in (0, *others)]
    if others:
        unnamed = " and ".join(f"trim({cell(index)}) = '-'" for index in others)
        empty = " and ".join(f"coalesce(trim({cell(index)}), '') in ('', '-')" for index in others)
        named.append(f"({empty} and regexp_full_match(lower({text(first)}), '(grand )?totals?:?'))")
        if len(others) > 1 or columns.found.get("day") == 0:
            known = f" and {day} is null" if columns.found.get("day") == 0 else ""
            named.append(f"({unnamed} and trim({first}) not in ('', '-'){known})")
    return "coalesce(" + " or ".join(named) + ", false)"


def _results(columns: _Columns) -> str:
    """SQL of how many results the footer speaks of: ``6978 results``."""
    places = sorted({columns.found[f] for f in (*ENTITIES, "day") if f in columns.found} | {0})
    said = ", ".join(f"nullif(regexp_replace(regexp_extract({cell(i)}, '[0-9][0-9.,  ]*'), '[^0-9]', '', 'g'), '')"
                     for i in places)  # fmt: skip
    return f"coalesce(coalesce({said}) || ' results', 'all results')"


def _level(found: dict[str, int]) -> str:
    for level in ("ad", "adgroup", "campaign"):
        if level in found or f"{level}_id" in found:
            return level
    return "account"
