"""Reports of TikTok's Business API (``/report/integrated/get/`` and its tasks), pulled or saved (facts: sync report).

A row names an object and a day or hour, in the account's time zone; every value is text. ``conversion`` is dated by the
click, ``real_time_conversion`` by the event; ``total_complete_payment_rate`` is, against its name, a value.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.pages import NO_PAGE, NO_ROWS, Pages, figure, id_text, is_answer, part_of

METRICS = {
    "spend": "spend",
    "impressions": "impressions",
    "clicks": "clicks",
    "conversions": "conversion",
    "conversions_event_time": "real_time_conversion",
    "purchases": "complete_payment",
    "purchase_value": "total_complete_payment_rate",
    "checkouts": "initiate_checkout",
    "add_to_cart": "web_event_add_to_cart",
    "content_views": "page_content_view_events",
    "landing_page_views": "total_landing_page_view",
    "click_purchases": "website_cta_purchase",
    "view_purchases": "vta_complete_payment",
    "engaged_purchases": "evta_payments_completed",
}
"""Canonical column → metric of the API."""

TEXTS = {
    "campaign": "campaign_name",
    "adgroup": "adgroup_name",
    "ad": "ad_name",
    "objective": "objective_type",
    "currency": "currency",
    "timezone": "timezone",
}
_IDS = ("advertiser_id", "campaign_id", "adgroup_id", "ad_id", "ad_id_v2")
_TIMES = ("stat_time_day", "stat_time_hour")
_ROW = struct(
    dimensions="JSON", metrics=struct(**dict.fromkeys((*METRICS.values(), *TEXTS.values(), *_IDS), "VARCHAR"))
)
_PLAIN_DIMENSIONS = ", ".join(f"'{name}'" for name in (*_IDS, *_TIMES))


class AdsApi:
    """Report pages of the Business API."""

    name = "tiktok-api-report"
    table = "ads"
    about = "Reports of TikTok's Business API: a folder of `tiktrack pull`, or saved answers as JSON"

    def sniff(self, head: Head) -> int:
        part = part_of(head)
        if part is not None:
            return 99 if part.startswith("report_") else 0
        told = all(f'"{word}"' in head.text for word in ("dimensions", "metrics"))
        return 95 if told and is_answer(head) and any(name in head.text for name in _TIMES) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        pages = Pages(head, _ROW)
        app = (part_of(head) or "").endswith("_app")
        return Reading(_select(pages, app=app), mapping=METRICS)


def _dimension(*names: str) -> str:
    found = ", ".join(f"r.dimensions->>'$.{name}'" for name in names)
    return f"coalesce({found})" if len(names) > 1 else found


def _flat(pages: Pages) -> str:
    """Rows with their ids as text, their level and their moment."""
    ad, adgroup, campaign = ("ad_id", "ad_id_v2"), ("adgroup_id",), ("campaign_id",)
    ids = {
        names[0]: id_text(f"coalesce({_dimension(*names)}, r.metrics.{names[0]})") for names in (ad, adgroup, campaign)
    }
    levels = " ".join(
        f"when {_dimension(*names)} is not null then '{level}'"
        for level, names in (("ad", ad), ("adgroup", adgroup), ("campaign", campaign))
    )
    columns = {
        **ids,
        "account": f"coalesce({_dimension('advertiser_id')}, r.metrics.advertiser_id, advertiser_id)",
        "grade": f"case {levels} else 'account' end",
        "moment": f"try_cast({_dimension('stat_time_hour', 'stat_time_day')} as timestamp)",
        "hourly": f"{_dimension('stat_time_hour')} is not null",
        # A pull never asks for another dimension; an answer that somebody saved may be cut by country or age.
        "cut": "null" if pages.files else f"nullif(array_to_string([k || '=' || (r.dimensions->>('$.' || k)) "
        f"for k in json_keys(r.dimensions) if k not in ({_PLAIN_DIMENSIONS})], '|'), '')",
    }
    chosen = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    return f"select file, seq, nth, ok, r, pulled_ms, {chosen} from ({pages.rows()})"


def _select(pages: Pages, *, app: bool) -> str:
    same = "account, grade, campaign_id, adgroup_id, ad_id, moment, hourly, cut"
    part = f"file, {same}" if pages.files else same
    ranked = (
        f"select *, row_number() over (partition by {part} order by seq desc, nth desc) as copy, "
        f"pulled_ms = max(pulled_ms) over (partition by {same}) as newest from ({_flat(pages)})"
    )
    columns = {
        "day": "cast(moment as date)",
        "hour": "case when hourly then hour(moment) end",
        "grain": "case when hourly then 'hour' else 'day' end",
        "level": "grade",
        **{name: name for name in ("account", "campaign_id", "adgroup_id", "ad_id")},
        "breakdown": "cut::varchar",
        **{field: id_text(f"r.metrics.{name}") for field, name in TEXTS.items()},
        **{field: figure(f"r.metrics.{name}") for field, name in METRICS.items()},
        "row_state": _state(),
        "pulled_ms": "pulled_ms",
        "reject": _reject(pages, app=app),
    }
    chosen = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    return f"select {chosen} from ({ranked}) order by seq, nth"


def _state() -> str:
    shown, spent = figure("r.metrics.impressions"), figure("r.metrics.spend")
    return f"case when coalesce({shown}, {spent}, 0) > 0 then 'delivered' else 'idle' end"


def _reject(pages: Pages, *, app: bool) -> str:
    """Why a row does not count; a hash marks what is no fault."""
    apart = "when true then '#metrics of app campaigns, kept apart: no rule reads them' " if app else ""
    return (
        f"case when not ok then '{NO_PAGE}' when r is null then '{NO_ROWS}' {apart}"
        f"when moment is null then 'no day or hour' "
        f"when {pages.not_current('cast(moment as date)')} and newest "
        f"then '#no longer there in a newer pull of its day' "
        f"when copy > 1 then '#a row that came twice while the list was paged' "
        f"when r.metrics is null then 'no metrics' end"
    )
