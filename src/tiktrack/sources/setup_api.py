"""Settings of an account from TikTok's Business API: account, campaigns, ad groups, ads, pixels, TikTok's diagnosis.

What a row is follows from its fields, so that a saved answer is read like a pulled page.
"""

from __future__ import annotations

from tiktrack.schema.api_words import APP_OBJECTIVES, OPTIMISATION_EVENTS, WEB_GOALS, WINDOWS
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.pages import NO_PAGE, NO_ROWS, Pages, id_text, is_answer, part_of
from tiktrack.sources.times import epoch_or_instant_ms

PARTS = ("account", "campaigns", "adgroups", "ads", "pixels", "diagnosis")
_TEXTS = (
    "advertiser_id", "name", "currency", "timezone", "display_timezone", "create_time", "secondary_status",
    "operation_status", "campaign_id", "campaign_name", "objective_type", "adgroup_id", "adgroup_name", "pixel_id",
    "optimization_goal", "optimization_event", "click_attribution_window", "view_attribution_window",
    "engaged_view_attribution_window", "attribution_event_count", "app_id", "store_id", "ad_id", "ad_name",
    "landing_page_url", "tracking_pixel_id", "pixel_code", "pixel_name", "partner_name", "enable_first_party_cookies",
    "diagnosis",
)  # fmt: skip
_ROW = struct(
    **dict.fromkeys(_TEXTS, "VARCHAR"),
    advanced_matching_fields=struct(email="VARCHAR", phone_number="VARCHAR"),
    automatic_advanced_matching_fields=struct(email="VARCHAR", phone_number="VARCHAR"),
    asset_ownership=struct(asset_relation_status="VARCHAR", ownership_status="VARCHAR"),
)
_MARKS = ("pixel_code", "optimization_goal", "objective_type", "landing_page_url", "display_timezone")


class SetupApi:
    """Settings of the Business API."""

    name = "tiktok-api-settings"
    table = "setup"
    about = "Settings from TikTok's Business API: account, campaigns, ad groups, ads, pixels, pulled or saved as JSON"

    def sniff(self, head: Head) -> int:
        part = part_of(head)
        if part is not None:
            return 99 if part in PARTS else 0
        reports = '"metrics"' in head.text
        return 90 if is_answer(head) and not reports and any(f'"{mark}"' in head.text for mark in _MARKS) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        pages = Pages(head, _ROW, ("list", "pixels", "results"))
        chosen = ", ".join(f"{sql} as {name}" for name, sql in _columns(pages).items())
        return Reading(f"select {chosen} from ({_ranked(pages)}) order by seq, nth")


_OBJECT = (
    "case when r.diagnosis is not null then 'diagnosis' when r.ad_id is not null then 'ad' "
    "when r.adgroup_id is not null then 'adgroup' when r.campaign_id is not null then 'campaign' "
    "when r.pixel_id is not null and coalesce(r.pixel_code, r.pixel_name) is not null then 'pixel' "
    "when r.currency is not null then 'account' end"
)


def _ranked(pages: Pages) -> str:
    """Rows with their object; the last copy of an object comes first."""
    told = f"select *, {_OBJECT} as object from ({pages.rows()})"
    key = "coalesce(r.ad_id, r.adgroup_id, r.campaign_id, r.pixel_id, r.advertiser_id)"
    newest = f"row_number() over (partition by file, object, {key} order by seq desc, nth desc)"
    return f"select *, {newest} as copy from ({told})"


