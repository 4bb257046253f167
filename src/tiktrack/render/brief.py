"""The first screen in four lines: what is wrong, since when, what it costs, who does what next."""

from __future__ import annotations

from collections.abc import Iterator

from tiktrack.model import Outcome, Report
from tiktrack.render import text, view, words
from tiktrack.render.impact import at_stake, impact_lines

_SHOWN = 3


def brief(report: Report) -> tuple[tuple[str, str], ...]:
    """Question and answer; only questions that have an answer."""
    known = view.faults(report)
    if not known:
        return ()
    asked = (
        ("What is wrong", _wrong(known)),
        ("Since when", _since(report, known)),
        ("What it costs", _costs(report, known)),
        ("Who does what next", "; ".join(_next(known)) + "."),
    )
    return tuple((question, answer) for question, answer in asked if answer)


def _wrong(known: tuple[view.Fault, ...]) -> str:
    titles = [text.sentence(fault.first.result.title) for fault in known[:_SHOWN]]
    more = f"; and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return "; ".join(titles) + more + "."


def _since(report: Report, known: tuple[view.Fault, ...]) -> str:
    """By incidents where there are any: several faults may have one beginning."""
    open_yet = sorted({(i.since or "")[:10] for i in report.incidents if i.since and i.until is None})
    starts = open_yet or sorted({(fault.since or "")[:10] for fault in known if fault.since})
    if not starts:
        return ""
    if len(starts) == 1:
        return f"{words.day(starts[0])}."
    times = f"{len(starts)} times" if open_yet else f"on {len(starts)} days"
    return f"Something broke {times}: first on {words.day(starts[0])}, last on {words.day(starts[-1])}."


def _costs(report: Report, known: tuple[view.Fault, ...]) -> str:
    """Exposed spend as a whole, and the dearest fault: sums over faults would count one order twice."""
    parts = []
    spend = report.spend
    if spend.total and spend.measured_correctly is not None:
        wrong = spend.total - spend.measured_correctly
        parts.append(
            f"{words.money(wrong, spend.currency)} of {words.money(spend.total, spend.currency)} went to days and "
            "campaigns whose conversions were measured wrongly"
        )
    confirmed = [i for fault in known for i in fault.items if i.finding.outcome is Outcome.FAILED]
    dearest = max(confirmed, key=lambda i: at_stake(i.finding.impact), default=None)
    if dearest is not None and dearest.finding.impact.value:
        lines = [line for line in impact_lines(dearest.finding) if "of value" in line]
        parts.append(f"the dearest single fault is no. {dearest.number}: {', '.join(lines)}")
    return "; ".join(parts) + "." if parts else ""


def _next(known: tuple[view.Fault, ...]) -> Iterator[str]:
    """For each owner the first thing to mend, in the order of what it gives."""
    seen: set[str] = set()
    for fault in known:
        item = fault.first
        if item.finding.owner not in seen and len(seen) < _SHOWN:
            seen.add(item.finding.owner)
            who, effort = words.label(item.finding.owner), words.effort(item.finding.effort)
            yield f"{who}: no. {item.number}, {text.sentence(item.result.title)} ({effort})"
