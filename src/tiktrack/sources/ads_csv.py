"""Ads Manager exports as CSV: custom reports and tab exports, old and new English headers.

Facts (two genuine English exports and the metric pages): UTF-8 with BOM, last row ``Total of N results``, rates as
percent points, ``-`` for missing, currency in a column of its own, rows in no order, the date anywhere.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import Sheet, cell, columns, mapping, number, read_csv, sheet, text

TEXTS: dict[str, tuple[str, ...]] = {
    "day": ("by day", "date", "day", "stat_time_day"),
    "account": ("account name", "advertiser name", "account id", "advertiser_id", "advertiser id"),
    "campaign_id": ("campaign id", "campaign_id"),
    "campaign": ("campaign name", "campaign_name", "campaign"),
    "adgroup_id": ("ad group id", "adgroup_id", "ad_group_id"),
    "adgroup": ("ad group name", "adgroup_name", "ad_group_name", "ad group"),
    "ad_id": ("ad id", "ad_id"),
    "ad": ("ad name", "ad_name", "ad"),
    "objective": ("advertising objective", "objective", "objective_type", "optimization goal", "optimisation goal"),
    "currency": ("currency",),
    "timezone": ("timezone", "time zone"),
}
NUMBERS: dict[str, tuple[str, ...]] = {
    "spend": ("cost", "total cost", "spend", "amount spent"),
    "impressions": ("impressions", "impression"),
    "clicks": ("clicks (destination)", "clicks"),
    "conversions": ("conversions", "conversion", "total conversions", "total conversion"),
    "conversions_event_time": ("conversions by conversion time", "real-time conversions", "real_time_conversion"),
    "purchases": (
        "purchases (website)",
        "payments completed (website)",
        "complete payment",
        "total complete payment",
        "complete payment (website)",
        "complete_payment",
    ),
    "purchase_value": (
        "purchase value (website)",
        "total complete payment value",
        "complete payment value",
        "total_complete_payment_rate",
        "total purchase value (website)",
    ),
    "checkouts": (
        "checkouts initiated (website)",
        "initiate checkout",
        "initiate checkouts (website)",
        "initiate_checkout",
    ),
    "add_to_cart": ("adds to cart (website)", "add to cart", "add to cart (website)", "web_event_add_to_cart"),
    "content_views": (
        "content views (website)",
        "view content",
        "product page views (website)",
        "page_content_view_events",
    ),
    "landing_page_views": ("landing page views", "landing page views (website)", "total_landing_page_view"),
    "click_purchases": ("cta purchases (website)", "website_cta_purchase"),
    "view_purchases": ("vta purchases (website)", "vta_complete_payment"),
    "engaged_purchases": ("evta purchases (website)", "evta_payments_completed"),
}
ALIASES = {**TEXTS, **NUMBERS}
FOOTER = r"^\s*total of [\d,. ]+ results?\s*$"


class AdsCsv:
    """Ads Manager CSV."""

    name = "ads-manager-csv"
    table = "ads"
    about = "An Ads Manager export as CSV: cost, impressions and clicks by campaign, ad group or ad, best by day"

    def sniff(self, head: Head) -> int:
        table = sheet(head)
        if table is None:
            return 0
        found = columns(table, ALIASES)
        named = any(field in found for field in ("campaign", "campaign_id", "adgroup", "ad", "account"))
        measured = sum(field in found for field in NUMBERS)
        if not named or "spend" not in found or measured < 2:
            return 0
        return min(95, 60 + 5 * measured)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = sheet(head)
        if table is None:
            raise AssertionError("sniffed as a table")
        found = columns(table, ALIASES)
        notes = (
            []
            if "day" in found
            else ["no day column: nothing that needs a course over time can be checked; export again with 'By Day'"]
        )
        return Reading(
            _select(head, table, found),
            mapping=mapping(table, found),
            notes=tuple(notes),
            first_row=table.header_line + 1,
            csv=True,
        )


def _select(head: Head, table: Sheet, found: dict[str, int]) -> str:
    texts = {f: text(cell(found[f])) if f in found else "null::varchar" for f in TEXTS}
    numbers = {f: number(cell(found[f])) if f in found else "null::double" for f in NUMBERS}
    cells = ", ".join(cell(i) for i in range(len(table.header)))
    named = " or ".join(f"regexp_matches(lower({cell(i)}), {quoted(FOOTER)})" for i in sorted({0, *_dimensions(found)}))
    day = (
        f"coalesce(try_cast(left({texts['day']}, 10) as date), "
        f"try_cast(try_strptime({texts['day']}, '%Y/%m/%d') as date))"
    )
    columns = {
        **texts,
        **numbers,
        "day": day,
        "campaign": f"coalesce({texts['campaign']}, {texts['campaign_id']})",
        "level": "'" + _level(found) + "'",
        "row_state": (
            f"case when coalesce({numbers['impressions']}, {numbers['spend']}, 0) > 0 then 'delivered' else 'idle' end"
        ),
        "pulled_ms": "null::bigint",
        "reject": (
            f"case when {named} then '#footer: the sums of the export, not counted' "
            + (
                f"when {texts['day']} is null then 'no date' when {day} is null then 'date not understood' "
                if "day" in found
                else ""
            )
            + f"when {numbers['spend']} is null and {text(cell(found['spend']))} is not null "
            "then 'cost is not a number' end"
        ),
    }
    chosen = ", ".join(f"{sql} as {field}" for field, sql in columns.items())
    return f"select {chosen} from (select {cells} from {read_csv(head, table)})"


def _dimensions(found: dict[str, int]) -> set[int]:
    return {found[field] for field in ("day", "account", "campaign", "adgroup", "ad") if field in found}


def _level(found: dict[str, int]) -> str:
    for level, fields in (
        ("ad", ("ad", "ad_id")),
        ("adgroup", ("adgroup", "adgroup_id")),
        ("campaign", ("campaign", "campaign_id")),
    ):
        if any(field in found for field in fields):
            return level
    return "account"
