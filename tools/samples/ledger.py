"""The truth about counting: what TikTok makes of the copies, what really happened, and what became of each order.

Counted here one by one, from the simulated world and not from the files, so that a replay of the files can be held
against it. Time is what the logs show: the moment of the action, with the seconds that the Events API keeps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tools.samples.clock import DAY_MS, HOUR_MS
from tools.samples.records import Copy, Order

TODAY = {"SubmitForm": "Lead"}
"""Older names, and the name of today under which they are counted."""
KINDS = {"pos": "pos", "shopify_draft_order": "draft"}
STATUSES = {"partially_refunded": "paid"}
MERGE_MS, DROP_MS = 300_000, 2 * DAY_MS


@dataclass
class Counted:
    """A copy that counts, with those merged into it or dropped after it."""

    first: Copy
    channels: set[str]
    merged: int = 0
    dropped: int = 0


def logged_ms(copy: Copy) -> int:
    """The moment as the log has it."""
    return copy.ms if copy.channel == "browser" else copy.ms // 1000 * 1000


def replayed(copies: list[Copy]) -> list[Counted]:
    """TikTok's merge rule, copy by copy."""
    found: list[Counted] = []
    known: dict[tuple[str, str, str], Counted] = {}
    for copy in sorted(copies, key=lambda c: (logged_ms(c) // 1000, c.channel)):
        key = (copy.pixel_code, copy.event, copy.event_id)
        before = known.get(key) if copy.event_id else None
        apart = logged_ms(copy) - logged_ms(before.first) if before else 0
        if before is None or apart > DROP_MS:
            known[key] = Counted(copy, {copy.channel})
            found.append(known[key])
        elif copy.channel not in before.channels and apart <= MERGE_MS:
            before.merged += 1
            before.channels.add(copy.channel)
        else:
            before.dropped += 1
            before.channels.add(copy.channel)
    return found


def counting(copies: list[Copy]) -> list[dict[str, Any]]:
    """One entry a pixel and event: received = merged + dropped + counted, counted = true + over."""
    rows: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for kept in replayed(copies):
        rows[TODAY.get(kept.first.event, kept.first.event), kept.first.pixel_code].append(kept)
    return [
        {"event": event, "pixel_code": pixel, "received": sum(1 + k.merged + k.dropped for k in kept),
         "merged": sum(k.merged for k in kept), "dropped": sum(k.dropped for k in kept), "counted": len(kept),
         "true": len({k.first.order_id or k.first.event_id for k in kept}), "over_by": again(kept)}
        for (event, pixel), kept in sorted(rows.items())
    ]  # fmt: skip


def again(kept: list[Counted]) -> dict[str, int]:
    """What counts again, by cause: the other channel under an id of its own, or the same channel once more."""
    seen: dict[str, set[str]] = {}
    causes: Counter[str] = Counter()
    for one in kept:
        action = one.first.order_id or one.first.event_id
        if action in seen:
            causes["new_id" if one.channels & seen[action] else "id_mismatch"] += 1
        seen.setdefault(action, set()).update(one.channels)
    return dict(causes)


def kind(order: Order) -> str:
    """What an order is; ``paid`` and ``refunded`` web orders are those that TikTok should hear of."""
    return KINDS.get(order.origin) or STATUSES.get(order.status, order.status)


def ledger(orders: tuple[Order, ...], copies: list[Copy]) -> dict[str, Any]:
    """Orders by what became of them, and purchases that count by what stands behind them."""
    sales: dict[str, list[Counted]] = defaultdict(list)
    for kept in replayed([c for c in copies if c.event == "Purchase"]):
        sales[kept.first.order_id].append(kept)
    until = max(logged_ms(c) for c in copies) - HOUR_MS
    states = {order.order_id: state(order, sales[order.order_id], until) for order in orders}
    told = {order.order_id: sales[order.order_id] for order in orders if sales[order.order_id]}
    inside = [s for s in states.values() if s != "outside"]
    return {
        "orders": len(orders), "due": sum(
            kind(o) in ("paid", "refunded") and states[o.order_id] != "outside" for o in orders),
        "states": dict(sorted(Counter(states.values()).items())),
        "ignored_as": tally(kind(o) for o in orders if states[o.order_id] == "ignored"),
        "accuracy": round(sum(s != "lost" for s in inside) / len(inside), 4),
        "purchases": tally(kind(o) for o in orders for _ in told.get(o.order_id, ())),
        "values": tally(match(o, told[o.order_id][0].first) for o in orders if o.order_id in told),
        "lost_value": round(sum(o.total for o in orders if states[o.order_id] == "lost") / 100, 2),
    }  # fmt: skip


def state(order: Order, told: list[Counted], until: int) -> str:
    """What became of one order."""
    if len(told) > 1:
        return "twice"
    if told:
        channels = told[0].channels
        return "merged" if len(channels) == 2 else f"{next(iter(channels))}_only"
    if kind(order) not in ("paid", "refunded"):
        return "ignored"
    return "lost" if order.ms <= until else "outside"


def match(order: Order, sent: Copy) -> str:
    """The value sent against the order's total; the world knows two ways."""
    return "cents" if round(float(sent.value or 0) * 100) == order.total * 100 else "equal"


def tally(words: Iterable[str]) -> dict[str, int]:
    """How often each word comes."""
    return dict(sorted(Counter(words).items()))
