"""Flat tables of events: one row an event, one column a field, in any order and under the usual names."""

from __future__ import annotations

from dataclasses import replace

from tiktrack.schema.names import normalise
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_cells import cells_of, reading
from tiktrack.sources.event_columns import ALIASES, columns, of_another_platform
from tiktrack.sources.flat import Flat, Maker, whole

_HINTS = ("event_id", "pixel_code", "ttclid", "email", "value", "channel", "ttp", "url", "order_id", "currency")
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
        if table is None:
            return 0
        found = columns(table.header, ALIASES)
        if "event" not in found or "time" not in found or of_another_platform(table.header):
            return 0
        hints = sum(field in found for field in _HINTS)
        if hints < self.least_hints and not _known_names(table, found["event"]):
            return 0
        return min(80, 50 + 5 * hints)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        cells = cells_of(table, columns(table.header, ALIASES))
        if "channel" not in cells.fields:
            cells = replace(cells, notes=(*cells.notes, _NO_CHANNEL))
        return reading(table, cells, needed)


def _known_names(table: Flat, position: int) -> bool:
    """Whether most names in the first rows are names of events."""
    names = table.values(position)
    known = sum(normalise(name).status not in ("custom", "placeholder") for name in names)
    return known * 2 > len(names)
