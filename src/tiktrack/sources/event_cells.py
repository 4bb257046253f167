"""Cells of a flat table → the raw fields of an event, as SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tiktrack.sources.base import Reading, quoted
from tiktrack.sources.event_columns import currency_in
from tiktrack.sources.event_fields import RAW, projection
from tiktrack.sources.flat import Flat
from tiktrack.sources.ids import rounded
from tiktrack.sources.times import epoch_or_instant_ms
from tiktrack.sources.written_times import is_clock, written

_CHANNELS = {
    "server": (
        "server", "api", "eventsapi", "eventapi", "s2s", "capi", "serverside", "servertoserver", "sgtm", "backend",
        "cloud", "serverapi", "tiktokeventsapi", "servergtm",
    ),
    "browser": (
        "browser", "pixel", "client", "webpixel", "js", "clientside", "frontend", "tag", "gtm", "website",
        "tiktokpixel", "browserside", "javascript", "webgtm",
    ),
    "app": ("app", "sdk", "mobile", "mobileapp", "ios", "android", "inapp", "appeventssdk"),
    "offline": ("offline", "store", "instore", "pos", "physicalstore"),
    "crm": ("crm",),
}  # fmt: skip
_EXACT = ("time", "received_ms", "event_id", "order_id", "external_id")
"""Fields that mean nothing without their last digits."""
_DECIMAL_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}$")
_THOUSANDS = r"-?\d{1,3}(,\d{3})+\.\d+"
_DECIMAL_POINT = re.compile(r"-?[\d,]*\d\.\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Cells:
    """SQL of raw fields by their name, and what to tell about them. Fields that are not there are absent."""

    fields: dict[str, str]
    mapping: dict[str, str]
    notes: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)


def cells_of(table: Flat, found: dict[str, int]) -> Cells:
    """The usual meaning of the columns that were found."""
    values = {name: table.values(position) for name, position in found.items()}
    shortened = {name: power for name in _EXACT if (power := rounded(values.get(name, ())))}
    notes = [
        f"'{table.header[found[name]]}': a spreadsheet shortened the numbers ({power}), not used; give the file as it "
        "was exported, not as a spreadsheet saved it"
        for name, power in shortened.items()
    ]
    found = {name: position for name, position in found.items() if name not in shortened}
    raw = {name: table.cells[position] for name, position in found.items()}
    if "time" in raw:
        raw["time"], told = _time(table, found, raw["time"], values["time"])
        notes += told
    if "value" in raw:
        raw["value"], told = _value(table, raw["value"], values["value"])
        notes += told
        if "currency" not in raw and (currency := currency_in(table.header[found["value"]])):
            raw["currency"] = quoted(currency)
            notes.append(f"the currency is {currency}, as the header of the value says")
    if "channel" in raw:
        raw["channel"] = _channel(raw["channel"], values["channel"])
    if "received_ms" in raw:
        received = written(raw["received_ms"], values["received_ms"], table.relation).sql
        raw["received_ms"] = epoch_or_instant_ms(f"try_cast({received} as double)", received)
    if "content_ids" in raw:
        raw["content_ids"] = count_of(raw["content_ids"])
    for whole in ("api_code", "http_status"):
        if whole in raw:
            raw[whole] = f"try_cast({raw[whole]} as bigint)"
    return Cells(raw, {name: table.header[position] for name, position in found.items()}, tuple(notes))


def reading(table: Flat, cells: Cells, needed: frozenset[str]) -> Reading:
    """How the table is read; a row with neither a name nor a time is rejected unless ``extra`` says more."""
    fields = {**_NOTHING, **cells.fields}
    blank = f"coalesce({fields['event']}, '') = '' and coalesce({fields['time']}, '') = ''"
    reject = f"when {blank} then 'neither an event name nor a time'"
    fields |= {"record_start": "true", "reject": f"case {reject} {cells.extra.get('reject', '')} end"}
    listed = ", ".join(f"{fields[name]} as {name}" for name in RAW)
    absent = frozenset(_NOTHING) - frozenset(cells.fields) - {"channel"}
    return Reading(
        projection(f"select {listed} from {table.relation}", needed=needed, literal=False, absent=absent),
        mapping=cells.mapping,
        notes=(*table.notes, *cells.notes),
        first_row=table.first_row,
        csv=table.csv,
    )


_WHOLE = ("received_ms", "content_ids", "api_code", "http_status")
_NOTHING = {
    name: f"null::{'bigint' if name in _WHOLE else 'varchar'}" for name in RAW if name not in ("record_start", "reject")
}


def _time(table: Flat, found: dict[str, int], x: str, values: list[str]) -> tuple[str, tuple[str, ...]]:
    """The time; a column of clock times is put behind the column of dates beside it."""
    if is_clock(values) and (date := _date_beside(table, found["time"])) is not None:
        x = f"({table.cells[date]} || ' ' || {x})"
        values = [f"{day} {clock}" for day, clock in zip(table.values(date), values, strict=False)]
    moment = written(x, values, table.relation, table.header[found["time"]])
    return moment.sql, moment.notes


def _date_beside(table: Flat, time: int) -> int | None:
    dates = (at for at, name in enumerate(table.header) if at != time and "date" in name.casefold())
    return next(dates, None)


def _value(table: Flat, x: str, values: list[str]) -> tuple[str, tuple[str, ...]]:
    """The value with a decimal point, and without the comma of ``1,234.50``. Where the first rows have no decimals, the
    whole column tells: decimals are written with a comma where some are, and none with a point.
    """
    with_point = f"case when regexp_full_match({x}, '{_THOUSANDS}') then replace({x}, ',', '') else {x} end"
    with_comma = f"replace(replace({x}, '.', ''), ',', '.')"
    if any(map(_DECIMAL_POINT.match, values)):
        return with_point, ()
    if any(map(_DECIMAL_COMMA.match, values)):
        return with_comma, ("value is written with a decimal comma",)
    commas, points = (f"bool_or(regexp_matches({x}, '^{form.pattern}'))" for form in (_DECIMAL_COMMA, _DECIMAL_POINT))
    whole = f"(select coalesce({commas}, false) and not coalesce({points}, false) from {table.relation})"
    return f"case when {whole} then {with_comma} else {with_point} end", ()


def _channel(x: str, values: list[str]) -> str:
    """``web`` is the Events API's word for its web events, unless the column knows servers by their own name."""
    seen = {re.sub(r"[^a-z0-9]", "", value.lower()) for value in values}
    web = "browser" if seen & set(_CHANNELS["server"]) else "server"
    word = f"regexp_replace(lower({x}), '[^a-z0-9]', '', 'g')"
    cases = " ".join(
        "when " + " or ".join(f"{word} = '{one}'" for one in words) + f" then '{channel}'"
        for channel, words in _CHANNELS.items()
    )
    return f"case {cases} when {word} = 'web' then '{web}' end"


def count_of(x: str) -> str:
    """Number of ids in a JSON list or between commas."""
    commas = f"1 + length({x}) - length(replace({x}, ',', ''))"
    return (
        f"case when coalesce(trim({x}), '') in ('', '[]', 'null') then 0 "
        f"when starts_with(trim({x}), '[') and json_valid({x}) then json_array_length({x}) "
        f"when starts_with(trim({x}), '{{') then 1 else {commas} end"
    )
