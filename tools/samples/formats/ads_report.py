"""Ads Manager's campaign report by day, with the English header names used since 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from tools.samples.chance import stream
from tools.samples.formats.text import csv_text, money
from tools.samples.records import Account, AdDay
from tools.samples.tiktok import Attributed

HEADER = (
    "By Day",
    "Campaign name",
    "Campaign ID",
    "Cost",
    "Impressions",
    "Clicks (destination)",
    "Conversions",
    "Conversions by conversion time",
    "Purchases (website)",
    "Purchase value (website)",
    "Checkouts initiated (website)",
    "Adds to cart (website)",
    "Content views (website)",
    "Landing page views (website)",
    "Currency",
)

Sums = dict[str, int]


def sums(days: Iterable[AdDay], booked: Attributed) -> Sums:
    """Counts and money (minor units) of some ad days, named as in the canonical ads table."""
    total: Sums = defaultdict(int)
    for row in days:
        key = (row.ad, row.day)
        total["spend"] += row.cost
        total["impressions"] += row.impressions
        total["clicks"] += row.clicks
        total["conversions"] += booked.by_click[key]
        total["conversions_event_time"] += booked.by_purchase[key]
        total["purchases"] += booked.by_click[key]
        total["purchase_value"] += booked.value[key]
        total["checkouts"] += row.checkouts
        total["add_to_cart"] += row.carts
        total["content_views"] += row.views
        total["landing_page_views"] += row.landings
    return dict(total)


def cells(total: Sums, currency: str) -> list[str]:
    """The metric cells in the order of the header."""
    written = {name: money(n) if name in ("spend", "purchase_value") else str(n) for name, n in total.items()}
    return [*written.values(), currency]


def campaign_report(account: Account, days: tuple[AdDay, ...], booked: Attributed) -> str:
    """The export: byte-order mark, rows in no order, a last row of totals."""
    groups: dict[tuple[date, str, str], list[AdDay]] = defaultdict(list)
    for row in days:
        if row.impressions:
            groups[row.day, row.ad.campaign, row.ad.campaign_id].append(row)
    rows = [[str(day), name, number, *cells(sums(group, booked), account.currency)]
            for (day, name, number), group in groups.items()]  # fmt: skip
    stream(account.name, "report order").shuffle(rows)
    footer = [f"Total of {len(rows)} results", "-", "-", *cells(sums(days, booked), account.currency)]
    return "\ufeff" + csv_text(HEADER, [*rows, footer])
