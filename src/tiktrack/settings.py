"""Settings of an audit as a record; where they come from is ``config``'s business."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that somebody accepts, with a reason and a day on which that ends."""

    rule: str
    segment: dict[str, str]
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an audit is asked to do. ``memory_bytes`` None means 2 GB or a third of the machine, whatever is less."""

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: dict[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    default_rules: bool = True
    override: dict[str, dict[str, str]] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    timezone: str | None = None
    currency: str | None = None
    memory_bytes: int | None = None
    threads: int | None = None
    fail_on: str = "high"
    min_score: float | None = None
    min_coverage: float | None = None

    @property
    def last_day(self) -> date | None:
        """The last day that is looked at: ``until`` or ``as_of``, whichever comes first."""
        return min((day for day in (self.until, self.as_of) if day), default=None)
