"""Settings of an audit as a record; where they come from is ``config``'s business."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PROFILES = {"ecommerce": "shops", "leadgen": "lead generation", "app": "apps"}
"""What an account lives by; the words stand in sentences."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that somebody accepts, with a reason and a day on which that ends."""

    rule: str
    segment: dict[str, str]
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Which column of a table holds which field, said by the user. ``files`` is a glob: None means every file that has
    all of these columns. ``date_format`` is as for strptime, ``origin`` the file that says all this.
    """

    kind: str
    columns: dict[str, str]
    files: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    timezone: str | None = None
    channel: str | None = None
    currency: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an audit is asked to do. ``memory_bytes`` None means 2 GB or a third of the machine, whatever is less.
    ``countries`` (ISO 3166, two letters) are where the customers live."""

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
    countries: tuple[str, ...] = ()
    profile: str | None = None
    memory_bytes: int | None = None
    threads: int | None = None
    fail_on: str = "high"
    min_score: float | None = None
    min_coverage: float | None = None
    map: tuple[ColumnMap, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day that is looked at: ``until`` or ``as_of``, whichever comes first."""
        return min((day for day in (self.until, self.as_of) if day), default=None)
