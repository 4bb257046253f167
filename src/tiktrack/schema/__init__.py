"""The canonical tables: the one place that knows every column, its type, unit and meaning."""

from tiktrack.schema.ads import ADS
from tiktrack.schema.column import Column, Table
from tiktrack.schema.events import EVENTS
from tiktrack.schema.orders import ORDERS

ACTS = Table(
    "acts",
    "events of the funnel and conversions",
    "The rows of events that measures pair and count: funnel and conversion events that are no tests. Kept apart, so "
    "that measures do not read page views again and again.",
    EVENTS.columns,
)
ACTS_ARE = "event_class in ('funnel', 'conversion') and test is not true"
"""Which events are acts."""

TABLES: dict[str, Table] = {table.name: table for table in (EVENTS, ADS, ORDERS, ACTS)}

__all__ = ["ACTS", "ACTS_ARE", "ADS", "EVENTS", "ORDERS", "TABLES", "Column", "Table"]
