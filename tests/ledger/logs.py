"""Made-up logs → the table ``events`` of an engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.helpers import MEMORY
from tests.ledger.naive import Sent
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.build import SIMULATED
from tiktrack.schema import EVENTS, ORDERS, Column
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


def table(made: DuckDB, name: str, columns: list[Column], rows: list[dict[str, Any]]) -> None:
    """A table with these rows; a hash is given by its text."""
    listed = ", ".join(f"{c.name} {_TYPES.get(c.type, c.type)}" for c in columns)
    made.run(f"create or replace table {name} ({listed}, row_ref bigint, w integer)")
    values = []
    for number, row in enumerate(rows):
        cells = [
            f"hash({literal(row[c.name])})"
            if c.name.endswith("_hash") and row.get(c.name) is not None
            else literal(row.get(c.name))
            for c in columns
        ]
        values.append(f"({', '.join(cells)}, {number}, 1)")
    for start in range(0, len(values), 500):
        made.run(f"insert into {name} values {', '.join(values[start : start + 500])}")


def load(made: DuckDB, rows: list[dict[str, Any]]) -> None:
    """Rows with the columns of ``events``; a hash is given by its text, names of today follow from the raw one."""
    told = []
    for row in rows:
        known = normalise(row["event_raw"])
        names = {"event": known.event, "event_class": known.klass}
        told.append({**names, "test": False, "event_id_state": "ok", **row, "day": None})
    table(made, "events_rows", COLUMNS, told)
    day = "date '1970-01-01' + cast(ts_ms // 86400000 as integer)"
    made.run(f"create or replace view events as select * replace ({day} as day) from events_rows")
    made.run("create or replace view events_cube as select * from events")


def load_orders(made: DuckDB, rows: list[dict[str, Any]]) -> None:
    """Orders; what is not said is a paid web order in euros."""
    usual = {"status": "paid", "origin": "web", "total": 50.0, "currency": "EUR", "source_file": "orders.csv"}
    named = [{**usual, "order_hash": row["order_id"], "order_name_hash": row.get("order_name"), **row} for row in rows]
    table(made, "orders_rows", list(ORDERS.columns), named)
    day = "date '1970-01-01' + cast(created_ms // 86400000 as integer)"
    made.run(f"create or replace view orders as select * replace ({day} as day) from orders_rows")


def event(sent: Sent, **more: Any) -> dict[str, Any]:
    return {
        "pixel_code": sent.pixel, "event_raw": sent.name, "event_id_hash": sent.event_id, "event_id": sent.event_id,
        "channel": sent.channel, "ts_ms": sent.ts_ms, "received_ms": sent.received_ms, "test": sent.test,
        "delivery": sent.delivery, **more,
    }  # fmt: skip
