"""An account with everything: a campaign report, both event logs and the shop's orders."""

from __future__ import annotations

from tools.samples.delivery import deliver
from tools.samples.expected import ads_totals, event_totals, expected, order_totals
from tools.samples.faults import Fault, spoiled
from tools.samples.formats.ads_report import campaign_report, sums
from tools.samples.formats.events_api import requests
from tools.samples.formats.pixel_hits import pixel_hits
from tools.samples.formats.shopify_orders import shopify_orders
from tools.samples.ledger import counting, ledger
from tools.samples.records import Account
from tools.samples.tiktok import attribute
from tools.samples.world import simulate


def files(account: Account, letters: list[str], faults: tuple[Fault, ...] = ()) -> dict[str, str]:
    """File name → content. The ads report is made from what arrived: all files tell one story."""
    world = simulate(account)
    copies = spoiled(account, faults, deliver(account, world.actions))
    booked = attribute(account, world.orders, copies)
    api = requests(account, copies)
    report = campaign_report(account, world.ad_days, booked)
    totals = {
        "ads": ads_totals(sums(world.ad_days, booked), report.count("\n") - 2, 2),
        "events": event_totals(copies, len(api)),
        "orders": order_totals(world.orders),
        "counting": counting(copies),
        "ledger": ledger(world.orders, copies),
    }
    return {
        "ads_manager_campaign_report.csv": report,
        "pixel_hits.jsonl": pixel_hits(copies),
        "events_api.jsonl": "".join(api),
        "shopify_orders.csv": shopify_orders(account, world.orders),
        "expected.json": expected(account, letters, faults, totals),
    }
