"""Ids that several actions share: no name of an action, and TikTok counts too few of them.

There the orders, else the people, else (a placeholder such as ``undefined``) the events themselves are the actions.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.order_names import keyed

SAME_ID = (
    "x.event_id_hash = y.event_id_hash and x.event_raw = y.event_raw and x.pixel_code is not distinct from y.pixel_code"
)
"""SQL: rows ``x`` and ``y`` are of one pixel, raw name and id."""

# For each channel its orders, people and events, because the two channels may write one order or one person in two
# ways.
_SHARED = f"""
    with candidates as (
      select distinct pixel_code, event_raw, event_id_hash from tally
      where orders_differ or placeholder or (emails_differ and order_hash is null)
    ),
    known as (
      select x.pixel_code, x.event_raw, x.event_id_hash, x.channel, x.order_hash,
        min(x.email_hash) as email_hash, count(*) as sends, bool_or(x.event_id_state = 'placeholder') as placeholder
      from arrivals x semi join candidates y on {SAME_ID}
      group by all
    ),
    people as (
      select pixel_code, event_raw, event_id_hash, channel, count(distinct email_hash) as people
      from (select distinct x.pixel_code, x.event_raw, x.event_id_hash, x.channel, x.email_hash
            from arrivals x semi join candidates y on {SAME_ID}) group by all
    ),
    channels as (
      select k.pixel_code, k.event_raw, k.event_id_hash, k.channel, count(k.order_hash) as orders,
        coalesce(sum(k.sends) filter (where k.order_hash is null and k.placeholder), 0) as nameless,
        any_value(p.people) as people
      from known k join people p on k.event_id_hash = p.event_id_hash and k.event_raw = p.event_raw
        and k.channel is not distinct from p.channel and k.pixel_code is not distinct from p.pixel_code
      group by k.pixel_code, k.event_raw, k.event_id_hash, k.channel
    )
    select pixel_code, event_raw, event_id_hash,
      max(case when orders > 0 or nameless > 0 then orders + nameless else people end)::bigint as actions
    from channels group by pixel_code, event_raw, event_id_hash
    having max(case when orders > 0 or nameless > 0 then orders + nameless else people end) > 1
"""


def find_shared(engine: DuckDB) -> None:
    """Create ``shared``: ids that several actions share, with the number of these ``actions``. Orders that another id
    tells TikTok of as well are not lost by the shared one.
    """
    engine.run(f"create or replace table shared as {_SHARED}")
    if not engine.rows("select count(*) from shared").rows[0][0]:
        return
    engine.run(
        "create or replace table shared as with elsewhere as ("
        "select distinct x.pixel_code, x.event, x.order_hash from tally x "
        f"anti join shared y on {SAME_ID} where x.order_hash is not null), "
        "told_twice as (select x.pixel_code, x.event_raw, x.event_id_hash, count(distinct x.order_hash) as orders "
        f"from ({keyed('arrivals')}) x semi join shared y on {SAME_ID} "
        "semi join elsewhere e on x.order_hash = e.order_hash and x.event = e.event "
        "and x.pixel_code is not distinct from e.pixel_code group by all) "
        "select y.* replace (greatest(0, y.actions - coalesce(x.orders, 0)) as actions) "
        f"from shared y left join told_twice x on {SAME_ID}"
    )


SHARED_EXCESS = f"""
    select t, 'shared_id' as cause, null as first_t from (
      select x.rowid as t, y.actions, row_number() over (
        partition by x.pixel_code, x.event_raw, x.event_id_hash order by x.at_ms, x.rowid) as nth
      from tally x join shared y on {SAME_ID}
    ) where nth > actions
"""
"""SELECT of rows for ``excess``: what counts under a shared id beyond its actions."""
