"""Hits of the pixel that were written down twice: TikTok's ``message_id`` is new for every send.

A recording that is saved again, two recordings of one session or a log that was exported twice hold the same hits. They
are no duplicates on their way to TikTok, so the second copy is set aside, in whatever file it stands.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB

_SAID = "#hits written down before (the same message_id)"


def set_aside(engine: DuckDB, file_id: int) -> None:
    """Mark the hits of a file that stand further up in it, or in a file read before."""
    stored = "from events_store where reject is null and message_hash is not null"
    if not engine.rows(f"select 1 {stored} and file_id = {file_id} limit 1").rows:
        return
    engine.run(
        f"update events_store set reject = '{_SAID}' where file_id = {file_id} and rowid in ("
        f"select s.rowid from (select rowid, message_hash {stored} and file_id = {file_id}) s "
        f"join (select message_hash, min(rowid) as earliest {stored} group by 1 having count(*) > 1) d "
        "using (message_hash) where s.rowid <> d.earliest)"
    )
