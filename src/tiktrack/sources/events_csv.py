"""Flat tables of events: one row an event, one column a field, in any order and under the usual names."""

from __future__ import annotations

from dataclasses import replace

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_cells import cells_of, reading
from tiktrack.sources.event_columns import of_another_platform
from tiktrack.sources.event_table import counts_events, fields_of, known_names, todays, upstream
from tiktrack.sources.flat import Maker, whole

_HINTS = ("event_id", "pixel_code", "ttclid", "email", "value", "channel", "ttp", "url", "order_id", "currency")
_UPSTREAM = (
    "the names are those of a data layer, a shop or another tool, and nothing says what TikTok gets of these events: "
    "they are read as today's names, and neither the names nor the customers' data are judged"
)
_OF_CUSTOMERS = ("email", "phone", "external_id", "ip", "user_agent")
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
        found = fields_of(table)
        if "event" not in found or "time" not in found or of_another_platform(table.header):
            return 0
        if counts_events(table, found):
            return 0
        hints = sum(field in found for field in _HINTS)
        if hints < self.least_hints and not known_names(table, found["event"]):
            return 0
        return min(80, 50 + 5 * hints)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        found = fields_of(table)
        cells = cells_of(table, found)
        if "channel" not in cells.fields:
            cells = replace(cells, notes=(*cells.notes, _NO_CHANNEL))
        if not upstream(table, found):
            return reading(table, cells, needed)
        kept = {name: sql for name, sql in cells.fields.items() if name not in _OF_CUSTOMERS}
        fields = {**kept, "event": todays(cells.fields["event"])}
        told = replace(cells, fields=fields, notes=(*cells.notes, _UPSTREAM))
        return replace(reading(table, told, needed), translated=True)
