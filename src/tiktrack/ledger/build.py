"""The tables of the ledger, in the order in which they follow from each other."""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger import merge
from tiktrack.ledger.actions import find_excess
from tiktrack.ledger.hints import find_hints
from tiktrack.ledger.missed import find_missed
from tiktrack.ledger.order_names import find_names
from tiktrack.ledger.orders import find_orders

NEEDED = merge.NEEDED
"""Columns of ``events`` that the ledger reads."""
SIMULATED = NEEDED | {"ttp_hash"}
"""The same with what only ``simulate`` asks for."""
NUMBERED = frozenset({"event_id", "order_id"})
"""Texts that numbers of orders are read from: needed where there are orders."""


CONVERSIONS = "event_class = 'conversion'"
"""What the audit's ledger is about: few of the events, and those that money follows."""
_TABLES = (
    "once", "windows", "long_windows", "long_ids", "tally", "excess", "shared", "missed", "hints", "shop", "order_keys",
    "probable", "ledger",
)  # fmt: skip
_VIEWS = ("arrivals", "kept", "told", "counted", "sales")


def build(engine: DuckDB, source: str) -> None:
    """Create ``counted``, ``sales`` and ``ledger`` (see the schema), ``missed``, ``hints`` and what they are made of,
    out of ``source``: a relation with the columns of ``events``.
    """
    drop(engine)
    merge.replay(engine, source)
    find_names(engine, source)
    find_excess(engine)
    find_missed(engine, source)
    if "ttp_hash" in engine.columns("arrivals"):
        find_hints(engine)
    engine.run("create view counted as select x.*, e.cause, coalesce(e.first_t, t) as first_t, 1 as w "
               "from (select rowid as t, * from tally) x left join excess e using (t)")  # fmt: skip
    if engine.columns("orders"):
        find_orders(engine, source)


def build_of_conversions(engine: DuckDB) -> None:
    """The same for conversions alone, which are few: they are copied out of the log once."""
    listed = ", ".join(["row_ref", *sorted(NEEDED & engine.columns("events"))])
    engine.run(f"create or replace table conversions as select {listed} from events where {CONVERSIONS}")
    build(engine, "conversions")


def drop(engine: DuckDB) -> None:
    """Remove everything that ``build`` made."""
    for name in _VIEWS:
        engine.run(f"drop view if exists {name}")
    for name in _TABLES:
        engine.run(f"drop table if exists {name}")
