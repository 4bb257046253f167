"""The canonical tables: the one place that knows every column, its type, unit and meaning."""

from tiktrack.schema.ads import ADS
from tiktrack.schema.column import Column, Table
from tiktrack.schema.events import EVENTS
from tiktrack.schema.orders import ORDERS

TABLES: dict[str, Table] = {table.name: table for table in (EVENTS, ADS, ORDERS)}

__all__ = ["ADS", "EVENTS", "ORDERS", "TABLES", "Column", "Table"]
