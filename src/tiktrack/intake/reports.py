"""The view ``ads``: of all rows about a day of an account the ones that count, with what its settings say of them."""

from __future__ import annotations

from collections.abc import Callable

from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import footers, overlaps
from tiktrack.schema.api_words import APP_OBJECTIVES
from tiktrack.sources.base import quoted

_WEBSITE = (
    "purchases", "purchase_value", "checkouts", "add_to_cart", "content_views", "landing_page_views", "click_purchases",
    "view_purchases", "engaged_purchases",
)  # fmt: skip


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
    """Create the views ``ads_known``, all rows understood, and ``ads``, those that count; ``keeps`` cuts days,
    ``source`` names the file of a row. What a row of the API does not say of itself, its campaign or its currency, the
    settings of the account say."""
    footers.check(engine)
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
        f"create view ads_known as select s.rowid as row_ref, s.* replace ({replaced}), {source} as source_file, "
        f"t.totals_state, 1 as w from ads_store s left join ads_totals_state t on t.file_id = s.file_id {joins} "
        "where s.reject is null"
    )
    overlaps.set_aside(engine)
    counted = f"select * from ads_known where row_ref not in (select row_ref from ads_aside) and {keeps('day')}"
    engine.run(f"create view ads as {counted}")
