"""Incidents: findings put together, each with the likeliest cause and what speaks for and against it.

``group`` puts findings together that began together, ``select`` picks the series that can testify, ``diagnose`` weighs
the causes by the table in ``expected``, ``words`` says it, ``soften`` takes the red from what is no fault. A cause that
nothing could show is never named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tiktrack.audit.incidents.diagnose import Diagnosis, diagnose
from tiktrack.audit.incidents.expected import Cause
from tiktrack.audit.incidents.explained import TOLD, Explained, explained
from tiktrack.audit.incidents.group import Member, clusters
from tiktrack.audit.incidents.read import Store, read
from tiktrack.audit.incidents.signs import Signs, Symptom
from tiktrack.audit.incidents.soften import softened
from tiktrack.audit.incidents.symptoms import signs_of, symptom_of
from tiktrack.audit.incidents.timeline import Timeline
from tiktrack.audit.incidents.unlogged import unlogged
from tiktrack.audit.incidents.words import against_it, for_it, ruled_out
from tiktrack.model.report import Incident, RuleResult

_EARLY = timedelta(days=1)
__all__ = ["Store", "incidents", "read", "softened"]


def incidents(results: Sequence[RuleResult], store: Store) -> tuple[Incident, ...]:
    """One incident for each group of findings that began together, and for each drop that has a cause outside the
    tracking; oldest first.
    """
    line = Timeline(store)
    if not line.days:
        return ()
    groups = clusters(results)
    every = [member for group in groups for member in group]
    cases = [(group, _of_group(group, every, line)) for group in groups]
    part_of_it = {id(group) for group, incident in cases if Cause(incident.cause) in TOLD and _only_counts(group)}
    told = [group[0].since for group in groups if group[0].counted and id(group) not in part_of_it]
    found = []
    for drop in explained(line, told):
        within = [group for group, _ in cases if id(group) in part_of_it and _within(drop, group)]
        part_of_it -= {id(group) for group in within}
        cases = [case for case in cases if not any(case[0] is group for group in within)]
        found.append(_of_drop(drop, [member for group in within for member in group]))
    found += [incident for _, incident in cases]
    return tuple(sorted(found, key=lambda incident: (incident.since or "", incident.id)))


def _only_counts(group: list[Member]) -> bool:
    return all(member.counted for member in group)


def _within(drop: Explained, group: list[Member]) -> bool:
    """Whether a group began during a drop of the same pixel: hours of silence and drops of one channel are parts of it,
    whichever days they were seen on.
    """
    since, until = drop.symptom.since, drop.symptom.until
    pixel = group[0].finding.segment.get("pixel_code", drop.pixel)
    return pixel == drop.pixel and since - _EARLY <= group[0].since and (until is None or group[0].since <= until)


def _of_group(group: list[Member], every: list[Member], line: Timeline) -> Incident:
    main = group[0]
    symptom, signs = symptom_of(group, _ended(main, every), line), signs_of(group, line)
    open_yet = any(m.finding.until is None for m in group)
    return _incident(
        f"{main.since.isoformat()}-{main.finding.fingerprint[:6]}",
        _title(group),
        (main.finding.since, None if open_yet else max(m.finding.until for m in group if m.finding.until)),
        tuple(m.finding.fingerprint for m in group),
        (diagnose(symptom, signs), symptom, signs),
        unlogged(group, line.store),
    )


def _of_drop(drop: Explained, members: list[Member]) -> Incident:
    symptom = drop.symptom
    until = symptom.until.isoformat() if symptom.until else None
    return _incident(
        f"{symptom.since.isoformat()}-{drop.found.cause.value}",
        f"{drop.what} fell by {100 * (1 - drop.ratio):.0f}%, and tracking looks sound",
        (symptom.since.isoformat(), until),
        tuple(member.finding.fingerprint for member in members),
        (drop.found, symptom, drop.signs),
    )


def _incident(
    name: str,
    title: str,
    span: tuple[str | None, str | None],
    findings: tuple[str, ...],
    case: tuple[Diagnosis, Symptom, Signs],
    doubts: tuple[str, ...] = (),
) -> Incident:
    found, symptom, signs = case
    return Incident(
        id=name,
        cause=found.cause.value,
        title=title,
        since=span[0],
        until=span[1],
        findings=findings,
        evidence_for=for_it(found, symptom, signs),
        evidence_against=(*against_it(found), *doubts),
        ruled_out=ruled_out(found),
    )


def _ended(main: Member, every: list[Member]) -> list[Member]:
    """Over-counting of the same pixel that was over when the main finding began."""
    pixel = main.finding.segment.get("pixel_code")
    return [
        m
        for m in every
        if m.result.symptom == "duplicates"
        and m.until is not None
        and abs((m.until + timedelta(days=1) - main.since).days) <= 1
        and pixel in (None, m.finding.segment.get("pixel_code", pixel))
    ]


def _title(group: list[Member]) -> str:
    main = group[0]
    where = ", ".join(main.finding.segment.values())
    rest = len(group) - 1
    more = "" if not rest else f", and {rest} other sign{'s' if rest > 1 else ''}"
    named = where if where.startswith("(") else f"({where})"
    return f"{main.result.title}{f' {named}' if where else ''}{more}"
