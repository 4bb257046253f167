"""What really happened: which of the events that count stand for an action that counted before, and why.

An action is one purchase, one lead, one cart. Two events of one pixel and one event name of today are of one action
when

- they name the same order; or
- they carry the same event id (again after 48 hours, or under an older name); or
- neither of these is known of one of them, they are conversions, and one person (hash of email, else phone) sent both
  with the same value within 30 minutes.

The first that counts stands for the action; each further one is excess, with one cause. Where none of the three is
known nobody can tell, and each event stands for itself: ``hints.py`` says how many that could concern.

An id that several orders or people of one channel share is no name of an action: see ``shared_ids.py``.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import DROP_MS
from tiktrack.ledger.shared_ids import SAME_ID, SHARED_EXCESS, find_shared

PERSON_MS = 30 * 60_000
"""Ours: a person who sends the same value again within half an hour reloads a page."""
TWO_PIXELS_MS = 3_600_000
"""Ours: two shops may both have an order 1001, but hardly within the hour."""


def find_excess(engine: DuckDB) -> None:
    """Create ``excess`` (``t``: row of ``tally``, ``cause``, ``first_t``: the row that it says again, NULL for shared
    ids) and ``shared`` (ids that several actions share).
    """
    find_shared(engine)
    known = "case when order_by is not null then order_hash end" if engine.columns("shop") else "order_hash"
    engine.run(f"create or replace view told as select x.rowid as t, x.*, {known} as known_order from tally x "
               f"anti join shared y on {SAME_ID}")  # fmt: skip
    _suspects(engine)
    _sessions(engine)
    engine.run(f"create or replace table excess as {_REPEATS}")
    engine.run(f"insert into excess {SHARED_EXCESS}")
    if engine.rows("select count(distinct pixel_code) > 1 from tally").rows[0][0]:
        for key in ("order_hash", "event_id_hash"):
            engine.run(f"insert into excess {_two_pixels(key)}")
    for made in ("suspects", "sessions", "long_ids"):
        engine.run(f"drop table {made}")


_WIDTH = (
    "t, pixel_code, event, event_raw, event_class, event_id_hash, order_hash, known_order, channel, browser, server, "
    "at_ms, person, value"
)


def _suspects(engine: DuckDB) -> None:
    """Create ``suspects``: events that share an order, an id or (conversions) a person and value with another one."""
    same = "x.event = y.event and x.pixel_code is not distinct from y.pixel_code"
    columns = ", ".join(f"x.{name.strip()}" for name in _WIDTH.split(","))
    engine.run(
        "create or replace table suspects as "
        f"with orders as (select pixel_code, event, order_hash from told where order_hash is not null "
        "group by all having count(*) > 1), "
        "renamed as (select pixel_code, event from told group by all having count(distinct event_raw) > 1), "
        "ids as (select x.pixel_code, x.event, x.event_id_hash from told x "
        "where x.event_id_hash in (select event_id_hash from long_ids) "
        f"or exists (select 1 from renamed y where {same}) "
        "group by all having x.event_id_hash is not null and count(*) > 1) "
        f"select {columns} from told x semi join orders y on {same} and x.order_hash = y.order_hash union "
        f"select {columns} from told x semi join ids y on {same} and x.event_id_hash = y.event_id_hash union "
        f"select {columns} from told x semi join (select distinct pixel_code, event, person from told "
        "where known_order is null and person is not null and event_class = 'conversion') y "
        f"on {same} and x.person = y.person"
    )


def _sessions(engine: DuckDB) -> None:
    """Create ``sessions``: for conversions without a known order the action of their person's session (``t`` →
    ``action``).

    A session with one order is of that order; with none it is an action of its own; with several nobody can tell. Where
    there are orders of the shop, a name that is none of theirs counts as another channel's word for the session's one
    order, unless this channel writes that order's own name.
    """
    engine.run(f"create or replace table sessions as {_SESSIONS}")


_SESSIONS = f"""
    with steps as (
      select *, case when at_ms - lag(at_ms) over w <= {PERSON_MS} then 0 else 1 end as begins
      from suspects where person is not null and event_class = 'conversion' and at_ms is not null
      window w as (partition by pixel_code, event, person, value order by at_ms, t)
    ),
    numbered as (
      select *, sum(begins) over (partition by pixel_code, event, person, value order by at_ms, t
        rows between unbounded preceding and current row) as nth
      from steps
    ),
    known as (
      select *, min(known_order) over s as low, max(known_order) over s as high,
        min(order_hash) over s as any_low, max(order_hash) over s as any_high,
        count(known_order) over c > 0 as channel_knows, min(t) over s as first_t, count(*) over s as n
      from numbered
      window s as (partition by pixel_code, event, person, value, nth),
        c as (partition by pixel_code, event, person, value, nth, channel)
    )
    select t, coalesce(low, any_low, hash('session', first_t)) as action from known
    where known_order is null and n > 1 and case when low is null then any_low is not distinct from any_high
      else low = high and (order_hash is null or not channel_knows) end
