"""Which order an event is of: shops and tags write one order in several ways.

An event names an order when its order id, else its event id, is the order's number or its other name (without ``#``).
Where the two sides write their numbers differently, names that are no order's own meet orders by the number inside the
text: ``EMB-1001`` and ``gid/1001`` are 1001. Such a match must be the only one, its first event must lie within 48
hours of the order, and it must hold for at least half of the names that carry a number, so that no chance digits count.
A third way: the other channel's copy of the same purchase names the order. Whatever is sent under a name that is known
in one of these ways, days later or in vain, is of that order too.
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
    select name, min(order_key) as order_key, false as by_number from (
      select order_hash as name, order_key from shop union select order_name_hash as name, order_key from shop
    ) where name is not null group by name having count(*) = 1
"""


def find_names(engine: DuckDB, source: str) -> None:
    """Create ``tally`` out of ``kept``, with ``order_hash`` as the shop's own key where one of its names is known, and
    ``order_by``: how the order is known (order_id, event_id, number), NULL where it is none of the shop's. Beside it
    ``shop`` (one row an order, with its ``order_key``) and ``order_keys`` (hash of a name → ``order_key``), which is
    empty without orders.
    """
    if not engine.columns("orders"):
        engine.run("create table order_keys (name ubigint, order_key ubigint, by_number boolean)")
        engine.run("create table tally as select * exclude (other_order), null::varchar as order_by from kept")
        return
    engine.run(f"create table shop as {_SHOP}")
    engine.run(f"create table order_keys as {_KEYS}")
    _learn_from_copies(engine)
    engine.run(f"create table tally as {_NAMED}")
    if _meet_by_number(engine, source):
        _learn_from_copies(engine)
        engine.run(f"create or replace table tally as {_NAMED}")


def keyed(events: str) -> str:
    """SELECT of a relation of events with ``order_hash`` as the shop's own key where the name is known."""
    return (
        f"select x.* replace (coalesce(k.order_key, x.order_hash) as order_hash) from {events} x "
        "left join order_keys k on x.order_hash = k.name"
    )


_NAMED = """
    select x.* exclude (other_order)
      replace (coalesce(a.order_key, b.order_key, c.order_key, x.order_hash) as order_hash),
      case when coalesce(a.by_number, b.by_number, c.by_number) then 'number'
        when coalesce(a.order_key, b.order_key) is not null then 'order_id'
        when c.order_key is not null then 'event_id' end as order_by
    from kept x left join order_keys a on x.order_hash = a.name
      left join order_keys b on x.other_order = b.name and x.other_order <> x.order_hash
      left join order_keys c on x.event_id_hash = c.name and x.event = 'Purchase'
"""


def _learn_from_copies(engine: DuckDB) -> None:
    """Where browser and server write one purchase's order in two ways, and the shop knows one of them: take the other
    for a name of that order as well.
    """
    if engine.rows(f"select exists ({_STRANGE})").rows[0][0]:
        engine.run(f"insert into order_keys {_LEARNT}")


_STRANGE = """
    select 1 from arrivals x anti join order_keys k on x.order_hash = k.name
    where x.event = 'Purchase' and x.order_hash is not null and x.event_id_hash is not null
"""

# Ids under which each of the two channels names one order.
_LEARNT = """
    with told as (
      select pixel_code, event_id_hash, min(order_hash) filter (where channel = 'browser') as one,
        min(order_hash) filter (where channel = 'server') as other
      from arrivals
      where event = 'Purchase' and event_id_hash is not null and order_hash is not null
        and channel in ('browser', 'server')
      group by pixel_code, event_id_hash
      having count(distinct order_hash) filter (where channel = 'browser') = 1
        and count(distinct order_hash) filter (where channel = 'server') = 1 and one <> other
    ),
    pairs as (select one as known, other as strange from told union select other, one from told)
    select p.strange, min(k.order_key), bool_or(k.by_number)
    from pairs p join order_keys k on p.known = k.name anti join order_keys s on p.strange = s.name
    group by p.strange having count(distinct k.order_key) = 1
"""


def _meet_by_number(engine: DuckDB, source: str) -> bool:
    """Give names of purchases that are no order's own to orders, where the number inside their texts says so; whether
    any did.
    """
    if not {"order_id", "event_id"} <= engine.columns("events"):
        return False
    if not engine.rows(f"select exists ({_ALONE.format(source=source)})").rows[0][0]:
        return False
    digits = {
        "digits": _only_number("text"),
        "digits_of_order": _only_number("e.order_id"),
        "digits_of_event": f"nullif(ltrim(regexp_extract(e.event_id, '{_WORD_AND_NUMBER}', 1), '0'), '')",
    }
    alone = _ALONE.format(source=source)
    engine.run("create or replace table by_number as " + _BY_NUMBER.format(**digits, alone=alone, within=DROP_MS))
    carrying, met = engine.rows("select count(*), count(order_key) from by_number").rows[0]
    fits = bool(met) and met >= _LEAST_FIT * carrying
    if fits:
        engine.run(
            "insert into order_keys select name, min(order_key), true from by_number where order_key is not null "
            "group by name having count(distinct order_key) = 1"
        )
    engine.run("drop table by_number")
    return fits


# Purchases by their names, whatever became of them at TikTok, unless one of their copies names an order of the shop.
_ALONE = """
    select x.order_hash, x.event_id_hash, min(x.row_ref) as row_ref, min(coalesce(x.received_ms, x.ts_ms)) as at_ms
    from {source} x anti join order_keys a on x.order_hash = a.name anti join order_keys b on x.event_id_hash = b.name
      anti join (select event_id_hash from tally where event = 'Purchase' and order_by is not null) t
        on x.event_id_hash = t.event_id_hash
    where x.event = 'Purchase' and coalesce(x.order_hash, x.event_id_hash) is not null group by all
"""

# The one group of three or more digits in an order id; an event id must be such a number with a word before it, because
# ids made by chance hold digits too.
_BY_NUMBER = """
    with numbers as (
      select number, min(order_key) as order_key, min(created_ms) as created_ms from (
        select order_key, created_ms, unnest([order_id, order_name]) as text, {digits} as number from shop
      ) where number is not null group by number having count(distinct order_key) = 1
    ),
    told as (
      select coalesce({digits_of_order}, {digits_of_event}) as number,
        case when {digits_of_order} is not null then s.order_hash else s.event_id_hash end as name, s.at_ms
      from ({alone}) s join events e on s.row_ref = e.row_ref
    ),
    sent as (
      select name, number, min(at_ms) as at_ms from told where number is not null group by name, number
    )
    select s.name, n.order_key from sent s left join numbers n
      on s.number = n.number and abs(s.at_ms - n.created_ms) <= {within}
"""


def _only_number(text: str) -> str:
    groups = f"regexp_extract_all({text}, '[0-9]{{3,}}')"
    return f"case when len({groups}) = 1 then ltrim({groups}[1], '0') end"
