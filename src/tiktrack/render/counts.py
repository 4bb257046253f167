"""Totals side by side: who saw how many purchases, and how many of the many come that far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tiktrack.model.report import Report
from tiktrack.render import words

_WITNESSES = (
    ("orders", "paid", "Paid orders in the shop"),
    ("purchases", "unique", "Orders with a purchase event"),
    ("purchases", "counted", "Purchases TikTok counts after merging"),
    ("purchases", "browser", "Purchase events from browsers"),
    ("purchases", "server", "Purchase events from the server"),
    ("ads", "purchases", "Purchases credited to ads"),
)
_STATES = {
    "merged": "Sent by both channels, counted once",
    "browser_only": "Sent by the browser only",
    "server_only": "Sent by the server only",
    "other_channel": "Sent by another channel",
    "twice": "Counted more than once",
    "lost": "Lost: TikTok never counted it",
    "ignored": "Not sent, correctly",
    "outside": "Placed while nothing was logged",
}
_FUNNEL = (("impressions", "Impressions"), ("clicks", "Clicks"), ("purchases", "Purchases"))


@dataclass(frozen=True, slots=True)
class Count:
    """A labelled number; ``width`` is its share of the largest in percent."""

    label: str
    shown: str
    width: float
    note: str = ""


def witnesses(report: Report) -> tuple[Count, ...]:
    """Purchases by who counted them; empty where fewer than two know."""
    tables = {"orders": _part(report.totals, "orders"), "ads": _part(report.totals, "ads")}
    tables["purchases"] = _part(_part(report.totals, "events"), "purchases")
    found = [(label, _number(tables[table].get(key))) for table, key, label in _WITNESSES]
    known = [(label, value) for label, value in found if value is not None]
    largest = max((value for _, value in known), default=0.0)
    if len(known) < 2 or not largest:
        return ()
    return tuple(Count(label, words.number(value), round(100 * value / largest, 2)) for label, value in known)


def funnel(report: Report) -> tuple[Count, ...]:
    """Steps of the ads report, each with its rate of the step before; empty where there is no such report."""
    ads = _part(report.totals, "ads")
    made: list[Count] = []
    before: float | None = None
    for key, label in _FUNNEL:
        value = _number(ads.get(key))
        if value is None:
            continue
        note = f"{words.percent(value / before)} of the previous step" if before else ""
        made.append(Count(label, words.number(value), 0.0, note))
        before = value
    return tuple(made) if len(made) > 1 else ()


def ledger(report: Report) -> tuple[Count, ...]:
    """What became of each order of the shop; empty where orders and events were not joined."""
    orders = _part(_part(report.totals, "ledger"), "orders")
    states = _part(orders, "states")
    found = [(label, _orders_in(states.get(state))) for state, label in _STATES.items()]
    known = [(label, count) for label, count in found if count]
    whole = sum(count for _, count in known)
    return tuple(
        Count(label, words.number(count), round(100 * count / whole, 2), words.percent(count / whole))
        for label, count in known
    )


def _orders_in(state: Any) -> float:
    """Orders of a state, those that are only probable too."""
    return sum(_number(count) or 0.0 for count in state.values()) if isinstance(state, dict) else 0.0


def _part(totals: dict[str, Any], name: str) -> dict[str, Any]:
    found = totals.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> float | None:
    known = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if known else None
