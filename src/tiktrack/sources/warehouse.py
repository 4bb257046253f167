"""Tables that Segment and RudderStack write to a warehouse, as CSV, JSON or Parquet: one table a kind of event.

``event`` holds the name in snake case and ``event_text`` as it was called; properties and context are columns. Read as
the connector's TikTok destination sends them on.
"""

from __future__ import annotations

from dataclasses import replace

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import hashed_email, hashed_id, hashed_phone, renamed
from tiktrack.sources.event_cells import Cells, cells_of, reading
from tiktrack.sources.event_columns import ALIASES, columns
from tiktrack.sources.flat import any_flat, whole
from tiktrack.sources.header_words import keys
from tiktrack.sources.segment import NAMES

_ALIASES = {
    **ALIASES,
    "event": ("event_text",),
    "time": ("timestamp", "original_timestamp", "sent_at"),
    "received_ms": ("received_at",),
    "event_id": ("event_id", "id"),
    "external_id": ("user_id", "anonymous_id"),
    "sender": ("context_library_name",),
}
_NOT_HERE = ("channel", "pixel_code", "api_code", "api_message", "http_status")
_NOTES = (
    "TikTok gets these names as the connector's destination sends them (Order Completed is Purchase); the names "
    "themselves are set there and are not judged",
)


class Warehouse:
    """Tables of a customer data platform."""

    name = "warehouse-tracks"
    table = "events"
    about = "Segment's or RudderStack's warehouse tables: event_text, anonymous_id and received_at, as CSV or Parquet"
    limits = "One table a kind of event; the tracks table has no properties. Names and pixel as with Segment's log"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        names = keys(table.header) if table else frozenset()
        return 90 if {"eventtext", "anonymousid"} <= names and names & {"receivedat", "originaltimestamp"} else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        aliases = {field: names for field, names in _ALIASES.items() if field not in _NOT_HERE}
        cells = cells_of(table, columns(table.header, aliases))
        fields = {**cells.fields, "channel": "'server'"}
        fields["event"] = renamed(fields["event"], NAMES)
        for field, hashed in (("email", hashed_email), ("phone", _hashed_phone), ("external_id", hashed_id)):
            if field in fields:
                fields[field] = hashed(fields[field])
        return replace(reading(table, Cells(fields, cells.mapping, (*_NOTES, *cells.notes)), needed), translated=True)


def _hashed_phone(x: str) -> str:
    return hashed_phone(x, digits_only=True)
