"""Tables that nobody has seen, by a map of the user: canonical field → header of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiktrack.errors import InputError
from tiktrack.settings import ColumnMap
from tiktrack.sources import ads_headers, event_columns
from tiktrack.sources.ads_table import read_report
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import Sheet, plain, sheet
from tiktrack.sources.event_cells import cells_of, reading
from tiktrack.sources.flat import Flat, any_flat, whole
from tiktrack.sources.orders_languages import ANY_LANGUAGE
from tiktrack.sources.orders_table import Shop
from tiktrack.sources.orders_words import Fields
from tiktrack.sources.records import all_rows, first_rows
from tiktrack.sources.told import told_number, told_time

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "ads": dict(ads_headers.ALIASES), "events": dict(event_columns.ALIASES), "orders": dict(ANY_LANGUAGE),
}  # fmt: skip
"""Kind → field that a map may name → the usual names of its column."""

REQUIRED_IN_MAP = {"ads": ("spend",), "events": ("event", "time"), "orders": ("order_id", "created", "total")}
"""Fields without which a table of a kind cannot be read."""
REQUIRED = {**REQUIRED_IN_MAP, "ads": ("day", "campaign", "spend", "impressions", "clicks")}
"""Fields by which a table of a kind is known."""


class Mapped:
    """A table read by a map."""

    about = "Any table, by a map of its columns (--map)"

    def __init__(self, column_map: ColumnMap) -> None:
        self.map = column_map
        self.name = f"mapped-{column_map.kind}"
        self.table = column_map.kind

    def lacks(self, head: Head) -> tuple[str, ...] | None:
        """Headers of the map that the file does not have; None where it is no table."""
        table: Flat | Sheet | None = any_flat(head) if self.map.kind == "events" else sheet(head) or first_rows(head)
        if table is None:
            return None
        known = {plain(name) for name in table.header}
        return tuple(name for name in self.map.columns.values() if plain(name) not in known)

    def sniff(self, head: Head) -> int:
        return 100 if self.lacks(head) == () else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        match self.map.kind:
            case "ads":
                return self._ads(head)
            case "events":
                return self._events(head, needed)
            case _:
                fields: Fields = {field: (header,) for field, header in self.map.columns.items()}
                return Shop(self.name, self.about, fields, (), told=self.map).read(head, needed)

    def _ads(self, head: Head) -> Reading:
        table = sheet(head) or all_rows(head)
        if table is None or not {plain(n) for n in self.map.columns.values()} <= {plain(n) for n in table.header}:
            raise InputError("most of its rows are damaged", hint="export it again")
        found = _positions(self.map, table.header)
        report = read_report(head, table, found, told_date=self.map.date_format, mark=self.map.decimal)
        told = {"currency": self.map.currency, "timezone": self.map.timezone}
        constants = [f"coalesce({name}, {quoted(value)}) as {name}" for name, value in told.items() if value]
        return replace(report, sql=_replaced(report.sql, constants))

    def _events(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        found = _positions(self.map, table.header)
        cells = cells_of(table, found)
        fields = dict(cells.fields)
        if "time" in found and (self.map.date_format or self.map.timezone):
            fields["time"] = told_time(table.cells[found["time"]], self.map)
        if "value" in found and self.map.decimal:
            fields["value"] = told_number(table.cells[found["value"]], self.map.decimal)
        for name, constant in (("channel", self.map.channel), ("currency", self.map.currency)):
            if constant:
                fields[name] = f"coalesce({fields[name]}, {quoted(constant)})" if name in fields else quoted(constant)
        return reading(table, replace(cells, fields=fields), needed)


def _positions(column_map: ColumnMap, header: Sequence[str]) -> dict[str, int]:
    places = {plain(name): position for position, name in reversed(list(enumerate(header)))}
    return {field: places[plain(name)] for field, name in column_map.columns.items()}


def _replaced(sql: str, columns: list[str]) -> str:
    return f"select * replace ({', '.join(columns)}) from ({sql})" if columns else sql
