"""What TikTok makes of it: the merge rule on event ids, then attribution of purchases to clicks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from tools.samples.chance import fate
from tools.samples.clock import DAY_MS, day_of
from tools.samples.records import Account, Ad, Copy, Order

MERGE_WINDOW_MS = 2 * DAY_MS
MATCHED = 0.94
"""Purchases after a click that TikTok can match to the person who clicked."""


def counted(copies: list[Copy]) -> list[Copy]:
    """The copies that count: the first to arrive of each (pixel, event, event id) within 48 hours."""
    first: dict[tuple[str, str, str], int] = {}
    kept = []
    for copy in sorted(copies, key=lambda c: c.sent_ms):
        key = (copy.pixel_code, copy.event, copy.event_id)
        if copy.sent_ms - first.get(key, -MERGE_WINDOW_MS) >= MERGE_WINDOW_MS:
            first[key] = copy.sent_ms
            kept.append(copy)
    return kept


@dataclass(frozen=True, slots=True)
class Attributed:
    """Conversions per (ad, day): by day of click, by day of purchase; the value by day of click."""

    by_click: Counter[tuple[Ad, date]]
    by_purchase: Counter[tuple[Ad, date]]
    value: Counter[tuple[Ad, date]]


def attribute(account: Account, orders: tuple[Order, ...], copies: list[Copy]) -> Attributed:
    """Books each counted purchase of a clicker on the ad; a purchase counted twice is booked twice."""
    arrived: dict[str, list[Copy]] = defaultdict(list)
    for copy in counted([c for c in copies if c.event == "Purchase"]):
        arrived[copy.order_id].append(copy)
    booked = Attributed(Counter(), Counter(), Counter())
    for order in orders:
        if order.click is None or fate(f"{account.name}/{order.number}") >= MATCHED:
            continue
        for copy in arrived[order.order_id]:
            key = (order.click.ad, order.click.day)
            booked.by_click[key] += 1
            booked.by_purchase[order.click.ad, day_of(order.ms, account.zone)] += 1
            booked.value[key] += round(float(copy.value or 0) * 100)
    return booked
