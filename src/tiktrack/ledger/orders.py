"""The order ledger: what became of each order of the shop, and which order each purchase is of.

An order is *due* when TikTok should hear of it: placed on the web and paid (refunded later or not). Its state is

- ``merged``: both channels told of it and it counts once;
- ``twice``: it counts more than once, with the cause of the first excess;
- ``browser_only``, ``server_only``, ``other_channel``: one channel told of it and it counts once;
- ``lost``: it does not count. The cause says whether it failed, was taken for another one (``shared_id``), went out
  with a test code only, or was ``never_sent``;
- ``outside``: placed when the log was not running, and nothing came;
- ``ignored``: not due, and nothing came, as it should be.

``joined`` says how sure that is: ``certain`` by number (see ``order_names.py``); ``probable`` by the hash of email or
phone and the time: within the hour where the value agrees within 1 %, within ten minutes where it does not, for a wrong
value or currency loses no order. Probable ones are never mixed with certain ones.

Where less than half of the orders (or of the purchases, whichever are fewer) meet at all, nobody can tell lost orders
from orders that go by another name: states then stay NULL.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import FIRST
from tiktrack.ledger.order_names import keyed
from tiktrack.ledger.running import running
from tiktrack.ledger.values import value_match

_HOUR_MS = 3_600_000
_AT_ONCE_MS = 600_000
"""Ours: a person's purchase and order this near to each other are one, whatever value was sent."""
_LEAST_FIT = 0.5
DUE = "coalesce(origin, 'web') = 'web' and coalesce(status, 'paid') in ('paid', 'refunded')"

# What an order is that TikTok should not hear of, in the order in which one would say it; NULL where it is due.
KIND = (
    "case when status = 'test' then 'test' when origin in ('pos', 'draft', 'subscription', 'marketplace') then origin "
    "when status in ('cancelled', 'pending') then status end"
)


def find_orders(engine: DuckDB, source: str) -> None:
    """Create ``ledger`` (see the schema) and ``sales``: for each purchase that counts (``t``) its order and what
    that is.
    """
    engine.run("create or replace table probable (t bigint, order_key ubigint, sure boolean)")
    for found in (_SAID_AGAIN, _PROBABLE, _SAID_AGAIN):
        engine.run(f"insert into probable {found}")
    engine.run(f"create or replace table told_orders as {_TOLD}")
    out = _LOST_CAUSES.format(arrivals=keyed("arrivals"), source=keyed(source), near=_NEAR)
    engine.run(f"create or replace table lost_causes as {out}")
    spans = [f"o.created_ms between {first} and {last - _HOUR_MS}" for first, last in running(engine)]
    inside = f"({' or '.join(spans) or 'false'})"
    fits = "true" if _fits(engine, inside) else "false"
    words = {"inside": inside, "fits": fits, "due": DUE, "kind": KIND, "match": value_match("value", "value_currency")}
    engine.run("create or replace table ledger as " + _LEDGER.format(**words))
    engine.run(f"create or replace view sales as {_SALES.format(fits=fits, kind=KIND)}")
    for made in ("told_orders", "lost_causes"):
        engine.run(f"drop table {made}")


def _fits(engine: DuckDB, inside: str) -> bool:
    """Whether enough events and orders have met to tell who is missing."""
    due, met = engine.rows(
        f"select count_if({inside} or x.order_key is not null), count(x.order_key) from shop o left join (select "
        "order_hash as order_key from tally "
        "where event = 'Purchase' and order_by is not null union select order_key from probable) x using (order_key) "
        f"where {DUE}"
    ).rows[0]
    sold = engine.rows(
        "select count(*) from tally anti join excess on tally.rowid = excess.t where event = 'Purchase' "
        "and at_ms between (select min(created_ms) from orders) and (select max(created_ms) from orders)"
    ).rows[0][0]
    return bool(met) and met >= _LEAST_FIT * min(due, sold)


_AGREES = (
    "abs(value - total) <= 0.01 * total and (sent_in is null or currency is null or lower(sent_in) = lower(currency))"
)
_NEAR = f"abs(at_ms - created_ms) <= {_HOUR_MS} and {_AGREES}"

# Purchases that name no order in the shop, and orders that nobody names: the nearest one in time.
_PROBABLE = f"""
    with lone as (
      select t.rowid as t, t.at_ms, t.value, t.currency as sent_in, t.person, t.phone from tally t
      anti join excess e on t.rowid = e.t anti join probable p on t.rowid = p.t
      where t.event = 'Purchase' and t.order_by is null and coalesce(t.person, t.phone) is not null
    ),
    free as (
      select o.* from shop o
      anti join (select order_hash from tally where event = 'Purchase' and order_by is not null) x
        on o.order_key = x.order_hash
    ),
    pairs as (
      select l.*, o.order_key, o.created_ms, o.total, o.currency
      from lone l join free o on l.person = o.email_hash
      union
      select l.*, o.order_key, o.created_ms, o.total, o.currency
      from lone l join free o on coalesce(l.phone, l.person) = o.phone_hash
    ),
    weighed as (
      select *, abs(at_ms - created_ms) as apart, coalesce({_AGREES}, false) as agrees from pairs
    )
    select t, arg_min(order_key, apart + case when agrees then 0 else {_HOUR_MS} end) as order_key, false as sure
    from weighed where apart <= case when agrees then {_HOUR_MS} else {_AT_ONCE_MS} end group by t
"""