"""

# By the second and in it the browser first, as in the merge rule; then by what is in the event, so that the order of
# files does not matter.
_ORDER = "at_ms // 1000, channel, at_ms, event_raw, event_id_hash, t"

# The shop's order, else the one that another event with this id or this name has, else the person's session, else the
# order's name, else the id, else itself.
_REPEATS = f"""
    with linked as (
      select s.*, coalesce(s.known_order,
        case when s.event_id_hash is not null and min(s.known_order) over i = max(s.known_order) over i
          then min(s.known_order) over i end,
        case when s.event_id_hash is not null then min(n.action) over i end,
        case when s.order_hash is not null then min(n.action) over o end,
        n.action, s.order_hash,
        case when s.event_id_hash is not null and min(s.order_hash) over i = max(s.order_hash) over i
          then min(s.order_hash) over i end,
        s.event_id_hash, hash('alone', s.t)) as action
      from suspects s left join sessions n using (t)
      window i as (partition by s.pixel_code, s.event, s.event_id_hash),
        o as (partition by s.pixel_code, s.event, s.order_hash)
    ),
    before as (
      select *, row_number() over a as nth,
        coalesce(max(browser) over e, 0) > 0 as browser_before, coalesce(max(server) over e, 0) > 0 as server_before,
        bool_or(browser > 0) over k as same_browser, bool_or(server > 0) over k as same_server,
        count(*) over k as same_before,
        max(at_ms) over d as id_before, coalesce(bool_or(event_id_hash is not null) over e, false) as named_before,
        first_value(t) over a as first_t
      from linked
      window a as (partition by pixel_code, event, action order by {_ORDER}),
        e as (partition by pixel_code, event, action order by {_ORDER} rows between unbounded preceding and 1
        preceding), k as (partition by pixel_code, event, action, event_raw, event_id_hash order by {_ORDER}
          rows between unbounded preceding and 1 preceding),
        d as (partition by pixel_code, event, action, event_id_hash order by {_ORDER}
          rows between unbounded preceding and 1 preceding)
    )
    select t, case
      when event_id_hash is null or not named_before then 'no_id'
      when same_before > 0 and ((channel = 'browser' and not same_browser) or (channel = 'server' and not same_server))
        then 'late_twin'
      when same_before > 0 then 'repeat_48h'
      when id_before is not null and at_ms - id_before <= {DROP_MS} then 'name_mismatch'
      when id_before is not null then 'repeat_48h'
      when (channel = 'browser' and browser_before) or (channel = 'server' and server_before)
        or channel not in ('browser', 'server')
        then 'new_id'
      else 'id_mismatch' end as cause, first_t
    from before where nth > 1
"""


def _two_pixels(key: str) -> str:
    """Actions that a second pixel counts as well, found by ``key``."""
    return f"""
        with firsts as (
          select t, event, pixel_code, at_ms, {key} as name from told anti join excess using (t)
          where {key} is not null and pixel_code is not null and event_class in ('conversion', 'funnel')
        ),
        doubled as (
          select event, name from firsts group by event, name having min(pixel_code) <> max(pixel_code)
        )
        select t, 'two_pixels' as cause, first_t from (
          select t, pixel_code, at_ms, first_value(pixel_code) over p as first_pixel, min(at_ms) over p as first_at,
            first_value(t) over p as first_t
          from firsts semi join doubled using (event, name)
          window p as (partition by event, name order by at_ms, pixel_code
            rows between unbounded preceding and unbounded following)
        ) where pixel_code <> first_pixel and at_ms - first_at <= {TWO_PIXELS_MS}
    """
