"""The view ``orders``: each order once, as the newest export tells it.

Exports overlap, rows are exported twice, and some shops repeat an order on each of its lines. An order is known by its
number and its moment: shops start their numbers anew. The export with the later last order is the newer one.
"""

from __future__ import annotations

from collections.abc import Collection

from tiktrack.engine.duckdb import DuckDB
from tiktrack.sources.base import quoted

_ASIDE = """
create table orders_aside as
with known as (select rowid as row_ref, file_id, order_hash, created_ms from orders_store where reject is null),
files as (select file_id, max(created_ms) as last_ms from known group by file_id),
ranked as (
  select k.row_ref, k.file_id, row_number() over (
    partition by k.order_hash, k.created_ms order by f.last_ms desc, f.file_id desc, k.row_ref) as nth
  from known k join files f using (file_id)
)
select row_ref, file_id, 'the same order again' as why from ranked where nth > 1
"""
_PAYMENTS = "payments, as the shop's own orders are there: each sale would count twice"


def build(engine: DuckDB, day: str, keeps: str, source: str, payments: Collection[int]) -> None:
    """Create ``orders_aside(row_ref, file_id, why)`` and the view; ``day`` and ``source`` are SQL of the columns of
    these names, ``keeps`` the condition on days, ``payments`` are files of a payment service."""
    engine.run(_ASIDE)
    _without_payments(engine, ", ".join(map(str, payments)))
    engine.run(
        f"create view orders as select rowid as row_ref, *, {day} as day, {source} as source_file, 1 as w "
        f"from orders_store s where reject is null and rowid not in (select row_ref from orders_aside) and {keeps}"
    )


def _without_payments(engine: DuckDB, listed: str) -> None:
    """Payments hold the sales of the shop once more, under other numbers."""
    good = "from orders_store where reject is null and file_id"
    if listed and engine.rows(f"select 1 {good} not in ({listed}) limit 1").rows:
        engine.run(f"delete from orders_aside where file_id in ({listed})")
        engine.run(f"insert into orders_aside select rowid, file_id, {quoted(_PAYMENTS)} {good} in ({listed})")


def notes(engine: DuckDB, file_id: int) -> tuple[str, ...]:
    """What is to be said about rows of a file that do not count."""
    counted = engine.rows(f"select why, count(*) from orders_aside where file_id = {file_id} group by why").rows
    return tuple(f"{count:,} × set aside: {why}" for why, count in counted)
