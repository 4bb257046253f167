"""The tables of the ledger, in the order in which they follow from each other."""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger import merge
from tiktrack.ledger.actions import find_excess
from tiktrack.ledger.hints import find_hints
from tiktrack.ledger.missed import find_missed

NEEDED = merge.NEEDED
"""Columns of ``events`` that the ledger reads."""
SIMULATED = NEEDED | {"ttp_hash"}
"""The same with what only ``simulate`` asks for."""


def build(engine: DuckDB, source: str) -> None:
    """Create ``counted`` (see the schema), ``missed``, ``hints`` and what they are made of, out of ``source``:
    a relation with the columns of ``events``.
    """
    merge.replay(engine, source)
    find_excess(engine)
    find_missed(engine, source)
    if "ttp_hash" in engine.columns("arrivals"):
        find_hints(engine)
    engine.run("create or replace view counted as select x.*, e.cause, 1 as w "
               "from (select rowid as t, * from tally) x left join excess e using (t)")  # fmt: skip
