"""Stored rows → the records of their files, many at once: two scans over narrow columns, however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tiktrack.engine.duckdb import DuckDB

_BLOCK = 2048


def records_of(engine: DuckDB, table: str, rowids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """rowid → id of its file and number of its record there, counted from 0.

    Rows are stored in the order of their file; an event log may hold several events in one record.
    """
    if not rowids:
        return {}
    store, starts = f"{table}_store", "count_if(record_start)" if table == "events" else "count(*)"
    before: dict[int, dict[int, int]] = defaultdict(dict)
    for file_id, block, count in engine.rows(
        f"select file_id, rowid // {_BLOCK} as block, {starts} as starts from {store} group by all order by all"
    ).rows:
        before[file_id][block] = count
    listed = ", ".join(f"({rowid}, {rowid // _BLOCK})" for rowid in rowids)
    within = engine.rows(
        f"with wanted as (select * from (values {listed}) as v (ref, block)), "
        f"homes as (select w.ref, w.block, s.file_id from {store} s join wanted w on s.rowid = w.ref) "
        f"select h.ref, h.file_id, {starts} from homes h join {store} s "
        f"on s.rowid // {_BLOCK} = h.block and s.file_id = h.file_id and s.rowid <= h.ref group by all"
    ).rows
    return {
        ref: (file_id, sum(n for block, n in before[file_id].items() if block < ref // _BLOCK) + count - 1)
        for ref, file_id, count in within
    }
