"""The view ``orders``: each order once, as the newest export tells it.

Exports overlap, rows are exported twice, and some shops repeat an order on each of its lines. An order is known by its
number and its moment: shops start their numbers anew. The export with the later last order is the newer one.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB

_ASIDE = """
create table orders_aside as
with known as (select rowid as row_ref, file_id, order_hash, created_ms from orders_store where reject is null),
files as (select file_id, max(created_ms) as last_ms from known group by file_id),
ranked as (
  select k.row_ref, k.file_id, row_number() over (
    partition by k.order_hash, k.created_ms order by f.last_ms desc, f.file_id desc, k.row_ref) as nth
  from known k join files f using (file_id)
)
select row_ref, file_id from ranked where nth > 1
"""


def build(engine: DuckDB, day: str, keeps: str, source: str) -> None:
    """Create ``orders_aside(row_ref, file_id)`` and the view; ``day`` and ``source`` are SQL of the columns of these
    names, ``keeps`` the condition on days."""
    engine.run(_ASIDE)
    engine.run(
        f"create view orders as select rowid as row_ref, *, {day} as day, {source} as source_file, 1 as w "
        f"from orders_store s where reject is null and rowid not in (select row_ref from orders_aside) and {keeps}"
    )


def notes(engine: DuckDB, file_id: int) -> tuple[str, ...]:
    """What is to be said about rows of a file that do not count."""
    count = engine.rows(f"select count(*) from orders_aside where file_id = {file_id}").rows[0][0]
    return (f"{count:,} × set aside: the same order again",) if count else ()
