"""Ads Manager's ad report as of April 2024: old header names, no ids, with columns that somebody added."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tools.samples.chance import stream
from tools.samples.formats.text import csv_text
from tools.samples.records import Account, Ad, AdDay

HEADER = ("PIC", "Campaign name", "Ad Group Name", "Website URL (Ad level）", "Date", "Ad Name", "Reach",
          "Cost", "CPC (Destination)", "CPM", "Result rate", "Impression", "Clicks (Destination)",
          "CTR (Destination)", "Frequency", "Conversions", "CPA", "Currency")  # fmt: skip

Booked = Counter[tuple[Ad, date]]


def per(amount: int, count: int) -> int:
    """Rupiah per piece; 0 where nothing was counted, as Ads Manager prints it."""
    return round(amount / count) if count else 0


def metrics(days: list[AdDay], booked: Booked, currency: str, reach: int) -> list[object]:
    """The cells from ``Reach`` to the end."""
    cost, seen, clicks = (sum(getattr(row, name) for row in days) for name in ("cost", "impressions", "clicks"))
    sold = sum(booked[row.ad, row.day] for row in days)
    rate = f"{100 * clicks / seen:.2f}" if seen else "0.00"
    often = f"{seen / reach:.2f}" if reach else "0.00"
    return [reach, cost, per(cost, clicks), per(cost * 1000, seen), "-", seen, clicks, rate, often, sold,
            per(cost, sold), currency]  # fmt: skip


def old_ads_report(account: Account, days: tuple[AdDay, ...], booked: Booked) -> str:
    """Every ad on every day, most of them idle on some, in no order, with a last row of totals."""
    rows = [
        ["Tim Performance", row.ad.campaign, row.ad.group, row.ad.url, row.day, row.ad.name,
         *metrics([row], booked, account.currency, round(row.impressions / 1.17))]
        for row in days
    ]  # fmt: skip
    stream(account.name, "report order").shuffle(rows)
    # TikTok counts people once in the total: reach does not add up.
    reach = round(sum(row.impressions for row in days) / 4.4)
    footer = [
        f"Total of {len(rows)} results",
        *["-"] * 5,
        *metrics(list(days), booked, account.currency, reach),
    ]
    return "\ufeff" + csv_text(HEADER, [*rows, footer])
