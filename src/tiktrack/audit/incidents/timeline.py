"""Stored counts on one calendar without gaps: NaN where a table says nothing, or only half a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from tiktrack.audit.incidents.read import EventKey, Store
from tiktrack.audit.runs import Floats
from tiktrack.detect.completeness import DEFAULT, at_age

TABLES = ("events", "ads", "orders")
"""What is counted a day; notes of changes may be of days to come."""
CLICK_DATED = frozenset(
    {"conversions", "view_purchases", "click_purchases", "add_to_cart", "checkouts", "content_views"}
)
"""Measures of a report that are booked on the day of the click: the newest days fill up for a week."""


@dataclass(frozen=True)
class Timeline:
    """All series of a ``Store``, from the first day of any counted table to the last."""

    store: Store

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The calendar."""
        every = [day for table in TABLES for day in self.store.days.get(table, ())]
        if not every:
            return ()
        return tuple(min(every) + timedelta(days=i) for i in range((max(every) - min(every)).days + 1))

    @cached_property
    def counted(self) -> str:
        """The measure of the report that its conversions are counted by, dated by the click where it has that."""
        names = {name for _, name in self.store.ads}
        dated_otherwise = "conversions_event_time" in names and "conversions" not in names
        return "conversions_event_time" if dated_otherwise else "conversions"

    @property
    def click_dated(self) -> bool:
        """Whether those are booked on the day of the click."""
        return self.counted in CLICK_DATED

    def placed(self, counts: Mapping[date, float]) -> Floats:
        """By day → (days,)."""
        return np.array([counts.get(day, np.nan) for day in self.days])

    def orders(self) -> Floats | None:
        """Orders of the shop."""
        return self.placed(self.store.orders) if self.store.orders else None

    def events(self, wanted: Callable[[EventKey], bool]) -> Floats | None:
        """Events of the log whose key is wanted; None where there are none."""
        return self._summed("events", [by_day for key, by_day in self.store.events.items() if wanted(key)])

    def ads(self, names: Iterable[str], ours: Callable[[str], bool]) -> Floats | None:
        """Measures of the report over the campaigns that are ours, unfinished days filled up as they usually do."""
        named = frozenset(names)
        found = self.reported(named, ours)
        return self.matured(found) if found is not None and named <= CLICK_DATED else found

    def reported(self, names: Iterable[str], ours: Callable[[str], bool]) -> Floats | None:
        """Measures as the report shows them."""
        named = frozenset(names)
        chosen = [by_day for (campaign, name), by_day in self.store.ads.items() if name in named and ours(campaign)]
        return self._summed("ads", chosen)

    def matured(self, counts: Floats) -> Floats:
        """Click-dated counts of the report as they will be when the newest days are complete."""
        last = max(self.store.days["ads"])
        age = np.array([max(0.0, float((last - day).days)) for day in self.days])
        booked, _ = at_age(self.store.completeness or DEFAULT, age)
        return counts / booked

    def whole_days(self, table: str, counts: Floats) -> Floats:
        """Without the days that the table covers only in part."""
        partial = self.store.partial.get(table, frozenset())
        return np.where([day in partial for day in self.days], np.nan, counts)

    def _summed(self, table: str, chosen: list[Mapping[date, float]]) -> Floats | None:
        covered = self.store.days.get(table, ())
        if not chosen or not covered:
            return None
        total = dict.fromkeys(covered, 0.0)
        for by_day in chosen:
            for day, n in by_day.items():
                total[day] = total.get(day, 0.0) + n
        return self.whole_days(table, self.placed(total))
