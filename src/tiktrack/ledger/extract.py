"""One CSV a class of orders, for the developer who has to look: where each stands in the files, and nothing
personal.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import InputError, Place
from tiktrack.intake import Intake
from tiktrack.intake.places import records_of
from tiktrack.personal import mask
from tiktrack.render.csv import cell

_CHUNK = 20_000
_ORDERS = (
    "order_id", "created_ms", "status", "origin", "total", "currency", "state", "cause", "joined", "joined_by",
    "counted", "value", "value_currency", "value_match", "lag_ms",
)  # fmt: skip
_EVENTS = ("event_raw", "event_id", "order_id", "channel", "pixel_code", "at_ms", "value", "currency", "kind", "cause")

# File → rows of it.
_CLASSES = {
    "lost": "state = 'lost'",
    "doubled": "state = 'twice'",
    "merged": "state = 'merged'",
    "browser_only": "state = 'browser_only'",
    "server_only": "state = 'server_only'",
    "other_channel": "state = 'other_channel'",
    "ignored": "state = 'ignored'",
    "outside": "state = 'outside'",
    "not_told": "state is null",
    "value_differs": "value_match in ('cents', 'currency', 'unit_price', 'other')",
}


def extract(engine: DuckDB, intake: Intake, folder: Path) -> list[tuple[Path, int]]:
    """Write the classes that hold any rows; returns the files with their number of rows.

    Raises InputError where the folder cannot be written to.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, where in _CLASSES.items():
            rows = _rows(engine, intake, "orders", "ledger", _ORDERS, where)
            written.append(_write(folder / f"{name}.csv", _ORDERS, rows))
        for name, where in (
            ("purchases_without_paid_order", _UNPAID),
            ("purchases_counted_again", "cause is not null"),
        ):
            rows = _rows(engine, intake, "events", f"({_SALES})", _EVENTS, where)
            written.append(_write(folder / f"{name}.csv", _EVENTS, rows))
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", hint="give a folder you can write to", place=Place(str(folder))
        ) from error
    return [(path, n) for path, n in written if n]


_UNPAID = "kind not in ('paid', 'refunded', 'outside')"
_SALES = (
    "select s.*, e.event_raw, e.event_id, e.order_id from sales s join events e using (row_ref) "
    "where s.cause is not null or s.kind not in ('paid', 'refunded', 'outside')"
)


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[list[Any]]) -> tuple[Path, int]:
    path.unlink(missing_ok=True)  # a class that is empty today must not show what an earlier run wrote
    first = next(rows, None)
    if first is None:
        return path, 0
    n = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["source_file", "source_row", *(_named(column) for column in columns)])
        for row in chain([first], rows):
            writer.writerow([cell(value) for value in row])
            n += 1
    return path, n


def _rows(
    engine: DuckDB, intake: Intake, store: str, source: str, columns: tuple[str, ...], where: str
) -> Iterator[list[Any]]:
    """Rows in chunks, each with the file and the record that it stands in."""
    after = -1
    while True:
        found = engine.rows(
            f"select row_ref, {', '.join(columns)} from {source} where {where} and row_ref > {after} "
            f"order by row_ref limit {_CHUNK}"
        ).rows
        if not found:
            return
        places = records_of(engine, store, [row[0] for row in found])
        for row_ref, *values in found:
            file_id, nth = places[row_ref]
            shown = (_shown(column, value) for column, value in zip(columns, values, strict=True))
            yield [intake.inputs[file_id].path, intake.rows[file_id].row(nth), *shown]
        after = found[-1][0]


def _named(column: str) -> str:
    return {"created_ms": "created", "at_ms": "time", "lag_ms": "lag_seconds"}.get(column, column)


def _shown(column: str, value: Any) -> Any:
    if value is None:
        return ""
    if column in ("created_ms", "at_ms"):
        return datetime.fromtimestamp(value / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if column == "lag_ms":
        return round(value / 1000)
    return mask(value) if isinstance(value, str) else value
