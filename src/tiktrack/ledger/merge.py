"""TikTok's merge rule, replayed: which of the events that arrived count.

Documented by TikTok (help "Event deduplication", editions of 2023 and 2025; Events API reference, ``event_id``):

- Two events are the same when pixel, event name and event id are equal. Names and ids are case-sensitive.
- The first one received stays.
- Pixel + pixel, and API + API: one more within 48 hours of the first is dropped.
- Pixel + API within 5 minutes of each other: merged, what the first one lacks is taken over from the later one. After 5
  minutes and up to 48 hours: dropped.
- Without an event id nothing is dropped. (The edition of 2023 says that TikTok *attempts* it for the API by ``_ttp``;
  the edition of 2025 says nothing of it. It is unconfirmed and plays no part here; ``hints.py`` says how far it could
  go.)

Our reading, where the texts are silent:

- "Within" includes the limit: 5:00 and 48:00:00 are inside, 5:01 and 48:00:01 are outside (in milliseconds).
- What comes after 48 hours counts again and begins 48 hours of its own; a dropped event does not prolong them.
- "Received" is the time of receipt where the log has one, else the time of the event. An event that arrives late is put
  where it arrived, whatever its place in the file. The Events API writes whole seconds, so inside of one second the
  browser is taken as the first.
- An event without any time is taken as sent together with the first of its id.
- Of each window one copy at most is merged: the first of the other channel. Further ones have a copy of their own
  channel before them and are dropped.
- Channels other than browser and server (app, offline, crm, unknown) drop repeats like these two and merge nothing.
- A placeholder such as ``undefined`` is an id like any other. Test events, and events that TikTok rejected or
  throttled or that never left (blocked), are not received; a partial success (20001) is.

Cost: one count by pixel, name and id hash, and one aggregate over the ids that came more than once. Only ids whose
events span more than 48 hours are cut into windows.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB

MERGE_MS = 5 * 60_000
DROP_MS = 48 * 3_600_000

NEEDED = frozenset({
    "ts_ms", "received_ms", "day", "channel", "event_raw", "event", "event_class", "event_id_hash", "event_id_state",
    "pixel_code", "order_hash", "email_hash", "phone_hash", "value", "currency", "test", "delivery",
})  # fmt: skip
"""Columns of ``events`` that the replay reads."""

FAILED = ("rejected", "throttled", "blocked")
"""Deliveries that TikTok never took in."""

_KEY = ("pixel_code", "event_raw", "event_id_hash")

FIRST = "coalesce(at_ms // 1000, 0) * 2 + case when channel = 'browser' then 0 else 1 end"
"""SQL by which copies are put in order: by their second, and in it the browser first."""

# What is known of a window: one row for each event that counts, with the copies that went into it. The order is the
# first that the browser names, else the first: the two channels may write one order in two ways.
_WINDOW = f"""
    any_value(event) as event, any_value(event_class) as event_class, count(*) as sends,
    min(at_ms) as first_at, max(at_ms) as last_at,
    min(case when channel = 'browser' then at_ms end) as browser_at,
    min(case when channel = 'server' then at_ms end) as server_at,
    count_if(channel = 'browser') as browser, count_if(channel = 'server') as server,
    min(case when channel not in ('browser', 'server') then channel end) as other_channel,
    arg_min(day, {FIRST}) as day, arg_min(row_ref, {FIRST}) as row_ref,
    arg_min(order_hash, coalesce(at_ms, 0) + case when channel = 'browser' then 0 else 1::bigint << 60 end) as
    first_order, min(order_hash) as low_order, max(order_hash) as high_order,
    min(email_hash) as low_email, max(email_hash) as high_email, min(phone_hash) as phone,
    arg_min(value, {FIRST}) as value, arg_min(currency, {FIRST}) as currency,
    bool_or(event_id_state = 'placeholder') as placeholder
