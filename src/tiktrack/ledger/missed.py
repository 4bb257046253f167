"""What happened and TikTok never counted: actions of an id that others share, and events that failed for good."""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import FAILED
from tiktrack.ledger.order_names import keyed
from tiktrack.ledger.shared_ids import SAME_ID

# A failure counts where no event with its id or its order, of either channel, came through. An event that has neither
# is taken for an action of its own. The last failure gives the cause.
_FAILURES = """
    with failures as (
      select pixel_code, event, event_raw, event_id_hash, order_hash, day, value, currency, delivery, row_ref,
        coalesce(email_hash, phone_hash) as person,
        coalesce(received_ms, ts_ms) as at_ms
      from ({keyed}) where test is not true and delivery in {failed}
    ),
    lost as (
      select x.*, coalesce(x.order_hash, x.event_id_hash, hash('alone', x.row_ref)) as action
      from failures x
      anti join tally y on x.event_id_hash = y.event_id_hash and x.event = y.event
        and x.pixel_code is not distinct from y.pixel_code
      anti join ({orders}) z on x.order_hash = z.order_hash and x.event = z.event
        and x.pixel_code is not distinct from z.pixel_code
    )
    select pixel_code, event, arg_min(event_raw, row_ref) as event_raw,
      coalesce(arg_min(day, at_ms), min(day)) as day, coalesce(arg_max(delivery, at_ms), min(delivery)) as cause,
      1 as n, arg_min(value, row_ref) as value, arg_min(currency, row_ref) as currency,
      min(order_hash) as order_hash, min(event_id_hash) as event_id_hash, min(row_ref) as row_ref,
      min(person) as person, min(at_ms) as at_ms
    from lost group by pixel_code, event, action
"""

_COUNTED = "select pixel_code, event, order_hash from tally"
# An order under a shared id came through as well: whether it counts or another one of that id, it is lost once at most.
_SHARING = f"select x.pixel_code, x.event, x.order_hash from ({{arrivals}}) x semi join shared y on {SAME_ID}"

# Counted are the windows of the shared id; the actions beyond them are lost, on the day of the first.
_SHARED = f"""
    select y.pixel_code, any_value(x.event) as event, y.event_raw, coalesce(arg_min(x.day, x.at_ms), min(x.day)) as day,
      'shared_id' as cause, any_value(y.actions) - count(*) as n, null as value, null as currency, null as order_hash,
      null as event_id_hash, min(x.row_ref) as row_ref, null as person, null as at_ms
    from tally x join shared y on {SAME_ID}
    group by y.pixel_code, y.event_raw, y.event_id_hash
    having any_value(y.actions) > count(*)
"""


def find_missed(engine: DuckDB, source: str) -> None:
    """Create ``missed``: ``n`` actions of a pixel, event and day that TikTok does not count, with their cause."""
    orders = _COUNTED
    if engine.rows("select count(*) from shared").rows[0][0]:
        orders += f" union all {_SHARING.format(arrivals=keyed('arrivals'))}"
    failures = _FAILURES.format(keyed=keyed(source), failed=FAILED, orders=orders)
    engine.run(f"create or replace table missed as {failures}")
    engine.run(f"insert into missed by name {_SHARED}")
