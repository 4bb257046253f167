"""Flat tables of events: one row an event, one column a field, in any order and under the usual names."""

from __future__ import annotations

from dataclasses import replace

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_cells import cells_of, reading
from tiktrack.sources.event_table import fields_of, sureness, upstream
from tiktrack.sources.flat import Maker, whole

_NO_CHANNEL = "no column says who sent the events; they count as channel 'unknown'"


class EventsTable:
    """Flat events in one kind of container. ``least_hints`` are the usual fields that must be there beside a name and a
    time, unless the names themselves are known."""

    table = "events"
    limits = "Times without a zone are read as UTC; days that may be day/month or month/day need a map"

    def __init__(self, name: str, about: str, table_of: Maker, least_hints: int) -> None:
        self.name, self.about, self.table_of, self.least_hints = name, about, table_of, least_hints

    def sniff(self, head: Head) -> int:
        table = self.table_of(head)
        if table is None or upstream(table, fields_of(table)):
            return 0
        return sureness(table, least_hints=self.least_hints)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        cells = cells_of(table, fields_of(table))
        if "channel" not in cells.fields:
            cells = replace(cells, notes=(*cells.notes, _NO_CHANNEL))
        return reading(table, cells, needed)
