"""One report as a question: level, grain, metrics, and the request that asks it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tiktrack.pull.ask import Ask
from tiktrack.pull.narrow import Slot

ENDPOINT = "report/integrated/get/"


@dataclass(frozen=True, slots=True)
class Report:
    """What is asked, apart from the days."""

    level: str
    """campaign, adgroup or ad."""

    grain: str
    """day or hour."""

    metrics: tuple[str, ...]
    family: str = "web"
    campaign_ids: tuple[str, ...] = ()
    """Only these campaigns; empty for all."""

    @property
    def part(self) -> str:
        """Folder of its files, for example ``report_ad_day`` or ``report_ad_day_app``."""
        suffix = "" if self.family == "web" else f"_{self.family}"
        return f"report_{self.level}_{self.grain}{suffix}"

    @property
    def longest_days(self) -> int:
        """TikTok's limit for one request."""
        return 1 if self.grain == "hour" else 30

    @property
    def by_task_possible(self) -> bool:
        """Tasks have no filter for deleted objects and would mix campaigns: whole day reports only."""
        return self.grain == "day" and self.family == "web"

    @property
    def question(self) -> dict[str, Any]:
        """The parameters that synchronous reports and tasks share."""
        return {
            "report_type": "BASIC",
            "service_type": "AUCTION",
            "data_level": f"AUCTION_{self.level.upper()}",
            "dimensions": [f"{self.level}_id", f"stat_time_{self.grain}"],
        }

    def ask(self, advertiser_id: str, slot: Slot, metrics: Sequence[str]) -> Ask:
        """The synchronous request for a slot, without its page."""
        days = {"start_date": slot.span.since.isoformat(), "end_date": slot.span.until.isoformat()}
        wanted = {"metrics": list(metrics), "filtering": self._filtering(slot)}
        return Ask(ENDPOINT, {"advertiser_id": advertiser_id, **self.question, **days, **wanted})

    def _filtering(self, slot: Slot) -> list[dict[str, str]]:
        """Deleted objects too (the default hides them); the value is JSON text inside the JSON."""
        everything = _filter(f"{self.level}_status", ["STATUS_ALL"])
        return [everything, _filter("campaign_ids", slot.campaign_ids)] if slot.campaign_ids else [everything]


def _filter(name: str, values: Sequence[str]) -> dict[str, str]:
    return {"field_name": name, "filter_type": "IN", "filter_value": json.dumps(list(values))}
