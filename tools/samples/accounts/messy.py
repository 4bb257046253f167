"""A coffee brand in Indonesia: an old ad report in rupiah, a note beside it, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tools.samples.chance import fate, stream
from tools.samples.clock import at, window_end
from tools.samples.demand import ad_days, buying_clicks
from tools.samples.expected import ads_totals, expected
from tools.samples.faults import DEPLOY_HOUR, Fault
from tools.samples.formats.old_ads_report import Booked, old_ads_report
from tools.samples.records import Account, Ad, AdDay

LIVE, CATALOGUE = "Kopi Senja - Konversi Web", "Kopi Senja - Katalog"
CAMPAIGNS = {
    LIVE: (("Broad 18-34", "Lookalike 1%", "Minat Kopi"), 0.0125),
    CATALOGUE: (("Retargeting", "Broad"), 0.0150),
    "KS_Ramah Kantong_Nov": (("Broad 18-44", "Minat Promo"), 0.0110),
}
"""Campaign → ad groups, share of clicks that buy."""

NAMES = ("Video 1 - Seduh Pagi", "Video 2 - Testimoni", "Video 2 - Testimoni",
         "Video 3 - Diskon", "Banner lama")  # fmt: skip
"""Ads of one ad group; names repeat, as they do."""

FIRST, DAYS = date(2026, 10, 12), 42

FAULT = Fault(
    id="conversions-collapse",
    symptom="conversion-drop",
    rule_idea="clicks go on, conversions of one campaign collapse",
    segment={"campaign": LIVE},
    since=date(2026, 11, 5),
    note="The landing page of one campaign moved and lost its tracking: clicks as before, conversions gone.",
)
TRACKED_AFTER = 0.06


def flight(index: int) -> tuple[date, date]:
    """Main videos always run; of the others one stopped early, one started late, one never ran."""
    start, last = FIRST - timedelta(days=30), FIRST + timedelta(days=DAYS)
    stopped, started = FIRST + timedelta(days=16), FIRST + timedelta(days=12)
    return {2: (start, stopped), 3: (started, last), 4: (last, last)}.get(index, (start, last))


def ads() -> tuple[Ad, ...]:
    """All ads; budgets differ a little so that ads of one name stay different things."""
    rng, made = stream("messy", "setup"), []
    for campaign, (groups, cvr) in CAMPAIGNS.items():
        for group in groups:
            for index, name in enumerate(NAMES):
                made.append(Ad(
                    campaign=campaign, campaign_id="", group=group, name=name, store=0,
                    budget=170_000 + int(rng.random() * 90_000), cpm=9_000 + int(rng.random() * 4_000),
                    ctr=0.011 + rng.random() * 0.003, cvr=cvr, flight=flight(index),
                    url="https://www.kopisenja.example/promo" if index else ""))  # fmt: skip
    return tuple(made)


ACCOUNT = Account(name="messy", title="Kopi Senja", currency="IDR", country="ID", timezone="Asia/Jakarta",
                  first=FIRST, days=DAYS, ads=ads())  # fmt: skip


def tracked(account: Account, days: list[AdDay]) -> Booked:
    """Conversions that TikTok heard of, by day of click; purchases after the window are still to come."""
    end, broken = window_end(account), at(FAULT.since, account.zone, DEPLOY_HOUR)
    booked: Booked = Counter()
    for click in buying_clicks(account, days):
        lost = click.ad.campaign == LIVE and click.buys_ms >= broken and fate(f"{click.ms}") >= TRACKED_AFTER
        if click.buys_ms < end and not lost:
            booked[click.ad, click.day] += 1
    return booked


README = """Report dari Ads Manager (level iklan, harian). PIC ditambahkan manual.
Pixel dan data toko belum ada aksesnya.
"""


def make() -> dict[str, str]:
    """All files of the account."""
    days = ad_days(ACCOUNT)
    window = tuple(row for row in days if row.day >= FIRST)
    booked = tracked(ACCOUNT, days)
    sums = {
        "spend": sum(row.cost for row in window),
        "impressions": sum(row.impressions for row in window),
        "clicks": sum(row.clicks for row in window),
        "conversions": sum(booked[row.ad, row.day] for row in window),
    }
    return {
        f"Tiktok Ads_Laporan Harian_Kopi Senja_{FIRST:%Y%m%d}-{ACCOUNT.last:%Y%m%d}.csv": old_ads_report(
            ACCOUNT, window, booked),
        "README.txt": README,
        "expected.json": expected(ACCOUNT, None, (FAULT,), {"ads": ads_totals(sums, len(window), 0)}),
    }  # fmt: skip
