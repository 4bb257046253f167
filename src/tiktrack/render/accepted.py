"""Suppressions in words: what is accepted, until when, what it does to the grade, and those that do nothing."""

from __future__ import annotations

from tiktrack.model.report import Acceptance, Grade, Report
from tiktrack.render import text, words

_STATE = {
    "expired": "expired on {until}, so what it covered counts again",
    "unmatched": "matches no finding: remove it if the fault is fixed, otherwise check its rule and segment",
}


def alarms(report: Report) -> tuple[str, ...]:
    """A sentence for each suppression that is expired or fits nothing; these are shown first, in every face."""
    return tuple(_alarm(item) for item in report.suppressions if item.state in _STATE)


def _alarm(item: Acceptance) -> str:
    state = _STATE[item.state].format(until=words.day(item.until))
    return f"The suppression of {where(item)} {state}. Reason given: {text.sentence(item.reason)}"


def where(item: Acceptance) -> str:
    """The rule, and the segment where it has one."""
    segment = words.segment(item.segment)
    return f"{item.rule} ({segment})" if segment else item.rule


def until(item: Acceptance) -> str:
    """How long a suppression holds."""
    return f"until {words.day(item.until)}" if item.until else "no end date"


def summary(report: Report) -> str:
    """What is accepted, the nearest end, and the grade with it counted; empty where nothing is accepted."""
    active = [item for item in report.suppressions if item.state == "active"]
    count = len({mark for item in active for mark in item.findings})
    if not count:
        return ""
    ends = sorted(item.until for item in active if item.until)
    soonest = f", next expiry {words.day(ends[0])}" if ends else ", no end date"
    other = report.grade_with_suppressed
    counted = f" With {'them' if count > 1 else 'it'}, the grade would be {_grade(other)}." if other else ""
    return f"{count} finding{'s' if count > 1 else ''} accepted and left out of the grade{soonest}.{counted}"


def _grade(grade: Grade) -> str:
    score = "" if grade.score is None else f" {grade.score:.1f}"
    return f"{grade.letter or 'no letter'}{score}"
