"""Findings that began together: one break has many signs, and they belong in one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tiktrack.model.report import Finding, RuleResult
from tiktrack.model.words import Outcome

_APART = 1  # days between beginnings that are still one
_APART_REPORT = 3  # click-dated reports smear a beginning over days
COUNTED = "seen ÷ expected"
"""Unit of findings about counts."""


@dataclass(frozen=True, slots=True)
class Member:
    """A finding with its rule, and the day that it began."""

    result: RuleResult
    finding: Finding
    since: date

    @property
    def counted(self) -> bool:
        """Whether a count went wrong, as against a fault seen in single rows."""
        return self.finding.unit == COUNTED

    @property
    def until(self) -> date | None:
        """Last bad day, None while it lasts."""
        return date.fromisoformat(self.finding.until[:10]) if self.finding.until else None


def clusters(results: Sequence[RuleResult]) -> list[list[Member]]:
    """Groups of findings that began together, each with its main finding first, oldest group first.

    What has been so from the first day of its segment began nowhere and belongs to no incident.
    """
    members = [
        Member(result, finding, began)
        for result in results
        if result.outcome in (Outcome.FAILED, Outcome.WARNED)
        for finding in result.findings
        if (began := _began(finding))
    ]
    members.sort(key=_rank)
    groups: list[list[Member]] = []
    for member in members:
        home = next((group for group in groups if _belongs(member, group[0])), None)
        if home is None:
            groups.append([member])
        else:
            home.append(member)
    return sorted(groups, key=lambda group: (group[0].since, group[0].finding.fingerprint))


def _began(finding: Finding) -> date | None:
    """Day of the beginning; None where there was nothing before it."""
    if finding.since is None or finding.outcome not in (Outcome.FAILED, Outcome.WARNED):
        return None
    since = date.fromisoformat(finding.since[:10])
    with_rows = next((row.day for row in finding.series if row.n > 0 or row.bad > 0), None)
    if with_rows is None or since <= date.fromisoformat(with_rows) + timedelta(days=1):
        return None
    return since


def _rank(member: Member) -> tuple[object, ...]:
    """Main findings first: counts that went wrong, confirmed ones, of the log, of the whole before its parts."""
    finding = member.finding
    return (
        not member.counted,
        finding.outcome is not Outcome.FAILED,
        member.result.table != "events",
        len(finding.segment),
        member.since,
        -finding.loss,
        finding.fingerprint,
    )


def _belongs(member: Member, main: Member) -> bool:
    ours, theirs = member.finding.segment.get("pixel_code"), main.finding.segment.get("pixel_code")
    if ours and theirs and ours != theirs:
        return False
    apart = _APART_REPORT if "ads" in (member.result.table, main.result.table) else _APART
    if abs((member.since - main.since).days) <= apart:
        return True
    # hours of silence inside a break that goes on are the same break
    lasts = main.until is None or member.since <= main.until
    return member.counted and main.counted and main.since <= member.since and lasts
