"""Which days are missing, so that nothing finished is asked for twice and nothing restated is missed.

A conversion is dated by its click, so a day still grows until the click window has passed, and TikTok
corrects the newest days every noon. Source: facts 2.3, 2.4 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from tiktrack.pull.manifest import Slice
from tiktrack.pull.spans import Span

RESTATED_DAYS = 8
"""7-day click window and the correction of the next noon."""

LONGEST_RESTATED_DAYS = 28
"""The longest click window that TikTok offers on the web."""

STALE_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a pull counts as good enough."""

    now: datetime
    restated_days: int = RESTATED_DAYS
    refresh: bool = False

    def is_fresh(self, pulled_at: datetime) -> bool:
        """Young enough for anything, also for settings and for today."""
        return not self.refresh and self.now - pulled_at < STALE_AFTER

    def is_final(self, day: date, pulled_at: datetime, zone: tzinfo) -> bool:
        """Pulled after TikTok had stopped restating the day."""
        return (pulled_at.astimezone(zone).date() - day).days > self.restated_days

    def first_restated(self, zone: tzinfo) -> date:
        """The oldest day that TikTok may still change."""
        return self.now.astimezone(zone).date() - timedelta(days=self.restated_days)


def missing_days(wanted: Span, there: Iterable[Slice], recipe: str, freshness: Freshness, zone: tzinfo) -> list[date]:
    """Days of ``wanted`` that no file of this recipe answers well enough; days to come are left out."""
    today = freshness.now.astimezone(zone).date()
    spans = [(s.label.span, s.label.pulled_at) for s in there if s.label.recipe == recipe and s.label.span]

    def answered(day: date) -> bool:
        pulls = [pulled_at for span, pulled_at in spans if day in span]
        return any(freshness.is_final(day, at, zone) or freshness.is_fresh(at) for at in pulls)

    return [day for day in wanted if day <= today and not answered(day)]
