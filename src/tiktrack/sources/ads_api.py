"""Reports of TikTok's Business API (``/report/integrated/get/`` and its tasks), pulled or saved (facts: sync report).

A row names an object and a day or hour, in the account's time zone; every value is text. ``conversion`` is dated by the
click, ``real_time_conversion`` by the event; ``total_complete_payment_rate`` is, against its name, a value.
"""

from __future__ import annotations

import re

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
        return Reading(_select(pages, app=app), mapping=METRICS, notes=() if pages.files else _unfinished(head))


def _unfinished(head: Head) -> tuple[str, ...]:
    """A saved answer that is one page of several says so, where its beginning holds the page numbers."""
    page, pages = (re.search(rf'"{name}"\s*:\s*"?(\d+)', head.text) for name in ("page", "total_page"))
    if not pages or int(pages[1]) <= 1:
        return ()
    return (f"page {page[1] if page else '?'} of {pages[1]}: save the other pages too, or use `tiktrack pull`",)


def _dimension(*names: str) -> str:
    found = ", ".join(f"r.dimensions->>'$.{name}'" for name in names)
    return f"coalesce({found})" if len(names) > 1 else found


def _flat(pages: Pages) -> str:
    """Rows as flat columns: what follows sorts them, and the pages they came in are wide."""
    ad, adgroup, campaign = ("ad_id", "ad_id_v2"), ("adgroup_id",), ("campaign_id",)
    levels = " ".join(
        f"when {_dimension(*names)} is not null then '{level}'"
        for level, names in (("ad", ad), ("adgroup", adgroup), ("campaign", campaign))
    )
    moment = f"try_cast({_dimension('stat_time_hour', 'stat_time_day')} as timestamp)"
    columns = {
        "day": f"cast({moment} as date)",
        "hour": f"case when {_dimension('stat_time_hour')} is not null then hour({moment}) end",
        "level": f"case {levels} else 'account' end",
        "account": f"coalesce({_dimension('advertiser_id')}, r.metrics.advertiser_id, advertiser_id)",
        **{
            names[0]: id_text(f"coalesce({_dimension(*names)}, r.metrics.{names[0]})")
            for names in (ad, adgroup, campaign)
        },
        # A pull never asks for another dimension; an answer that somebody saved may be cut by country or age.
        "breakdown": "null::varchar"
        if pages.files
        else f"nullif(array_to_string([k || '=' || "
        f"(r.dimensions->>('$.' || k)) for k in json_keys(r.dimensions) if k not in ({_PLAIN_DIMENSIONS})], '|'), '')",
        **{field: id_text(f"r.metrics.{name}") for field, name in TEXTS.items()},
        **{field: figure(f"r.metrics.{name}") for field, name in METRICS.items()},
        "bare": "r.metrics is null",
        "empty": "r is null",
    }
    chosen = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    return f"select file, seq, nth, ok, pulled_ms, {chosen} from ({pages.rows()})"


def _select(pages: Pages, *, app: bool) -> str:
    same = "account, level, campaign_id, adgroup_id, ad_id, day, hour, breakdown"
    part = f"file, {same}" if pages.files else same
    older = pages.not_current("day")
    ranks = [f"row_number() over (partition by {part} order by seq desc, nth desc) as copy"]
    if older != "false":
        ranks.append(f"pulled_ms = max(pulled_ms) over (partition by {same}) as newest")
    kept = ", ".join(("day", "hour", "level", "account", "breakdown", *_IDS[1:4], *TEXTS, *METRICS, "pulled_ms"))
    return (
        f"select {kept}, case when hour is null then 'day' else 'hour' end as grain, "
        f"case when coalesce(impressions, spend, 0) > 0 then 'delivered' else 'idle' end as row_state, "
        f"{_reject(older, app=app)} as reject "
        f"from (select *, {', '.join(ranks)} from ({_flat(pages)})) order by seq, nth"
    )


def _reject(older: str, *, app: bool) -> str:
    """Why a row does not count; a hash marks what is no fault."""
    apart = "when true then '#metrics of app campaigns, kept apart: no rule reads them' " if app else ""
    gone = "" if older == "false" else f"when {older} and newest then '#no longer there in a newer pull of its day' "
    return (
        f"case when not ok then '{NO_PAGE}' when empty then '{NO_ROWS}' {apart}"
        f"when day is null then 'no day or hour' {gone}"
        f"when copy > 1 then '#a row that came twice while the list was paged' when bare then 'no metrics' end"
    )
