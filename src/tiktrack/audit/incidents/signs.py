"""What an incident is held against: the symptom itself, and the other series of the account on the same days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tiktrack.audit.runs import Floats


class Sign(StrEnum):
    """A series that some causes move and others leave alone."""

    ORDERS = "orders"
    OTHER_CHANNEL = "other_channel"
    OTHER_PIXELS = "other_pixels"
    OTHER_CAMPAIGNS = "other_campaigns"
    LOGGED = "logged"
    VISITS = "visits"
    STEPS = "steps"
    CLICKS = "clicks"
    LANDING = "landing"
    REPORTED_STEPS = "reported_steps"
    VIEW_THROUGH = "view_through"
    CLICK_THROUGH = "click_through"
    EVENT_DATED = "event_dated"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody changed, as noted: ``kind`` is budget, bid, status, targeting, site or other."""

    day: date
    kind: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What went wrong from ``since`` to ``until`` (None while it lasts).

    ``counts`` are the affected conversions a day (days,), None where no count changed. ``reported`` tells that they
    are an ads report's and not the log's own; ``click_dated`` that their newest days are unfinished. ``in_rows`` are
    faults seen in single rows since then, ``ended`` over-counting that ended then. ``part`` is the share of the shop's
    conversions that the affected pixel had: the orders of the whole shop can fall by that share only. ``senders`` is
    how many channels send each of them. ``lone`` tells that a single suspicion is all there is.
    """

    since: date
    until: date | None
    counts: Floats | None = None
    reported: bool = False
    click_dated: bool = False
    in_rows: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    part: float = 1.0
    senders: int = 1
    lone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Daily series on one calendar without gaps, each (days,), NaN where its table says nothing."""

    days: tuple[date, ...]
    series: dict[Sign, Floats] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    def rows(self, since: date, until: date | None) -> tuple[int, int]:
        """First row of the stretch and the row after its last; both within the calendar."""
        first = (since - self.days[0]).days
        last = len(self.days) - 1 if until is None else (until - self.days[0]).days
        return max(0, first), min(len(self.days), max(first, last) + 1)
