"""What a group of findings says went wrong, as the diagnosis takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tiktrack.audit.incidents.group import Member
from tiktrack.audit.incidents.read import Store
from tiktrack.audit.incidents.select import BOTH, CONVERSION, log_signs, report_signs
from tiktrack.audit.incidents.signs import Signs, Symptom
from tiktrack.audit.incidents.timeline import Timeline
from tiktrack.audit.runs import Floats
from tiktrack.audit.series import WHOLE
from tiktrack.model.words import Outcome, Severity

_LEAST_PART = 0.05
_CERTAIN = ("high", "confirmed")


def symptom_of(group: Sequence[Member], ended: Sequence[Member], line: Timeline) -> Symptom:
    """The symptom of a group; its first member is the main one."""
    main = group[0]
    open_yet = any(m.until is None for m in group)
    until = None if open_yet else max(m.until for m in group if m.until)
    in_rows = [m for m in group if _proves(m)]
    if main.result.table == "ads":
        lone = len(group) == 1 and main.finding.outcome is Outcome.WARNED
        told = report_symptom(main.since, until, _counts(main, line), line, tuple(map(_said, in_rows)))
        return replace(told, lone=lone)
    return log_symptom(
        main.since,
        until,
        _counts(main, line),
        line,
        main.finding.segment,
        in_rows=tuple(map(_said, in_rows)),
        ended=tuple(map(_said, ended)),
    )


def _proves(member: Member) -> bool:
    """Whether single rows show a fault of the tracking; what is worth knowing and no more (info) is none."""
    seen = not member.counted and member.result.table != "ads" and member.finding.confidence in _CERTAIN
    return seen and member.result.severity is not Severity.INFO


def signs_of(group: Sequence[Member], line: Timeline) -> Signs:
    """The series that can testify about a group."""
    main = group[0]
    if not main.counted:
        return Signs(days=line.days, changes=line.store.changes)
    if main.result.table != "ads":
        return log_signs(line, main.finding.segment)
    campaigns = {m.finding.segment.get("campaign") for m in group if m.result.table == "ads" and m.counted}
    return report_signs(line, lambda name: name in campaigns or bool({None, WHOLE} & campaigns))


def report_symptom(
    since: date, until: date | None, counts: Floats | None, line: Timeline, in_rows: tuple[str, ...] = ()
) -> Symptom:
    """Conversions in the report that went wrong; ``counts`` as they stand there, unfinished days and all."""
    full = line.matured(counts) if counts is not None and line.click_dated else counts
    return Symptom(since=since, until=until, counts=full, reported=True, click_dated=line.click_dated, in_rows=in_rows)


def log_symptom(
    since: date,
    until: date | None,
    counts: Floats | None,
    line: Timeline,
    segment: Mapping[str, str],
    *,
    in_rows: tuple[str, ...] = (),
    ended: tuple[str, ...] = (),
    senders: int = 1,
) -> Symptom:
    """Conversions of the log that went wrong; ``senders`` is how many channels their counts add up."""
    return Symptom(
        since=since,
        until=until,
        counts=None if counts is None else line.whole_days("events", counts),
        in_rows=in_rows,
        ended=ended,
        part=_part(line.store, since, segment),
        senders=senders,
    )


def _counts(main: Member, line: Timeline) -> Floats | None:
    if not main.counted:
        return None
    return line.placed({date.fromisoformat(row.day): row.bad for row in main.finding.series})


def _said(member: Member) -> str:
    where = ", ".join(member.finding.segment.values())
    return f"{member.result.title}{f' ({where})' if where else ''}: {member.finding.message}"


def senders_of(store: Store, segment: Mapping[str, str]) -> int:
    """How many channels send the conversions of a segment."""
    pixel, event = segment.get("pixel_code"), segment.get("event")
    ours = (k for k in store.events if k[2] == CONVERSION and pixel in (None, k[0]) and event in (None, k[3]))
    return max(1, len({key[1] for key in ours} & set(BOTH)))


def _part(store: Store, since: date, segment: Mapping[str, str]) -> float:
    """Share of all pixels' conversions before it began that the segment's pixel had."""
    pixel, event = segment.get("pixel_code"), segment.get("event")
    sums: dict[str, float] = {}
    for key, by_day in store.events.items():
        if key[2] == CONVERSION and event in (None, key[3]):
            sums[key[0]] = sums.get(key[0], 0.0) + sum(n for day, n in by_day.items() if day < since)
    total = sum(sums.values())
    return 1.0 if pixel is None or not total else max(sums.get(pixel, 0.0) / total, _LEAST_PART)
