"""What of a finding's daily counts is drawn: the values, the limit, the healthy band and the onset."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiktrack.model.report import DayCount, Finding

_BLOCKS = "▁▂▃▄▅▆▇█"
_LEAST_DAYS = 7  # fewer days before the onset say nothing about what is usual


@dataclass(frozen=True, slots=True)
class Daily:
    """Values a day (None: no rows that day) in the unit of the finding; ``band`` is what is healthy."""

    days: tuple[str, ...]
    values: tuple[float | None, ...]
    percent: bool
    limit: float | None
    band: tuple[float, float] | None
    marked: tuple[bool, ...]

    @property
    def top(self) -> float:
        """Upper end of the scale; never 0."""
        known = [value for value in self.values if value is not None]
        ends = [*known, self.limit or 0.0, self.band[1] if self.band else 0.0]
        return min(1.0, max(ends) * 1.08) if self.percent and max(ends) > 0 else max(ends) * 1.08 or 1.0


def daily(finding: Finding) -> Daily | None:
    """The series to draw; None where there are fewer than two days."""
    if len(finding.series) < 2:
        return None
    quotient = finding.unit in ("share", "ratio")
    counts = any(day.bad for day in finding.series)
    values = tuple(_quotient(day) if quotient else (day.bad if counts else day.n) for day in finding.series)
    days = tuple(day.day for day in finding.series)
    limit = _limit(finding) if quotient else None
    marked = tuple(_bad(finding, day) for day in days)
    known = [value for value, bad in zip(values, marked, strict=True) if value is not None and not bad]
    band = _within(finding, limit, max(known, default=0.0)) if limit is not None else _usual(known)
    return Daily(days, values, finding.unit == "share", limit, band, marked)


def _quotient(day: DayCount) -> float | None:
    return day.bad / day.n if day.n else None


def _bad(finding: Finding, day: str) -> bool:
    """Whether a day belongs to the finding's stretch; without a beginning all of them do."""
    since, until = (finding.since or "")[:10], (finding.until or "9999")[:10]
    return since <= day <= until


def _limit(finding: Finding) -> float | None:
    match = re.fullmatch(r"[<>]=?\s*(-?\d+(?:\.\d+)?)\s*(%?)", (finding.limit or "").strip())
    return float(match[1]) / (100 if match[2] else 1) if match else None


def _within(finding: Finding, limit: float, highest: float) -> tuple[float, float]:
    """The good side of a limit."""
    falls = (finding.limit or "").lstrip().startswith("<")
    return (limit, max(limit * 2, highest)) if falls else (0.0, limit)


def _usual(known: list[float]) -> tuple[float, float] | None:
    """The middle eight tenths of the days outside the finding."""
    if len(known) < _LEAST_DAYS:
        return None
    ordered = sorted(known)
    cut = len(ordered) // 10
    return ordered[cut], ordered[-1 - cut]


def spark(shown: Daily, width: int = 40) -> str:
    """The newest values as block characters; a day without rows is a gap."""
    values = shown.values[-width:]
    return "".join(" " if value is None else _BLOCKS[min(7, int(8 * value / shown.top))] for value in values)
