"""Stored tables: what is kept of each row while an audit runs, and the accounts of what was read and rejected."""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import repeats
from tiktrack.intake.places import records_of
from tiktrack.intake.rows import Rows
from tiktrack.model.report import Reject
from tiktrack.schema import TABLES
from tiktrack.schema.events import EVENTS
from tiktrack.sources import Reading
from tiktrack.sources.event_fields import STORED

_TYPES = {"text": "varchar"}
_SHOWN = 5
_PLACES = {"source_file", "source_row"}
_DERIVED = {
    "ads": {"totals_state"},
    "orders": {"day"},
    "setup": {"day", "event", "pixel_link"},
    "pixel_stats": {"event", "event_class", "twin_of"},
    "witness": {"day"},
}
"""Columns that the views add."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What became of the rows of one file. ``torn`` where a quote that nobody closed may have swallowed rows;
    ``places`` tells where its records stand.
    """

    rows: int
    rejected: int
    rejects: tuple[Reject, ...]
    aside: tuple[str, ...]
    places: Rows
    torn: bool = False


def columns_of(table: str, needed: frozenset[str]) -> dict[str, str]:
    """Stored column → SQL type."""
    if table == "events":
        kept = {name: EVENTS.by_name[name].type for name in STORED if name in needed}
        types = {**kept, "states": "bigint", "record_start": "bool"}
    else:
        types = {c.name: c.type for c in TABLES[table].columns if c.name not in _PLACES | _DERIVED.get(table, set())}
    return {name: _TYPES.get(kind, kind) for name, kind in types.items()}


def create(engine: DuckDB, table: str, needed: frozenset[str]) -> None:
    """An empty stored table."""
    listed = ", ".join(f"{name} {kind}{_packing(name)}" for name, kind in columns_of(table, needed).items())
    engine.run(f"create table {table}_store ({listed}, reject varchar, file_id integer)")


def _packing(column: str) -> str:
    """Ids and their hashes repeat nothing: to look for a way of packing them would be lost time."""
    return " using compression uncompressed" if column.endswith(("_id", "_hash")) else ""


def load(engine: DuckDB, table: str, reading: Reading, file_id: int, rows: Rows) -> Accounts:
    """Append one file; its rows stay in the order of the file, so that a row's place can be told later. A column that
    a source does not give is NULL.
    """
    for kept in ("reject_errors", "reject_scans"):
        engine.run(f"drop table if exists {kept}")
    engine.run(f"insert into {table}_store by name select *, {file_id} as file_id from ({reading.sql})")
    if table == "events":
        repeats.set_aside(engine, file_id)
    refused = _csv_rejects(engine) if reading.csv else []
    return _accounts(engine, table, file_id, rows.without(row for row, *_ in refused), refused)


def forget(engine: DuckDB, table: str, file_id: int) -> None:
    """Take a file out again."""
    engine.run(f"delete from {table}_store where file_id = {file_id}")


def _accounts(engine: DuckDB, table: str, file_id: int, places: Rows, refused: list[tuple[int, str, bool]]) -> Accounts:
    where = f"from {table}_store where file_id = {file_id}"
    rows = engine.rows(f"select count(*) {where} and reject is null").rows[0][0]
    reasons = engine.rows(f"select reject, count(*) {where} and reject is not null group by 1 order by 2 desc, 1").rows
    aside = tuple(f"{count:,} × {reason[1:]}" for reason, count in reasons if reason.startswith("#"))
    rejected = sum(count for reason, count in reasons if not reason.startswith("#"))
    rejects = [Reject(row, f"not a row of this table: {kind}") for row, kind, _ in refused[:_SHOWN]]
    if rejected:
        first = engine.rows(
            f"select rowid, reject {where} and reject is not null and not starts_with(reject, '#') "
            f"order by rowid limit {_SHOWN}"
        ).rows
        records = records_of(engine, table, [rowid for rowid, _ in first])
        rejects += [Reject(places.row(records[rowid][1]), reason) for rowid, reason in first]
    return Accounts(
        rows=rows,
        rejected=rejected + len(refused),
        rejects=tuple(sorted(rejects, key=lambda reject: reject.row or 0)[:_SHOWN]),
        aside=aside,
        places=places,
        torn=any(torn for *_, torn in refused),
    )


def _csv_rejects(engine: DuckDB) -> list[tuple[int, str, bool]]:
    """Rows that DuckDB's CSV reader refused, why, and whether a quote may have made one row of several lines."""
    if not engine.columns("reject_errors"):
        return []
    return engine.rows(
        "select line, lower(min(error_type::varchar)), "
        "bool_or(error_type::varchar = 'UNQUOTED VALUE' or contains(coalesce(csv_line, ''), chr(10))) "
        "from reject_errors group by line order by line"
    ).rows
