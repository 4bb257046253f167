"""A tea shop in Germany with pixel and Events API as they should be."""

from __future__ import annotations

from datetime import date

from tools.samples.full import files
from tools.samples.records import Account, Ad, Product, Store

TEAS = tuple(
    Product(f"TEA-{number}", name, name.lower().replace(" ", "-"), price)
    for number, (name, price) in enumerate((
        ("Assam Breakfast", 1290), ("Darjeeling First Flush", 2490), ("Sencha Spring", 1890),
        ("Jasmine Pearls", 2790), ("Earl Grey Blue", 1190), ("Rooibos Vanilla", 990), ("Mint Garden", 890),
        ("Oolong Amber", 3190), ("Chai Masala", 1390), ("White Peony", 3490),
        ("Cast Iron Teapot", 5900), ("Travel Infuser", 2190),
        ("Matcha Starter Set", 4490), ("Advent Sampler", 3990)), start=101)
)  # fmt: skip

SHOP = Store("www.teekontor.example", "D3K7QBRC77U5N2LMT0VG", 11.5, TEAS)

PROSPECTING = ("DE | Prospecting | Purchase", "1812300441028609")
RETARGETING = ("DE | Retargeting | Purchase", "1812300441029713")

ADS = (
    Ad(campaign=PROSPECTING[0], campaign_id=PROSPECTING[1], group="Broad 25-54", name="Unboxing", store=0,
       budget=13_000, cpm=310, ctr=0.0108, cvr=0.0118),
    Ad(campaign=PROSPECTING[0], campaign_id=PROSPECTING[1], group="Tea interest", name="Brewing ASMR",
       store=0, budget=11_000, cpm=330, ctr=0.0117, cvr=0.0124),
    Ad(campaign=RETARGETING[0], campaign_id=RETARGETING[1], group="Viewers 30 d", name="Reviews", store=0,
       budget=9_500, cpm=420, ctr=0.0131, cvr=0.0160),
    Ad(campaign=RETARGETING[0], campaign_id=RETARGETING[1], group="Cart 14 d", name="Free shipping", store=0,
       budget=8_000, cpm=450, ctr=0.0139, cvr=0.0172),
)  # fmt: skip

ACCOUNT = Account(
    name="healthy", title="Teekontor", currency="EUR", country="DE", timezone="Europe/Berlin",
    first=date(2026, 10, 19), days=35, least_browsing=4, stores=(SHOP,), ads=ADS,
)  # fmt: skip


def make() -> dict[str, str]:
    """All files of the account."""
    return files(ACCOUNT, ["A+", "A"])
