"""Views of what the Business API knows about an account: ``setup``, ``pixel_stats``, ``changes``.

Rows are joined with their parents, so that a rule sees an ad group with its campaign and its pixel.
"""

from __future__ import annotations

from collections.abc import Callable

from tiktrack.engine.duckdb import DuckDB
from tiktrack.schema.api_words import event_of, stands_for
from tiktrack.schema.names import EventName
from tiktrack.sources.base import quoted

_KNOWN = "reject is null"


def build(engine: DuckDB, keeps: Callable[[str], str], source: str) -> None:
    """Create the views over what was loaded; ``keeps`` cuts days, ``source`` names the file of a row."""
    if engine.columns("setup_store"):
        _setup(engine, source)
    if engine.columns("pixel_stats_store"):
        _pixel_stats(engine, keeps, source)
    if engine.columns("changes_store"):
        _changes(engine, keeps, source)


def _names(engine: DuckDB, table: str, found: dict[tuple[str, bool], EventName]) -> None:
    """A small table of names: few codes, each looked up once in Python."""
    engine.run(
        f"create table {table} (event_raw varchar, custom bool, event varchar, event_class varchar, twin_of varchar)"
    )
    for (raw, custom), known in found.items():
        twin = stands_for(raw) if custom else None
        cells = (
            quoted(raw),
            str(custom).lower(),
            quoted(known.event),
            quoted(known.klass),
            quoted(twin) if twin else "null",
        )
        engine.run(f"insert into {table} values ({', '.join(cells)})")


def _setup(engine: DuckDB, source: str) -> None:
    raw = engine.rows(f"select distinct event_raw from setup_store where {_KNOWN} and event_raw is not null").rows
    known = {(code, False): event_of(code) for (code,) in raw}
    _names(engine, "setup_names", {key: name for key, name in known.items() if name.status != "custom"})
    engine.run(_SETUP.format(source=source))


_SETUP = """
create table setup as
with known as (
  select rowid as row_ref, * from setup_store where reject is null
  qualify row_number() over (
    partition by object, account, coalesce(ad_id, adgroup_id, campaign_id, pixel_id, account)
    order by pulled_ms desc nulls last, file_id desc, rowid desc) = 1
),
campaigns as (select distinct on (account, campaign_id) * from known where object = 'campaign'),
adgroups as (select distinct on (account, adgroup_id) * from known where object = 'adgroup'),
pixels as (select distinct on (account, pixel_id) * from known where object = 'pixel'),
idle as (select distinct account, adgroup_id from known where object = 'diagnosis' and status_word = 'PIXEL'),
objects as (
  select s.* exclude (campaign, adgroup, objective, web_goal, state),
    coalesce(s.campaign, c.name) as campaign, coalesce(s.adgroup, g.name) as adgroup,
    coalesce(s.objective, c.objective) as objective,
    s.web_goal and not coalesce(contains(coalesce(s.objective, c.objective), 'APP_'), false) as web_goal,
    case when 'deleted' in (s.state, c.state, g.state) then 'deleted'
         when 'off' in (s.state, c.state, g.state) then 'off' else 'live' end as state
  from known s
  left join campaigns c on c.account = s.account and c.campaign_id = s.campaign_id
  left join adgroups g on g.account = s.account and g.adgroup_id = s.adgroup_id
  where s.object <> 'diagnosis'
),
used as (select distinct account, pixel_id from objects where object = 'adgroup' and web_goal and state = 'live'),
grouped as (select distinct account from objects where object = 'adgroup'),
listed as (select distinct account from pixels)
select null::date as day, s.* exclude (pixel_code, state),
  case when s.object = 'pixel' and r.account is not null and u.pixel_id is null then 'off' else s.state end as state,
  coalesce(s.pixel_code, p.pixel_code) as pixel_code, n.event,
  case when s.object <> 'adgroup' or not s.web_goal then null
       when contains(coalesce(s.status_word, ''), 'PIXEL_UNBIND') or p.ownership = 'unbound' then 'unbound'
       when s.pixel_id is null then 'none' when i.adgroup_id is not null then 'idle'
       when p.pixel_id is null and l.account is not null then 'not_listed'
       when p.ownership = 'shared' then 'shared' else 'ok' end as pixel_link,
  {source} as source_file, 1 as w
from objects s
left join pixels p on p.account = s.account and p.pixel_id = s.pixel_id
left join used u on u.account = s.account and u.pixel_id = s.pixel_id
left join grouped r on r.account = s.account
left join listed l on l.account = s.account
left join idle i on i.account = s.account and i.adgroup_id = s.adgroup_id
left join setup_names n on n.event_raw = s.event_raw
"""


# The counts are the pixel's: two accounts that share it, or two pulls, tell the same.
_ONE_COUNT = """
qualify row_number() over (
  partition by s.pixel_id, s.pixel_code, s.event_raw, s.event_kind, s.day, s.catalog_events is null,
    s.catalog_with_id is null, s.catalog_matched is null
  order by s.pulled_ms desc nulls last, s.file_id desc, s.rowid desc) = 1
"""


def _pixel_stats(engine: DuckDB, keeps: Callable[[str], str], source: str) -> None:
    kinds = f"from pixel_stats_store where {_KNOWN} and event_raw is not null"
    raw = engine.rows(f"select distinct event_raw, event_kind = 'custom' {kinds}").rows
    _names(engine, "stat_names", {(code, custom): event_of(code, custom=custom) for code, custom in raw})
    codes = "null::varchar"
    if engine.columns("setup"):
        codes = "(select min(pixel_code) from setup p where p.object = 'pixel' and p.pixel_id = s.pixel_id)"
    engine.run(
        f"create table pixel_stats as select s.rowid as row_ref, s.* exclude (pixel_code), n.event, n.event_class, "
        f"n.twin_of, coalesce(s.pixel_code, {codes}) as pixel_code, {source} as source_file, 1 as w "
        "from pixel_stats_store s left join stat_names n on n.event_raw = s.event_raw "
        f"and n.custom = (s.event_kind = 'custom') where s.{_KNOWN} and {keeps('s.day')} {_ONE_COUNT}"
    )


def _changes(engine: DuckDB, keeps: Callable[[str], str], source: str) -> None:
    names = "s.campaign, s.adgroup"
    if engine.columns("setup"):
        find = (
            "(select min({0}) from setup o where o.account = s.account "
            "and s.object_id in (o.campaign_id, o.adgroup_id, o.ad_id) and o.object = s.object)"
        )
        names = ", ".join(
            f"coalesce(s.{name}, {find.format('o.' + name)}) as {name}" for name in ("campaign", "adgroup")
        )
    engine.run(
        f"create table changes as select s.rowid as row_ref, s.* exclude (campaign, adgroup), {names}, "
        f"{source} as source_file, 1 as w "
        f"from changes_store s where s.{_KNOWN} and {keeps('s.day')} qualify row_number() over (partition by s.day, "
        f"s.hour, s.origin, s.account, s.object, s.object_id, s.what, s.before, s.after order by s.rowid) = 1"
    )
