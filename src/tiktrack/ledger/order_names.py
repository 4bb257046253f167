"""Which order an event is of: shops and tags write one order in several ways.

An event names an order when its order id, else its event id, is the order's number or its other name (without ``#``).
Where the two sides write their numbers differently, events and orders that are still alone meet by the number inside
the text: ``EMB-1001`` and ``gid/1001`` are 1001. Such a match must be the only one, lie within 48 hours, and hold for
at least half of the events that carry a number, so that no chance digits count.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import DROP_MS

_LEAST_FIT = 0.5
_WORD_AND_NUMBER = "^[A-Za-z_#:/. -]*([0-9]{3,})$"

# One row an order, whatever number of exports it stands in: the newest row speaks. Two shops may share a number; then
# the number alone names nobody.
_SHOP = """
    with known as (
      select order_hash, created_ms, max(row_ref) as row_ref
      from orders where order_hash is not null group by order_hash, created_ms
    )
    select o.*, case when count(*) over (partition by o.order_hash) = 1 then o.order_hash
      else hash('of several', o.row_ref) end as order_key
    from orders o semi join known k using (row_ref)
"""
_KEYS = """
    select name, min(order_key) as order_key from (
      select order_hash as name, order_key from shop union select order_name_hash as name, order_key from shop
    ) where name is not null group by name having count(*) = 1
"""


def find_names(engine: DuckDB) -> None:
    """Create ``shop`` (one row an order, with its ``order_key``) and ``order_keys`` (hash of a name →
    ``order_key``).
    """
    engine.run(f"create or replace table shop as {_SHOP}")
    engine.run(f"create or replace table order_keys as {_KEYS}")


def named(tally: str) -> str:
    """SELECT of ``tally`` with ``order_hash`` as the shop's own key where one of its names is known, and
    ``order_by``: how the order is known (order_id, event_id), NULL where it is none of the shop's.
    """
    return (
        "select x.* exclude (high_order) replace (coalesce(a.order_key, b.order_key, c.order_key, x.order_hash) as "
        "order_hash), "
        "case when coalesce(a.order_key, b.order_key) is not null then 'order_id' "
        "when c.order_key is not null then 'event_id' end as order_by "
        f"from {tally} x left join order_keys a on x.order_hash = a.name left join order_keys b on x.high_order = "
        "b.name "
        "left join order_keys c on x.event_id_hash = c.name and x.event = 'Purchase'"
    )


def meet_by_number(engine: DuckDB) -> None:
    """Give purchases and orders that are still alone to each other, where the number inside their texts says so."""
    if not {"order_id", "event_id"} <= engine.columns("events"):
        return
    if not engine.rows("select exists (select 1 from tally where event = 'Purchase' and order_by is null)").rows[0][0]:
        return
    digits = {
        "digits": _only_number("text"),
        "digits_of_order": _only_number("e.order_id"),
        "digits_of_event": f"nullif(ltrim(regexp_extract(e.event_id, '{_WORD_AND_NUMBER}', 1), '0'), '')",
    }
    engine.run("create or replace table by_number as " + _BY_NUMBER.format(**digits, within=DROP_MS))
    carrying, met = engine.rows("select count(*), count(order_key) from by_number").rows[0]
    if met and met >= _LEAST_FIT * carrying:
        engine.run("update tally set order_hash = n.order_key, order_by = 'number' from by_number n "
                   "where tally.rowid = n.t and n.order_key is not null")  # fmt: skip
    engine.run("drop table by_number")


# The one group of three or more digits in an order id; an event id must be such a number with a word before it, because
# ids made by chance hold digits too.
_BY_NUMBER = """
    with open_orders as (
      select * from shop anti join tally on shop.order_key = tally.order_hash
    ),
    numbers as (
      select number, min(order_key) as order_key, min(created_ms) as created_ms from (
        select order_key, created_ms, unnest([order_id, order_name]) as text, {digits} as number from open_orders
      ) where number is not null group by number having count(distinct order_key) = 1
    ),
    sent as (
      select t.rowid as t, t.at_ms, coalesce({digits_of_order}, {digits_of_event}) as number
      from tally t join events e on t.row_ref = e.row_ref where t.event = 'Purchase' and t.order_by is null
    )
    select s.t, n.order_key from sent s left join numbers n
      on s.number = n.number and abs(s.at_ms - n.created_ms) <= {within}
    where s.number is not null
"""


def _only_number(text: str) -> str:
    groups = f"regexp_extract_all({text}, '[0-9]{{3,}}')"
    return f"case when len({groups}) = 1 then ltrim({groups}[1], '0') end"
