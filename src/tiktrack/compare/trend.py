"""Many dated reports over time, without a database: a folder of JSON files is the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiktrack.model.report import Report
from tiktrack.model.words import Outcome


@dataclass(frozen=True, slots=True)
class Point:
    """One audit of a series."""

    as_of: str
    letter: str | None
    score: float | None
    coverage: float
    failed: int
    warned: int


def points(reports: Iterable[Report]) -> list[Point]:
    """One point a day, the newest report of a day wins; oldest first."""
    by_day: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: r.made_at):
        if report.as_of:
            by_day[report.as_of] = report
    return [_point(day, report) for day, report in sorted(by_day.items())]


def _point(day: str, report: Report) -> Point:
    outcomes = [result.outcome for result in report.results]
    return Point(
        day,
        report.grade.letter,
        report.grade.score,
        report.grade.coverage,
        outcomes.count(Outcome.FAILED),
        outcomes.count(Outcome.WARNED),
    )
