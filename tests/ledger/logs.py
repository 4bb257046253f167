"""Made-up logs → the table ``events`` of an engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.helpers import MEMORY
from tests.ledger.naive import Sent
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.build import SIMULATED
from tiktrack.schema import EVENTS
from tiktrack.schema.names import normalise

_TYPES = {"text": "varchar"}
COLUMNS = [column for column in EVENTS.columns if column.name in SIMULATED or column.name in ("event_id", "order_id")]


@contextmanager
def engine() -> Iterator[DuckDB]:
    with DuckDB(memory_bytes=MEMORY, threads=1) as made:
        yield made


def literal(value: Any) -> str:
    if value is None:
        return "null"
    return "'" + str(value).replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()


def load(made: DuckDB, rows: list[dict[str, Any]]) -> None:
    """Rows with the columns of ``events``; a hash is given by its text, names of today follow from the raw one."""
    listed = ", ".join(f"{c.name} {_TYPES.get(c.type, c.type)}" for c in COLUMNS)
    made.run(f"create or replace table events_rows ({listed}, row_ref bigint, w integer)")
    values = []
    for number, row in enumerate(rows):
        known = normalise(row["event_raw"])
        cells = {"event": known.event, "event_class": known.klass, "test": False, "event_id_state": "ok", **row}
        hashed = {name: f"hash({literal(value)})" for name, value in cells.items()
                  if name.endswith("_hash") and value is not None}  # fmt: skip
        cells["day"] = None
        listed_cells = [hashed.get(c.name) or literal(cells.get(c.name)) for c in COLUMNS]
        values.append(f"({', '.join(listed_cells)}, {number}, 1)")
    for start in range(0, len(values), 500):
        made.run(f"insert into events_rows values {', '.join(values[start : start + 500])}")
    day = "date '1970-01-01' + cast(ts_ms // 86400000 as integer)"
    made.run(f"create or replace view events as select * replace ({day} as day) from events_rows")
    made.run("create or replace view events_cube as select * from events")


def event(sent: Sent, **more: Any) -> dict[str, Any]:
    return {
        "pixel_code": sent.pixel, "event_raw": sent.name, "event_id_hash": sent.event_id, "event_id": sent.event_id,
        "channel": sent.channel, "ts_ms": sent.ts_ms, "received_ms": sent.received_ms, "test": sent.test,
        "delivery": sent.delivery, **more,
    }  # fmt: skip