def _columns(pages: Pages) -> dict[str, str]:
    own = {"ad": "ad_name", "adgroup": "adgroup_name", "campaign": "campaign_name", "pixel": "pixel_name"}
    named = " ".join(f"when '{kind}' then r.{column}" for kind, column in own.items())
    return {
        "object": "object",
        "account": f"coalesce({id_text('r.advertiser_id')}, advertiser_id)",
        "name": f"case object {named} else r.name end",
        **{name: id_text(f"r.{name}") for name in ("campaign_id", "adgroup_id", "ad_id")},
        "campaign": "r.campaign_name",
        "adgroup": "r.adgroup_name",
        "state": _STATE,
        "status_word": f"case when object = 'diagnosis' then {_ISSUE} else r.secondary_status end",
        "objective": "r.objective_type",
        "goal": "r.optimization_goal",
        "event_raw": "r.optimization_event",
        "web_goal": _WEB,
        "pixel_id": id_text("coalesce(r.pixel_id, r.tracking_pixel_id)"),
        "pixel_code": "r.pixel_code",
        **{
            f"{name}_days": _window(f"r.{word}_attribution_window")
            for name, word in (("click", "click"), ("view", "view"), ("engaged", "engaged_view"))
        },
        "event_count": "case upper(r.attribution_event_count) when 'ONCE' then 'once' when 'EVERY' then 'every' "
        "when 'UNSET' then 'unset' end",
        "partner": "nullif(r.partner_name, '')",
        "matching": _MATCHING,
        "first_party_cookies": _truth("r.enable_first_party_cookies"),
        "ownership": _OWNERSHIP,
        "page_host": "nullif(lower(regexp_extract(r.landing_page_url, '^https?://([^/?#:]+)', 1)), '')",
        "currency": "nullif(upper(trim(r.currency)), '')",
        "timezone": "coalesce(nullif(r.display_timezone, ''), nullif(r.timezone, ''))",
        "created_ms": epoch_or_instant_ms("try_cast(r.create_time as double)", "r.create_time"),
        "pulled_ms": "pulled_ms",
        "reject": (
            f"case when not ok then '{NO_PAGE}' when r is null then '{NO_ROWS}' "
            f"when {pages.not_current('null')} then '#an older reading of the same settings' "
            "when copy > 1 then '#a row that came twice while the list was paged' "
            "when object is null then 'neither account, campaign, ad group, ad nor pixel' end"
        ),
    }


_STATE = (
    "case when regexp_matches(r.secondary_status, '(^|_)DELETE') and not contains(r.secondary_status, 'NOT_DELETE') "
    "then 'deleted' "
    "when upper(r.operation_status) in ('DISABLE', 'FROZEN') or contains(r.secondary_status, 'DISABLE') "
    "or contains(r.secondary_status, 'TIME_DONE') then 'off' else 'live' end"
)
_ISSUE = "case when regexp_matches(r.diagnosis, '\"issue_suggestion\"\\s*:\\s*\"PIXEL\"') then 'PIXEL' end"
_WEB = (
    "case when object = 'adgroup' then coalesce(upper(r.optimization_goal) in "
    f"({', '.join(map(quoted, WEB_GOALS))}), false) "
    f"and {id_text('r.app_id')} is null and {id_text('r.store_id')} is null "
    f"and coalesce(r.objective_type, '') not in ({', '.join(map(quoted, APP_OBJECTIVES))}) "
    f"and ({id_text('r.pixel_id')} is not null "
    f"or coalesce(r.optimization_event in ({', '.join(map(quoted, OPTIMISATION_EVENTS))}), false)) end"
)


def _truth(sql: str) -> str:
    return f"case lower({sql}) when 'true' then true when '1' then true when 'false' then false when '0' then false end"


def _window(sql: str) -> str:
    known = " ".join(f"when '{word}' then {days}" for word, days in WINDOWS.items())
    return f"case upper({sql}) {known} else try_cast({sql} as bigint) end"


def _matched(field: str) -> str:
    kinds = ("advanced_matching_fields", "automatic_advanced_matching_fields")
    return "coalesce(" + " or ".join(f"coalesce({_truth(f'r.{kind}.{field}')}, false)" for kind in kinds) + ", false)"


_EMAIL, _PHONE = _matched("email"), _matched("phone_number")
_MATCHING = (
    "case when object <> 'pixel' "
    "or r.advanced_matching_fields is null and r.automatic_advanced_matching_fields is null then null "
    f"when {_EMAIL} and {_PHONE} then 'on' when {_EMAIL} or {_PHONE} then 'part' else 'off' end"
)
_RELATION = "upper(r.asset_ownership.asset_relation_status)"
_OWNERSHIP = (
    f"case when object <> 'pixel' or r.asset_ownership is null then null when {_RELATION} = 'UNBOUND' then 'unbound' "
    f"when {_RELATION} = 'SHARED' or not {_truth('r.asset_ownership.ownership_status')} then 'shared' else 'own' end"
)
