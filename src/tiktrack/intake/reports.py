"""The view ``ads``: of all rows about a day of an account, the ones that count.

Rows of exports all count. Of TikTok's API the same spend may be there by campaign and by ad, by day and by hour, and in
several answers: levels are never added up, and neither are copies.
"""

from __future__ import annotations

from collections.abc import Callable

from tiktrack.engine.duckdb import DuckDB
from tiktrack.schema.api_words import APP_OBJECTIVES
from tiktrack.sources.base import quoted

_WEBSITE = (
    "purchases", "purchase_value", "checkouts", "add_to_cart", "content_views", "landing_page_views", "click_purchases",
    "view_purchases", "engaged_purchases",
)  # fmt: skip

# Daily rows before hourly ones; of the levels the one that covers most days, the finer where two cover the same.
_KEPT = """
create table ads_kept as
with known as (
  select rowid as row_ref, file_id, coalesce(account, '') as account, day, hour, grain, level, campaign_id, adgroup_id,
    ad_id, pulled_ms
  from ads_store where reject is null and grain is not null
),
covered as (select account, grain, level, count(distinct day) as days from known group by all),
chosen as (
  select distinct on (account, day) account, day, grain, level
  from (select distinct account, day, grain, level from known) join covered using (account, grain, level)
  order by grain, days desc, case level when 'ad' then 1 when 'adgroup' then 2 when 'campaign' then 3 else 4 end
)
select row_ref, file_id from known semi join chosen using (account, day, grain, level)
qualify row_number() over (
  partition by account, day, hour, campaign_id, adgroup_id, ad_id
  order by pulled_ms desc nulls last, file_id desc, row_ref desc
) = 1
"""


_OBJECTS = """
create table ads_objects as
select distinct on (account, object, own_id) account, object, campaign_id, campaign, adgroup_id, adgroup, objective,
  case object when 'ad' then ad_id when 'adgroup' then adgroup_id else campaign_id end as own_id
from setup where object in ('ad', 'adgroup', 'campaign')
"""
_FROM_SETUP = (
    "left join (select distinct on (account) * from setup where object = 'account') a on a.account = s.account "
    "left join ads_objects o on o.account = s.account and o.object = s.level "
    "and o.own_id = case s.level when 'ad' then s.ad_id when 'adgroup' then s.adgroup_id else s.campaign_id end"
)


def build(engine: DuckDB, keeps: Callable[[str], str], source: str) -> None:
    """Create the view; ``keeps`` cuts days, ``source`` names the file of a row. What a row of the API does not say of
    itself, its campaign or its currency, the settings of the account say."""
    engine.run(_KEPT)
    columns, joins = {"campaign": "coalesce(s.campaign, s.campaign_id)"}, ""
    objective = "s.objective"
    if engine.columns("setup"):
        engine.run(_OBJECTS)
        joins, objective = _FROM_SETUP, "coalesce(s.objective, o.objective)"
        columns = {
            "campaign": "coalesce(s.campaign, o.campaign, s.campaign_id, o.campaign_id)",
            **{name: f"coalesce(s.{name}, o.{name})" for name in ("campaign_id", "adgroup_id", "adgroup")},
            **{name: f"coalesce(s.{name}, a.{name})" for name in ("currency", "timezone")},
        }
    # The website metrics of an app campaign are 0 and mean nothing (facts: app metrics).
    is_app = f"s.grain is not null and coalesce({objective} in ({', '.join(map(quoted, APP_OBJECTIVES))}), false)"
    columns |= {"objective": objective, **{name: f"case when not ({is_app}) then s.{name} end" for name in _WEBSITE}}
    replaced = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    engine.run(
        f"create view ads as select s.rowid as row_ref, s.* replace ({replaced}), {source} as source_file, 1 as w "
        f"from ads_store s {joins} where s.reject is null and {keeps('s.day')} "
        "and (s.grain is null or s.rowid in (select row_ref from ads_kept))"
    )


def aside(engine: DuckDB, file_id: int) -> int:
    """Rows of a file that are not counted because others tell the same."""
    if not engine.columns("ads_kept"):
        return 0
    sql = (
        f"select (select count(*) from ads_store where file_id = {file_id} and reject is null and grain is not null) - "
        f"(select count(*) from ads_kept where file_id = {file_id})"
    )
    return int(engine.rows(sql).rows[0][0])
