"""What every part of the pull of one account works with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from tiktrack.pull.client import Client
from tiktrack.pull.clock import Clock
from tiktrack.pull.coverage import Freshness, missing_days
from tiktrack.pull.failures import NoPermission, PartRefused
from tiktrack.pull.folder import Folder
from tiktrack.pull.manifest import Label
from tiktrack.pull.pages import PageWriter, Row
from tiktrack.pull.plan import Plan
from tiktrack.pull.progress import Observer
from tiktrack.pull.spans import Span


@dataclass(frozen=True, slots=True)
class Job:
    """One account of one run."""

    client: Client
    folder: Folder
    clock: Clock
    observer: Observer
    plan: Plan
    advertiser_id: str
    zone: tzinfo = UTC
    """The account's days; known once its facts are pulled."""

    zone_name: str = "UTC"

    def in_zone(self, zone: tzinfo, name: str) -> Job:
        return replace(self, zone=zone, zone_name=name)

    @property
    def freshness(self) -> Freshness:
        return Freshness(self.clock.now(), self.plan.restated_days, self.plan.refresh)

    def missing(self, part: str, recipe: str, zone: tzinfo) -> list[date]:
        """Days of the plan that the folder does not answer yet."""
        there = self.folder.slices(self.advertiser_id, part)
        return missing_days(self.plan.span, there, recipe, self.freshness, zone)

    def rows_of(self, part: str) -> list[Row]:
        """Rows of the newest snapshot of a part that the caller cannot do without.

        Raises PartRefused, or NoPermission, where that part was not to be had: so the caller is no better off.
        """
        rows = self.folder.newest_rows(self.advertiser_id, part)
        missed = self.folder.manifest.skipped.get((self.advertiser_id, part))
        if not rows and missed:
            kind = PartRefused if missed.permitted else NoPermission
            raise kind(f"It needs {part}, and they are missing: {missed.reason}", hint=missed.remedy)
        return rows

    def has_fresh(self, part: str, recipe: str) -> bool:
        """Whether a snapshot is young enough."""
        there = self.folder.slices(self.advertiser_id, part)
        return any(s.label.recipe == recipe and self.freshness.is_fresh(s.label.pulled_at) for s in there)

    def label(self, part: str, recipe: str, span: Span | None = None, **more: str) -> Label:
        """The label of a file that is begun now."""
        return Label(self.advertiser_id, part, self.moment(), recipe, span, **more)

    def moment(self) -> datetime:
        return self.clock.now().replace(microsecond=0)

    def writer(self, label: Label, endpoint: str) -> PageWriter:
        return self.folder.writer(label, endpoint)

    def begin(self, part: str, slices: int) -> None:
        """Tell the observer."""
        self.observer.part(self.advertiser_id, part, slices)

    def finished(self, part: str) -> None:
        """Tell the observer of the newest file of a part."""
        self.observer.slice_done(self.folder.slices(self.advertiser_id, part)[-1].rows)


def recipe_of(*ingredients: Any) -> str:
    """Eight hex digits that differ when something else is asked."""
    return hashlib.sha256(json.dumps(ingredients, sort_keys=True, default=str).encode()).hexdigest()[:8]
