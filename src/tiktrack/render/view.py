"""What every face shows: the verdict in words, and the findings in the order of what fixing them gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiktrack.model.report import Cap, Finding, Incident, Report, RuleResult, SymptomResult
from tiktrack.model.words import Outcome, Severity
from tiktrack.render import words
from tiktrack.render.impact import at_stake

OPEN = frozenset({Outcome.FAILED, Outcome.WARNED})
DOCUMENTED = 6
"""So many symptoms come first in every report; the others are beside them."""

_ANSWERS = {
    "A": "Yes. The tracking is in good shape.",
    "B": "Mostly. There are small faults, but none that changes the picture.",
    "C": "Only with care. Some of these numbers are wrong.",
    "D": "No. Don't rely on these numbers until the faults below are fixed.",
    "F": "No. The tracking is broken where it matters most.",
}

_SERIOUS = "Not fully. Something that matters is wrong."


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its rule; ``number`` is that of its fault and counts from 1, ``place`` its place in the fault."""

    number: int
    result: RuleResult
    finding: Finding
    place: int = 1

    @property
    def anchor(self) -> str:
        """Name of its place in a page."""
        return f"finding-{self.number}" + (f"-{self.place}" if self.place > 1 else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken, however many segments show it: the worst first."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The segment that shows it most."""
        return self.items[0]

    @property
    def others(self) -> tuple[Item, ...]:
        """The further segments."""
        return self.items[1:]

    @property
    def points(self) -> float:
        """What mending all of it gives."""
        return sum(item.finding.points for item in self.items)

    @property
    def since(self) -> str | None:
        """When the first of its segments began; None where one of them was always so."""
        begun = [item.finding.since for item in self.items]
        return None if None in begun else min(moment for moment in begun if moment)


def faults(report: Report) -> tuple[Fault, ...]:
    """What is open, in the order of what mending it gives: confirmed first, then caps, points, severity, money."""
    groups: dict[str, list[tuple[RuleResult, Finding]]] = {}
    for result, finding in _findings(report, OPEN):
        groups.setdefault(result.rule, []).append((result, finding))
    members = [sorted(group, key=lambda pair: _rank([pair])) for group in groups.values()]
    return tuple(
        Fault(tuple(Item(number, result, finding, place) for place, (result, finding) in enumerate(group, 1)))
        for number, group in enumerate(sorted(members, key=_rank), 1)
    )


def ranked(report: Report) -> tuple[Item, ...]:
    """Open findings in the order of their faults."""
    return tuple(item for fault in faults(report) for item in fault.items)


def numbers(report: Report, incident: Incident) -> tuple[int, ...]:
    """Numbers of the faults that belong to an incident."""
    return tuple(fault.first.number for fault in faults(report) if _belongs(fault, incident))


def see(report: Report, symptom: SymptomResult) -> str:
    """``no. 3, 5``: the faults that speak for a symptom; empty where none does."""
    found = ", ".join(str(fault.first.number) for fault in faults(report) if fault.first.result.rule in symptom.rules)
    return f"no. {found}" if found else ""


def _belongs(fault: Fault, incident: Incident) -> bool:
    return any(item.finding.fingerprint in incident.findings for item in fault.items)


def accepted(report: Report) -> tuple[Item, ...]:
    """Suppressed findings, in the order of the rules."""
    pairs = _findings(report, frozenset({Outcome.SUPPRESSED}))
    return tuple(Item(at, result, finding) for at, (result, finding) in enumerate(pairs, 1))


def having(report: Report, *outcomes: Outcome) -> tuple[RuleResult, ...]:
    """Rules with one of these outcomes."""
    return tuple(result for result in report.results if result.outcome in outcomes)


def binding_caps(report: Report) -> tuple[Cap, ...]:
    """The caps that hold the letter where it is: those of the lowest letter."""
    lowest = max((_low(cap.letter) for cap in report.grade.caps), default=(0, 0))
    return tuple(cap for cap in report.grade.caps if _low(cap.letter) == lowest)


def _low(letter: str) -> tuple[int, int]:
    """How low a letter is, for ordering."""
    return "ABCDEF".index(letter[0]), {"+": 0, "": 1, "-": 2}[letter[1:]]


def documented(report: Report) -> tuple[SymptomResult, ...]:
    """The six documented symptoms."""
    return report.symptoms[:DOCUMENTED]


def beside(report: Report) -> tuple[SymptomResult, ...]:
    """Symptoms beyond the documented six."""
    return report.symptoms[DOCUMENTED:]


def _findings(report: Report, outcomes: frozenset[Outcome]) -> Iterator[tuple[RuleResult, Finding]]:
    return ((r, f) for r in report.results for f in r.findings if f.outcome in outcomes)


def _rank(group: list[tuple[RuleResult, Finding]]) -> tuple[object, ...]:
    result = group[0][0]
    found = [finding for _, finding in group]
    return (
        all(f.outcome is not Outcome.FAILED for f in found), not any(f.lifts_cap for f in found),
        -round(sum(f.points for f in found), 2), result.severity.rank, -max(at_stake(f.impact) for f in found),
        result.rule, found[0].fingerprint,
    )  # fmt: skip


def answer(report: Report) -> str:
    """Whether these numbers can be trusted, in a sentence."""
    letter = report.grade.letter
    if letter is None:
        if not report.grade.coverage:
            return "Too early to say. Nothing could be checked."
        wrong = ", and something that matters looks wrong" if _serious(report) else ""
        return f"Too early to say. Only {words.percent(report.grade.coverage)} could be checked{wrong}."
    if letter[0] in "AB" and _serious(report):
        return _SERIOUS  # the average is good, and yet something that matters is broken
    return _ANSWERS[letter[0]]


def _serious(report: Report) -> bool:
    return any(r.outcome is Outcome.FAILED and r.severity in (Severity.CRITICAL, Severity.HIGH) for r in report.results)


def tally(report: Report) -> str:
    """How much is wrong, in a sentence."""
    kinds = [fault.first.finding.outcome is Outcome.FAILED for fault in faults(report)]
    if not kinds:
        some = report.grade.coverage > 0
        return "No faults were found in what was checked." if some else "What is missing is listed below."
    failed, warned = sum(kinds), len(kinds) - sum(kinds)
    if not failed:
        return f"{_count(warned, 'fault', 'faults')} suspected, none confirmed."
    more = f", {warned} suspected" if warned else ""
    return f"{_count(failed, 'fault', 'faults')} confirmed{more}."


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def grade_line(report: Report) -> str:
    """``D, 64.3 of 100 (51 to 69), 86% checked``, the grade as one line."""
    grade = report.grade
    letter = grade.letter or "No grade"
    score = "" if grade.score is None or grade.letter is None else f", {grade.score:.1f} of 100"
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
        return f"{total} was spent; how much of it was measured correctly is unknown."
    return f"{words.percent(spend.share)} of {total} was measured correctly."
