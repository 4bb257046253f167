"""The first screen in four answers: what is wrong, since when, what it costs, who does what next."""

from __future__ import annotations

from collections.abc import Iterator

from tiktrack.model.report import Report
from tiktrack.model.words import Outcome
from tiktrack.render import text, view, words
from tiktrack.render.impact import at_stake, impact_lines

_SHOWN = 3


def brief(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Question and the lines of its answer; only questions that have one."""
    known = view.faults(report)
    asked = (
        ("What is wrong", tuple(_wrong(known))),
        ("Since when", tuple(_since(report, known))),
        ("What it costs", tuple(_costs(report, known))),
        ("Who does what next", tuple(_next(known))),
    )
    return tuple((question, lines) for question, lines in asked if known and lines)


def _wrong(known: tuple[view.Fault, ...]) -> Iterator[str]:
    for fault in known[:_SHOWN]:
        yield f"{fault.first.number}. {text.sentence(fault.first.result.title)}"
    if len(known) > _SHOWN:
        yield f"and {len(known) - _SHOWN} more"


def _since(report: Report, known: tuple[view.Fault, ...]) -> Iterator[str]:
    """By incidents where there are any: several faults may have one beginning."""
    open_yet = sorted({(i.since or "")[:10] for i in report.incidents if i.since and i.until is None})
    starts = open_yet or sorted({(fault.since or "")[:10] for fault in known if fault.since})
    if len(starts) == 1:
        yield words.day(starts[0])
    elif starts:
        yield f"Something broke on {len(starts)} days, first on {words.day(starts[0])}, last on {words.day(starts[-1])}"


def _costs(report: Report, known: tuple[view.Fault, ...]) -> Iterator[str]:
    """Exposed spend as a whole, and the dearest fault: sums over faults would count one order twice."""
    spend = report.spend
    if spend.total and spend.measured_correctly is not None:
        wrong = spend.total - spend.measured_correctly
        yield (
            f"{words.money(wrong, spend.currency)} of {words.money(spend.total, spend.currency)} was spent on days and "
            "campaigns whose conversions were measured wrongly"
        )
    confirmed = [i for fault in known for i in fault.items if i.finding.outcome is Outcome.FAILED]
    dearest = max(confirmed, key=lambda i: at_stake(i.finding.impact), default=None)
    if dearest is not None and dearest.finding.impact.value:
        lines = [line for line in impact_lines(dearest.finding) if "of value" in line]
        yield f"The costliest single fault is no. {dearest.number}: {', '.join(lines)}"


def _next(known: tuple[view.Fault, ...]) -> Iterator[str]:
    """For each owner the first thing to fix, in the order of what it gives."""
    seen: set[str] = set()
    for fault in known:
        item = fault.first
        if item.finding.owner not in seen and len(seen) < _SHOWN:
            seen.add(item.finding.owner)
            who, effort = words.label(item.finding.owner), words.effort(item.finding.effort)
            what = "" if item.number <= _SHOWN else f", {text.sentence(item.result.title)}"
            yield f"{who}: start with no. {item.number}{what} ({effort})"
