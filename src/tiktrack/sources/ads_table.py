"""A table of an ads report → the columns of ``ads``, whoever made the table."""

from __future__ import annotations

from tiktrack.sources.ads_columns import ENTITIES, is_tiktok
from tiktrack.sources.ads_headers import NUMBERS, TEXTS
from tiktrack.sources.ads_look import Columns, look, says_sum
from tiktrack.sources.ads_notes import notes
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import (
    NO_ROW,
    Sheet,
    cell,
    header_again,
    mapping,
    plain,
    read_csv,
    text,
    unwrapped,
)
from tiktrack.sources.money import currency_sql, told_in_header
from tiktrack.sources.numbers import missing
from tiktrack.sources.times import epoch_or_instant_ms

FOOTER = "#footer: the sums of "


def read_report(
    head: Head, table: Sheet, found: dict[str, int], *, told_date: str | None = None, mark: str | None = None
) -> Reading:
    """How to read a report. ``told_date`` is the user's own format of days, ``mark`` the decimal mark of the kind."""
    columns = look(head, table, found, told_date, mark)
    return Reading(
        _select(table, columns),
        mapping=mapping(table, columns.found),
        notes=tuple(notes(table, columns)),
        first_row=table.first_row,
        csv=True,
    )


def _select(table: Sheet, columns: Columns) -> str:
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


def _reject(table: Sheet, columns: Columns, day: str) -> str:
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
        whens.append(f"when not {is_tiktok(columns.text('network'))} then '#rows of another network'")
    if "day" in found and columns.days:
        unread = columns.days.problem or "date not understood"
        whens.append(f"when {columns.text('day')} is null then 'no date' when {day} is null then {quoted(unread)}")
    for field, index in found.items():
        if field in NUMBERS:
            header = quoted(f"{unwrapped(table.header[index]).lower()} is not a number")
            whens.append(f"when not {missing(cell(index))} and {columns.number(field)} is null then {header}")
    return f"case {' '.join(whens)} end"


def _footer(columns: Columns, day: str) -> str:
    """SQL: the row holds the sums. Its first cell says so in a language that we know, or it has no day and no name."""
    first, others = cell(columns.first), _places(columns)
    dated = columns.found.get("day") == columns.first
    named = [says_sum(index) for index in (columns.first, *others)]
    if others:
        unnamed = " and ".join(f"trim({cell(index)}) = '-'" for index in others)
        empty = " and ".join(f"coalesce(trim({cell(index)}), '') in ('', '-')" for index in others)
        named.append(f"({empty} and regexp_full_match(lower({text(first)}), '(grand )?totals?:?'))")
        if len(others) > 1 or dated:
            known = f" and {day} is null" if dated else ""
            named.append(f"({unnamed} and trim({first}) not in ('', '-'){known})")
    return "coalesce(" + " or ".join(named) + ", false)"


def _places(columns: Columns) -> list[int]:
    """Columns behind the first that say whose row it is, or of what day."""
    named = {columns.found[field] for field in (*ENTITIES, "day") if field in columns.found}
    return sorted(named - {columns.first})


def _results(columns: Columns) -> str:
    """SQL of how many results the footer speaks of: ``6978 results``."""
    said = ", ".join(f"nullif(regexp_replace(regexp_extract({cell(i)}, '[0-9][0-9.,  ]*'), '[^0-9]', '', 'g'), '')"
                     for i in sorted({columns.first, *_places(columns)}))  # fmt: skip
    return f"coalesce(coalesce({said}) || ' results', 'all results')"


def _level(found: dict[str, int]) -> str:
    for level in ("ad", "adgroup", "campaign"):
        if level in found or f"{level}_id" in found:
            return level
    return "account"
