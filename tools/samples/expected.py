"""``expected.json``: the truth about an account, for tests and for the curious."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from tools.samples.faults import Fault
from tools.samples.formats.ads_report import Sums
from tools.samples.records import Account, Copy, Order
from tools.samples.tiktok import counted

MONEY = ("spend", "purchase_value")


def fault_entry(fault: Fault) -> dict[str, Any]:
    """One planted fault. ``echoes`` are other true findings that the same cause brings about."""
    return {
        "id": fault.id, "symptom": fault.symptom, "rule_idea": fault.rule_idea, "segment": fault.segment,
        "since": str(fault.since), "until": str(fault.until) if fault.until else None, "note": fault.note,
        "echoes": list(fault.echoes),
    }  # fmt: skip


def ads_totals(total: Sums, rows: int, decimals: int) -> dict[str, Any]:
    """Exact sums of the report; money in major units."""
    major = {name: round(total[name] / 10**decimals, decimals or None) for name in MONEY if name in total}
    return {"rows": rows} | total | major


def event_totals(copies: list[Copy], requests: int) -> dict[str, Any]:
    """Rows per channel and event; purchases as TikTok counts them (``unique``) beside their orders."""
    bought = [c for c in copies if c.event == "Purchase"]
    channels = Counter(c.channel for c in copies)
    per_event = Counter(f"{c.event} {c.channel}" for c in copies)
    return {
        "rows": {"total": len(copies), **dict(sorted(channels.items()))}, "server_requests": requests,
        "by_event": dict(sorted(per_event.items())),
        "purchases": {
            "browser": sum(c.channel == "browser" for c in bought),
            "server": sum(c.channel == "server" for c in bought),
            "unique": len(counted(bought)), "distinct_orders": len({c.order_id for c in bought}),
        },
        "thinned": ["Pageview", "ViewContent", "AddToCart", "InitiateCheckout"],
    }  # fmt: skip


def order_totals(orders: tuple[Order, ...]) -> dict[str, Any]:
    """The orders export: data rows, orders by fate, and the paid web orders that events should tell of."""
    paid = [o for o in orders if o.origin == "web" and o.status == "paid"]
    return {
        "rows": sum(len(o.lines) for o in orders), "orders": len(orders),
        "by_status": dict(sorted(Counter(o.status for o in orders).items())),
        "by_origin": dict(sorted(Counter(o.origin for o in orders).items())),
        "paid_web": {"orders": len(paid), "value": round(sum(o.total for o in paid) / 100, 2)},
    }  # fmt: skip


def expected(account: Account, letters: list[str] | None, faults: tuple[Fault, ...], totals: dict[str, Any]) -> str:
    """The whole document."""
    return json.dumps({
        "account": account.name, "as_of": str(account.last),
        "window": [str(account.first), str(account.last)], "timezone": account.timezone,
        "currency": account.currency,
        "grade": {"letters": letters} if letters else None,
        "faults": [fault_entry(f) for f in faults], "totals": totals,
    }, indent=2, ensure_ascii=False) + "\n"  # fmt: skip
