"""What every face shows: the verdict in words, and the findings in the order of what fixing them gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiktrack.model import Finding, Outcome, Report, RuleResult, Severity, SymptomResult
from tiktrack.render import words
from tiktrack.render.impact import at_stake

OPEN = frozenset({Outcome.FAILED, Outcome.WARNED})
DOCUMENTED = 6
"""So many symptoms come first in every report; the others are beside them."""

_ANSWERS = {
    "A": "Yes: the tracking is in order.",
    "B": "Mostly: small faults, none that turns the picture.",
    "C": "Only with care: parts of them are wrong.",
    "D": "No, not before the faults below are mended.",
    "F": "No: the tracking is broken where it matters.",
}

_SERIOUS = "Not all of them: parts that matter are broken."


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its rule; ``number`` counts from 1 in the order of the report."""

    number: int
    result: RuleResult
    finding: Finding

    @property
    def anchor(self) -> str:
        """Name of its place in a page."""
        return f"finding-{self.number}"


def ranked(report: Report) -> tuple[Item, ...]:
    """Open findings: what holds the grade down first, then points to gain, severity, money."""
    pairs = sorted(_findings(report, OPEN), key=lambda pair: _rank(*pair))
    return tuple(Item(at, result, finding) for at, (result, finding) in enumerate(pairs, 1))


def accepted(report: Report) -> tuple[Item, ...]:
    """Suppressed findings, in the order of the rules."""
    pairs = _findings(report, frozenset({Outcome.SUPPRESSED}))
    return tuple(Item(at, result, finding) for at, (result, finding) in enumerate(pairs, 1))


def having(report: Report, *outcomes: Outcome) -> tuple[RuleResult, ...]:
    """Rules with one of these outcomes."""
    return tuple(result for result in report.results if result.outcome in outcomes)


def documented(report: Report) -> tuple[SymptomResult, ...]:
    """The six documented symptoms."""
    return report.symptoms[:DOCUMENTED]


def beside(report: Report) -> tuple[SymptomResult, ...]:
    """Symptoms beyond the documented six."""
    return report.symptoms[DOCUMENTED:]


def _findings(report: Report, outcomes: frozenset[Outcome]) -> Iterator[tuple[RuleResult, Finding]]:
    return ((r, f) for r in report.results for f in r.findings if f.outcome in outcomes)


def _rank(result: RuleResult, finding: Finding) -> tuple[object, ...]:
    return (
        not finding.lifts_cap, -finding.points, result.severity.rank, finding.outcome is not Outcome.FAILED,
        -at_stake(finding.impact), result.rule, finding.fingerprint,
    )  # fmt: skip


def answer(report: Report) -> str:
    """Whether these numbers can be trusted, in a sentence."""
    letter = report.grade.letter
    if letter is None:
        return f"That cannot be said yet: {words.percent(report.grade.coverage)} could be checked."
    if letter[0] in "AB" and _serious(report):
        return _SERIOUS  # the average is good, and yet something that matters is broken
    return _ANSWERS[letter[0]]


def _serious(report: Report) -> bool:
    return any(r.outcome is Outcome.FAILED and r.severity in (Severity.CRITICAL, Severity.HIGH) for r in report.results)


def tally(report: Report) -> str:
    """How much is wrong, in a sentence."""
    items = ranked(report)
    failed = sum(item.finding.outcome is Outcome.FAILED for item in items)
    warned = len(items) - failed
    if not items:
        return "Nothing wrong was found in what was checked."
    parts = [
        _count(failed, "finding is", "findings are", "confirmed"),
        _count(warned, "is", "are", "suspected"),
    ]
    if not failed:
        parts[1] = _count(warned, "finding is", "findings are", "suspected")
    return " and ".join(part for part in parts if part) + "."


def _count(count: int, one: str, many: str, what: str) -> str:
    return f"{count} {one if count == 1 else many} {what}" if count else ""


def grade_line(report: Report) -> str:
    """``D, 64.3 of 100 (51 to 69), 86% checked``, the grade as one line."""
    grade = report.grade
    letter = grade.letter or "No grade"
    score = "" if grade.score is None else f", {grade.score:.1f} of 100"
    provisional = ", provisional" if grade.letter and grade.provisional else ""
    bounds = f"({grade.floor:.0f} to {grade.ceiling:.0f})"
    return f"{letter}{score} {bounds}, {words.percent(grade.coverage)} checked{provisional}"


def spend_line(report: Report) -> str:
    """Spend measured correctly as one line; empty where there is no spend."""
    spend = report.spend
    if spend.total is None:
        return ""
    total = words.money(spend.total, spend.currency)
    if spend.share is None:
        return f"{total} was spent; how much of it was measured correctly is not known."
    return f"{words.percent(spend.share)} of {total} was measured correctly."
