"""An account with a truth: what every ad did on every day, made from its id."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

COUNTED = ("spend", "impressions", "clicks", "conversion", "complete_payment", "total_complete_payment_rate")


@dataclass
class Ad:
    """One ad and its parents."""

    ad_id: str
    adgroup_id: str
    campaign_id: str
    deleted: bool = False


@dataclass
class Account:
    """An advertiser with campaigns × 2 ad groups × 2 ads; the last campaign is deleted."""

    advertiser_id: str = "7000000000000000001"
    campaigns: int = 3
    currency: str = "USD"
    timezone: str = "America/New_York"
    display_timezone: str | None = "America/New_York"
    decimals: int = 2
    objective: str = "WEB_CONVERSIONS"
    pixel_ids: tuple[str, ...] = ("7100000000000000001", "7100000000000000002")
    pixel_settings: dict[str, Any] = field(default_factory=dict)
    """What every pixel says of itself besides its id and its code."""

    ads: list[Ad] = field(default_factory=list)

    def __post_init__(self) -> None:
        base = int(self.advertiser_id[-3:]) * 1000
        for c in range(self.campaigns):
            campaign_id = str(1_800_000_000_000_000_000 + base + c)
            for g in range(2):
                adgroup_id = str(1_810_000_000_000_000_000 + (base + c) * 10 + g)
                for a in range(2):
                    ad_id = str(1_820_000_000_000_000_000 + (base + c) * 100 + g * 10 + a)
                    self.ads.append(Ad(ad_id, adgroup_id, campaign_id, deleted=c > 0 and c == self.campaigns - 1))

    def numbers(self, ad: Ad, day: date, hour: int | None = None) -> dict[str, Decimal] | None:
        """What one ad did; None on days without delivery, which TikTok drops from reports."""
        seed = zlib.crc32(f"{ad.ad_id} {day} {hour}".encode())
        if seed % 5 == 0:
            return None
        cents = Decimal(1) if self.decimals == 0 else Decimal("0.01")
        return {
            "spend": (seed % 9000) * cents + 1,
            "impressions": Decimal(seed % 7000 + 100),
            "clicks": Decimal(seed % 90),
            "conversion": Decimal(seed % 7),
            "complete_payment": Decimal(seed % 7),
            "total_complete_payment_rate": (seed % 7) * (1900 + seed % 700) * cents,
        }

    def names(self, ad: Ad, level: str) -> dict[str, str]:
        """What a row says of its object and its parents, as TikTok gives it: among the metrics."""
        known = {"campaign_name": f"Campaign {ad.campaign_id[-2:]}"}
        if level != "campaign":
            known |= {"campaign_id": ad.campaign_id, "adgroup_name": f"Ad group {ad.adgroup_id[-3:]}"}
        if level == "ad":
            known |= {"adgroup_id": ad.adgroup_id, "ad_name": f"Ad {ad.ad_id[-4:]}"}
        return known

    def rows(
        self, level: str, since: date, until: date, *, hourly: bool = False, deleted: bool = True
    ) -> Iterator[dict[str, Any]]:
        """Report rows, summed to the level, as TikTok words them: everything is text."""
        for offset in range((until - since).days + 1):
            day = since + timedelta(days=offset)
            for hour in range(24) if hourly else [None]:
                sums: dict[str, Counter[str]] = {}
                names = {}
                for ad in self.ads:
                    numbers = self.numbers(ad, day, hour)
                    if numbers and (deleted or not ad.deleted):
                        sums.setdefault(getattr(ad, f"{level}_id"), Counter()).update(numbers)
                        names[getattr(ad, f"{level}_id")] = self.names(ad, level)
                stamp = f"{day} {hour or 0:02}:00:00"
                for id_, total in sums.items():
                    dimensions = {f"{level}_id": id_, "stat_time_hour" if hourly else "stat_time_day": stamp}
                    yield {
                        "dimensions": dimensions,
                        "metrics": {**names[id_], **{name: str(value) for name, value in total.items()}},
                    }

    def truth(self, since: date, until: date, *, hourly: bool = False) -> dict[str, Decimal]:
        """Totals of the span."""
        total: Counter[str] = Counter({name: Decimal(0) for name in COUNTED})
        for row in self.rows("campaign", since, until, hourly=hourly):
            total.update({name: Decimal(row["metrics"][name]) for name in COUNTED})
        return dict(total)

    def objects(self, level: str) -> list[dict[str, Any]]:
        """Campaigns, ad groups or ads as their list endpoints give them."""
        found: dict[str, dict[str, Any]] = {}
        for ad in self.ads:
            row: dict[str, Any] = {"advertiser_id": self.advertiser_id, "campaign_id": ad.campaign_id}
            row |= {key: name for key, name in self.names(ad, level).items() if key == f"{level}_name"}
            if level in {"adgroup", "ad"}:
                row["adgroup_id"] = ad.adgroup_id
            if level == "adgroup":
                row |= {
                    "pixel_id": self.pixel_ids[0] if self.pixel_ids else None,
                    "optimization_event": "SHOPPING",
                    "optimization_goal": "CONVERT",
                    "click_attribution_window": "SEVEN_DAYS",
                    "view_attribution_window": "ONE_DAY",
                    "engaged_view_attribution_window": "ONE_DAY",
                    "attribution_event_count": "EVERY",
                }
            if level == "ad":
                row |= {"ad_id": ad.ad_id, "landing_page_url": "https://shop.example/"}
            if level == "campaign":
                row["objective_type"] = self.objective
            row["secondary_status"] = f"{level.upper()}_STATUS_{'DELETE' if ad.deleted else 'DELIVERY_OK'}"
            found[getattr(ad, f"{level}_id")] = row
        return list(found.values())

    def info(self) -> dict[str, Any]:
        return {
            "advertiser_id": self.advertiser_id,
            "name": f"Shop {self.advertiser_id[-1]}",
            "currency": self.currency,
            "timezone": self.timezone,
            "display_timezone": self.display_timezone,
            "status": "STATUS_ENABLE",
        }
