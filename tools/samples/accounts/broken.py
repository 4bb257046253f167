"""A kitchen shop in the United States with an outlet: two pixels, a campaign that brings nobody."""

from __future__ import annotations

from datetime import date

from tools.samples.accounts.broken_faults import FAULTS
from tools.samples.accounts.broken_places import MAIN, OUTLET, OUTLET_CAMPAIGN, VIRAL
from tools.samples.full import files
from tools.samples.records import Account, Ad, Product, Store

KITCHEN = tuple(
    Product(f"EO-{number}", name, name.lower().replace(" ", "-"), price)
    for number, (name, price) in enumerate((
        ("Oak Cutting Board", 4900), ("Cast Iron Skillet", 6400), ("Paring Knife", 2900),
        ("Chef Knife", 8900), ("Linen Apron", 3800), ("Pepper Mill", 4200), ("Stoneware Bowl", 2400),
        ("Salt Cellar", 1900), ("Serving Spoon", 1450), ("Carving Set", 11900)), start=2001)
)  # fmt: skip

SECONDS = tuple(
    Product(f"OUT-{number}", name, name.lower().replace(" ", "-"), price)
    for number, (name, price) in enumerate((
        ("Second Choice Board", 2900), ("Second Choice Bowl", 1200), ("Last Season Apron", 1900),
        ("Sample Knife", 3900), ("Mystery Box", 4500)), start=501)
)  # fmt: skip

ADS = (
    Ad(campaign="US | Prospecting | Purchase", campaign_id="1790551220043521", group="Broad",
       name="Skillet sizzle", store=0, budget=19_000, cpm=640, ctr=0.0112, cvr=0.0228),
    Ad(campaign="US | Retargeting | Purchase", campaign_id="1790551220044817", group="Viewers 14 d",
       name="Chef reviews", store=0, budget=16_000, cpm=820, ctr=0.0128, cvr=0.0285),
    Ad(campaign=OUTLET_CAMPAIGN, campaign_id="1790551220046105", group="Bargain", name="Seconds haul",
       store=1, budget=13_000, cpm=610, ctr=0.0121, cvr=0.0266),
    Ad(campaign=VIRAL, campaign_id="1790551220049344", group="Spark", name="Wait for it", store=0,
       budget=12_000, cpm=560, ctr=0.0282, cvr=0.0011, landing_rate=0.74,
       flight=(date(2026, 10, 30), date.max)),
)  # fmt: skip

ACCOUNT = Account(
    name="broken", title="Ember & Oak", currency="USD", country="US", timezone="America/New_York",
    first=date(2026, 10, 14), days=40, leads_per_day=5.5, ads=ADS,
    stores=(Store(*MAIN, 3.3, KITCHEN), Store(*OUTLET, 3.4, SECONDS)),
)  # fmt: skip


def make() -> dict[str, str]:
    """All files of the account."""
    return files(ACCOUNT, ["D", "D-", "F"], FAULTS)
