"""When things broke and were fixed, on one axis: incidents and faults as spans in percent of the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tiktrack.model.report import Incident, Report
from tiktrack.render import view, words
from tiktrack.render.plot import Tick

_LABELS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """One row; ``open`` spans reach the end because they are not over."""

    label: str
    href: str
    kind: str
    x: float
    width: float
    open: bool
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in the order of their beginning, and dates along the axis."""

    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]


def timeline(report: Report) -> Timeline | None:
    """Everything with a beginning; None where the window is not known or nothing has one."""
    first, last = _date(report.window.since), _date(report.window.until)
    if first is None or last is None or last <= first:
        return None
    spans = [*_incidents(report, first, last), *_faults(report, first, last)]
    return Timeline(tuple(spans), tuple(_ticks(first, last))) if spans else None


def by_beginning(report: Report) -> list[Incident]:
    """Incidents, the earliest first."""
    return sorted(report.incidents, key=lambda incident: incident.since or "")


def _incidents(report: Report, first: date, last: date) -> list[Span]:
    dated = [incident for incident in by_beginning(report) if _date(incident.since)]
    return [_span(i.title, f"#incident-{i.id}", "incident", i.since, i.until, first, last) for i in dated]


def _faults(report: Report, first: date, last: date) -> list[Span]:
    """Faults that began, as far as no incident tells of them."""
    told = {mark for incident in report.incidents for mark in incident.findings}
    dated = [fault for fault in view.faults(report) if _date(fault.since)]
    alone = [fault for fault in dated if not all(item.finding.fingerprint in told for item in fault.items)]
    return [_fault(fault, first, last) for fault in sorted(alone, key=lambda fault: fault.since or "")]


def _fault(fault: view.Fault, first: date, last: date) -> Span:
    item, ends = fault.first, [i.finding.until for i in fault.items]
    until = None if None in ends else max(end for end in ends if end)
    label = f"{item.number}. {item.result.title}"
    return _span(label, f"#{item.anchor}", item.result.severity, fault.since, until, first, last)


def _span(label: str, href: str, kind: str, since: str | None, until: str | None, first: date, last: date) -> Span:
    days = (last - first).days + 1
    begin = min(max(_date(since) or first, first), last)
    end = min(max(_date(until) or last, begin), last)
    x = 100 * (begin - first).days / days
    width = 100 * ((end - begin).days + 1) / days
    return Span(label, href, kind, round(x, 2), round(width, 2), until is None, words.period(since, until))


def _ticks(first: date, last: date) -> list[Tick]:
    days = (last - first).days
    count = min(_LABELS, days + 1)
    offsets = sorted({round(at * days / (count - 1)) for at in range(count)})
    return [Tick(round(100 * offset / days, 2), words.short_day(first + timedelta(days=offset))) for offset in offsets]


def _date(moment: str | None) -> date | None:
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None