"""


def replay(engine: DuckDB, source: str) -> None:
    """Create ``kept``: one row for each event that counts, out of the relation ``source`` with the columns of
    ``events``; ``arrivals``, the events that TikTok received; and ``long_ids``, the ids that count more than once.
    """
    engine.run(
        "create or replace view arrivals as select * replace (coalesce(channel, 'unknown') as channel), "
        "coalesce(received_ms, ts_ms) as at_ms "
        f"from {source} where test is not true and (delivery is null or delivery not in {FAILED})"
    )
    _gather(engine)
    _cut(engine)
    short = _finished("windows", f"coalesce(last_at - first_at, 0) <= {DROP_MS}")
    engine.run(
        f"create or replace view kept as {short} union all {_finished('long_windows', 'true')} union all {_ONCE}"
    )
    engine.run("drop table anchors")


def _gather(engine: DuckDB) -> None:
    """Create ``windows``, the ids that came more than once, as if all copies of an id came within 48 hours; and
    ``once``, the rows whose id came once. Those are most of a log: a count alone finds them, and they take no part in
    the costly aggregate.
    """
    keys = ", ".join(_KEY)
    engine.run(
        "create or replace table firsts as select min(row_ref) as row_ref, count(*) as sends "
        f"from arrivals where event_id_hash is not null group by {keys}"
    )
    engine.run("create or replace table once as select row_ref from firsts where sends = 1")
    met = " and ".join(f"a.{key} is not distinct from k.{key}" for key in _KEY)
    engine.run(
        f"create or replace table windows as select {keys}, {_WINDOW} from arrivals a semi join "
        f"(select {keys} from arrivals join firsts using (row_ref) where firsts.sends > 1) k on {met} group by {keys}"
    )
    engine.run("drop table firsts")


# Without an id each event counts, and so does the only one with its id.
_ONCE = """
    select pixel_code, event_raw, event_id_hash, event, event_class, channel, day, at_ms, 1 as sends,
      case when channel = 'browser' then 1 else 0 end as browser,
      case when channel = 'server' then 1 else 0 end as server,
      0 as merged, 0 as dropped, 0 as late, order_hash, order_hash as other_order,
      false as orders_differ, false as emails_differ,
      coalesce(email_hash, phone_hash) as person, phone_hash as phone,
      value, currency, event_id_hash is not null and coalesce(event_id_state = 'placeholder', false) as placeholder,
      row_ref
    from arrivals where event_id_hash is null or row_ref in (select row_ref from once)
"""


def _cut(engine: DuckDB) -> None:
    """Create ``long_windows``: ids that span more than 48 hours, cut where an event comes after the 48 hours of the
    last one that counted. Each moment knows the first one beyond its 48 hours; the anchors are that chain from the
    first on.
    """
    engine.run(
        "create or replace table long_ids as select row_number() over () as gid, pixel_code, event_raw, event_id_hash, "
        f"first_at from windows where last_at - first_at > {DROP_MS}"
    )
    engine.run("create or replace view long_arrivals as "
               "select l.gid, coalesce(a.at_ms, l.first_at) as cut_at, a.* "
               "from arrivals a join long_ids l on a.event_id_hash = l.event_id_hash "
               "and a.event_raw = l.event_raw and a.pixel_code is not distinct from l.pixel_code")  # fmt: skip
    engine.run(
        "create or replace table anchors as with recursive moments as ("
        " select gid, cut_at, min(cut_at) over (partition by gid order by cut_at"
        f" range between {DROP_MS + 1} following and unbounded following) as next_at"
        " from (select distinct gid, cut_at from long_arrivals)"
        "), chain as ("
        " select gid, first_at as anchor from long_ids"
        " union all"
        " select c.gid, m.next_at from chain c join moments m on m.gid = c.gid and m.cut_at = c.anchor"
        " where m.next_at is not null"
        ") select gid, anchor from chain"
    )
    engine.run(
        f"create or replace table long_windows as select {', '.join(_KEY)}, {_WINDOW} "
        "from long_arrivals l asof join anchors n on l.gid = n.gid and l.cut_at >= n.anchor "
        f"group by {', '.join(_KEY)}, n.gid, n.anchor"
    )
    engine.run("drop view long_arrivals")


def _finished(windows: str, where: str) -> str:
    """SELECT of ``tally`` out of windows."""
    both = "browser_at is not null and server_at is not null and least(browser_at, server_at) = first_at"
    merged = f"case when {both} and abs(browser_at - server_at) <= {MERGE_MS} then 1 else 0 end"
    late = f"case when {both} and abs(browser_at - server_at) > {MERGE_MS} then 1 else 0 end"
    channel = (
        "case when browser_at // 1000 = first_at // 1000 or (first_at is null and browser > 0) then 'browser' "
        "when server_at // 1000 = first_at // 1000 or (first_at is null and server > 0) then 'server' "
        "else other_channel end"
    )
    return (
        f"select {', '.join(_KEY)}, event, event_class, {channel} as channel, day, first_at as at_ms, sends, "
        "browser, server, "
        f"{merged} as merged, sends - 1 - {merged} as dropped, {late} as late, "
        "first_order as order_hash, "
        "case when first_order = high_order then low_order else high_order end as other_order, "
        "low_order is distinct from high_order as orders_differ, "
        "low_email is distinct from high_email as emails_differ, coalesce(low_email, phone) as person, phone, "
        f"value, currency, placeholder, row_ref from {windows} where {where}"
    )
