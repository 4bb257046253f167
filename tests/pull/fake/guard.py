"""The fake's conscience: everything that a good guest of TikTok never does."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MOST_PER_SECOND = 10
PAGE_SIZES = {"pixel/list/": 20, "catalog/get/": 100}
LISTS = ("dimensions", "metrics", "advertiser_ids", "pixel_ids", "filtering", "date_range")


@dataclass
class Seen:
    """One request as it came in."""

    method: str
    path: str
    endpoint: str
    params: dict[str, Any]
    headers: dict[str, str]
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.method} {self.endpoint} {json.dumps(self.params, sort_keys=True)}"


@dataclass
class Guard:
    """Counts violations."""

    token: str
    violations: list[str] = field(default_factory=list)
    penalty_until: datetime | None = None
    timed_out: set[str] = field(default_factory=set)
    _recent: deque[datetime] = field(default_factory=deque)

    def look(self, seen: Seen) -> None:
        self._address(seen)
        self._pace(seen)
        if seen.key in self.timed_out:
            self._blame(seen, "the same request again after a time-out")
        if int(seen.params.get("page_size", 1)) > PAGE_SIZES.get(seen.endpoint, 1000):
            self._blame(seen, f"page size {seen.params['page_size']}")
        self._spans(seen)
        self._ids(seen)

    def _address(self, seen: Seen) -> None:
        if not seen.path.endswith("/"):
            self._blame(seen, "missing slash")
        if self.token in seen.path or self.token in json.dumps(seen.params):
            self._blame(seen, "token in the URL")
        if "authorization" in seen.headers:
            self._blame(seen, "Authorization instead of Access-Token")

    def _pace(self, seen: Seen) -> None:
        self._recent.append(seen.at)
        while (seen.at - self._recent[0]).total_seconds() >= 1:
            self._recent.popleft()
        if len(self._recent) >= MOST_PER_SECOND:
            self._blame(seen, f"{len(self._recent)} requests in a second")
        if self.penalty_until and seen.at < self.penalty_until:
            self._blame(seen, "retry inside a penalty")

    def _spans(self, seen: Seen) -> None:
        if seen.endpoint == "report/integrated/get/":
            longest = 1 if "stat_time_hour" in seen.params["dimensions"] else 30
            self._span(seen, seen.params["start_date"], seen.params["end_date"], longest)
        if seen.endpoint == "changelog/task/create/":
            self._span(seen, seen.params["start_time"][:10], seen.params["end_time"][:10], 30)
        if seen.endpoint == "pixel/event/stats/":
            self._span(seen, *seen.params["date_range"].values(), 30)

    def _span(self, seen: Seen, since: str, until: str, longest: int) -> None:
        days = (date.fromisoformat(until) - date.fromisoformat(since)).days + 1
        if not 1 <= days <= longest:
            self._blame(seen, f"span of {days} days")

    def _ids(self, seen: Seen) -> None:
        if not isinstance(seen.params.get("advertiser_id", ""), str):
            self._blame(seen, "id as a number")
        if any(isinstance(seen.params.get(name), str) for name in LISTS):
            self._blame(seen, "list that is not JSON")
        if len(seen.params.get("pixel_ids", [])) > 10:
            self._blame(seen, "more than 10 pixels")
        if seen.endpoint == "tool/diagnosis/get/" and len(seen.params["filtering"]["adgroup_ids"]) > 20:
            self._blame(seen, "more than 20 ad groups")
        if seen.endpoint == "report/task/create/" and seen.params.get("enable_report_title_translation") is not False:
            self._blame(seen, "translated titles")

    def _blame(self, seen: Seen, what: str) -> None:
        self.violations.append(f"{what}: {seen.method} {seen.path} {seen.params}")
