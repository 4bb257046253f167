"""The canonical tables: the one place that knows every column, its type, unit and meaning."""

from tiktrack.schema.ads import ADS
from tiktrack.schema.changes import CHANGES
from tiktrack.schema.column import Column, Table
from tiktrack.schema.copies import ACTS_ARE, COPIES
from tiktrack.schema.events import EVENTS
from tiktrack.schema.ledger import COUNTED, LEDGER, SALES
from tiktrack.schema.orders import ORDERS
from tiktrack.schema.pixel_stats import PIXEL_STATS
from tiktrack.schema.setup import SETUP
from tiktrack.schema.witness import WITNESS

LOADED: tuple[Table, ...] = (EVENTS, ADS, ORDERS, SETUP, PIXEL_STATS, CHANGES, WITNESS)
"""Tables that are read from files; rules are written over them."""

ACTS = Table(
    "acts",
    "events of the funnel and conversions",
    "The rows of events that measures pair and count: funnel and conversion events that are no tests. Kept apart, so "
    "that measures do not read page views again and again.",
    EVENTS.columns,
)

MADE: tuple[Table, ...] = (COUNTED, SALES, LEDGER)
"""Tables that the ledger makes before rules are judged; rules are written over them too."""

TABLES: dict[str, Table] = {table.name: table for table in (*LOADED, ACTS, COPIES, *MADE)}

BEHIND = {
    "acts": ("events",), "copies": ("events",), "counted": ("events",), "sales": ("events", "orders"),
    "ledger": ("orders", "events"),
}  # fmt: skip
"""Loaded tables that another one is made of; its ``row_ref`` is one of the first."""

__all__ = [
    "ACTS", "ACTS_ARE", "ADS", "BEHIND", "CHANGES", "COPIES", "EVENTS", "LOADED", "MADE", "ORDERS", "PIXEL_STATS",
    "SETUP", "TABLES", "WITNESS", "Column", "Table",
]  # fmt: skip
