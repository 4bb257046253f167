"""What every detector is given besides its series, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tiktrack.audit.judge import Verdict
from tiktrack.audit.series import Series
from tiktrack.detect.records import Completeness, Level
from tiktrack.model.rule import Detect, Rule
from tiktrack.model.words import Outcome
from tiktrack.public_holidays import NOBODY, Calendar

Judged = list[tuple[Series, Verdict]]

OUTCOMES = {
    Level.CONFIRMED: Outcome.FAILED,
    Level.SUSPECT: Outcome.WARNED,
    Level.NONE: Outcome.PASSED,
    Level.UNKNOWN: Outcome.UNKNOWN,
}
RECENT_DAYS = 7
"""What ended longer ago is worth telling, but no reason for an alarm today."""


@dataclass(frozen=True, slots=True)
class Present:
    """The newest day, the days that the table covers only in part, the shop's orders a day (its witness), the clicks on
    the ads a day, how late the account's conversions come, and its people's public holidays."""

    as_of: date | None = None
    partial: frozenset[date] = frozenset()
    orders: Mapping[date, float] = field(default_factory=dict)
    clicks: Mapping[date, float] = field(default_factory=dict)
    completeness: Completeness | None = None
    holidays: Calendar = NOBODY


Detector = Callable[[Rule, list[Series], Present], Judged]


def unknown(n: float, bad: float, reason: str) -> Verdict:
    """Not enough to judge by."""
    return Verdict(Outcome.UNKNOWN, None, n, bad, 0.0, reason=reason)


def param(rule: Rule, name: str) -> object:
    """A setting of the rule's ``detect`` mapping; None where it has none."""
    return dict(rule.measure.params).get(name) if isinstance(rule.measure, Detect) else None