# Purchases that name no order of the shop, and are of one action with some that do: of its order, surely so by one id.
_SAID_AGAIN = """
    with said as (
      select c.t, c.first_t, c.event_id_hash, case when c.order_by is not null then c.order_hash else p.order_key end as
        order_key, bool_or(c.order_by is not null) over (partition by c.first_t, c.event_id_hash) as one_id
      from counted c left join probable p on c.t = p.t
      where c.event = 'Purchase' and c.first_t in (select first_t from excess)
    ),
    orders_of as (
      select first_t, min(order_key) as order_key from said group by first_t having count(distinct order_key) = 1
    )
    select t, o.order_key, one_id and event_id_hash is not null as sure
    from said s join orders_of o using (first_t) where s.order_key is null
"""

_TOLD = f"""
    select coalesce(p.order_key, x.order_hash) as order_key, count(*) as counted,
      sum(browser) as browser, sum(server) as server, any_value(order_by) as order_by,
      coalesce(bool_or(not p.sure), false) as probable,
      min(cause) as cause, min(at_ms) as first_ms, arg_min(value, {FIRST}) as value,
      arg_min(currency, {FIRST}) as value_currency, count(distinct pixel_code) as pixels
    from counted x left join probable p using (t)
    where event = 'Purchase' and (order_by is not null or p.t is not null)
    group by 1
"""

# Why an order that went out does not count: the answer of TikTok, the id it shared, the test code.
_LOST_CAUSES = """
    with went_out as (
      select order_hash, event_id_hash, cause from missed where event = 'Purchase'
      union all
      select a.order_hash, null as event_id_hash, 'shared_id' as cause from ({arrivals}) a
        semi join shared y on a.event_id_hash = y.event_id_hash and a.event_raw = y.event_raw
          and a.pixel_code is not distinct from y.pixel_code where a.event = 'Purchase'
      union all
      select order_hash, event_id_hash, 'test_code' as cause from ({source}) where event = 'Purchase' and test
    )
    select order_key, min(cause) as cause from (
      select order_hash as order_key, cause from went_out
      union all
      select k.order_key, x.cause from went_out x join order_keys k on x.event_id_hash = k.name
      union all
      select order_key, cause from (
        select x.*  exclude (currency), x.currency as sent_in, o.order_key, o.created_ms, o.total, o.currency
        from missed x join shop o on x.person = o.email_hash where x.event = 'Purchase'
      ) where {near}
    ) where order_key is not null group by order_key
"""

_LEDGER = """
    with joined as (
      select o.*, {due} as due, {kind} as kind, {inside} as inside, {fits} as fits, x.counted, x.browser, x.server,
        x.order_by, x.probable, x.cause as excess_cause, x.first_ms, x.value, x.value_currency, l.cause as lost_cause
      from shop o left join told_orders x using (order_key) left join lost_causes l using (order_key)
    )
    select row_ref, order_id, order_key, created_ms, day, coalesce(status, 'paid') as status,
      coalesce(origin, 'web') as origin, total, subtotal, tax, shipping, currency, due,
      case when counted > 1 then 'twice' when browser > 0 and server > 0 then 'merged'
        when browser > 0 then 'browser_only' when server > 0 then 'server_only' when counted = 1 then 'other_channel'
        when not due then 'ignored' when not inside then 'outside' when fits then 'lost' end as state,
      case when counted > 1 then excess_cause when counted is not null then null when not due then kind
        when inside and fits then coalesce(lost_cause, 'never_sent') end as cause,
      case when counted is null then 'none' when probable then 'probable' else 'certain' end as joined,
      case when probable then 'person' else order_by end as joined_by,
      coalesce(counted, 0) as counted, value, value_currency, {match} as value_match, first_ms - created_ms as lag_ms,
      case when abs(first_ms - created_ms - round((first_ms - created_ms) / 3600000.0) * 3600000) <= 600000
        then round((first_ms - created_ms) / 3600000.0)::bigint end as hours_off,
      paid_ms, source_file, 1 as w
    from joined
"""

# What stands behind each purchase that counts. Before the first and after the last order of the export nobody knows.
_SALES = """
    select x.t, x.row_ref, x.pixel_code, x.day, x.at_ms, x.channel, x.cause, x.value, x.currency, x.order_by, o.row_ref
      as order_ref, 1 as w, case when o.row_ref is not null then coalesce({kind}, coalesce(o.status, 'paid'))
        when x.at_ms not between s.first_ms and s.last_ms or x.at_ms is null then 'outside'
        when {fits} and x.order_hash is not null then 'unknown' end as kind,
      o.paid_ms is null and s.any_paid > 0 as unpaid, coalesce(not p.sure, false) as probable
    from (select * from counted where event = 'Purchase') x left join probable p using (t)
    left join shop o on o.order_key = coalesce(p.order_key, case when x.order_by is not null then x.order_hash end)
    cross join (select min(created_ms) as first_ms, max(created_ms) as last_ms, count(paid_ms) as any_paid from shop) s
"""
