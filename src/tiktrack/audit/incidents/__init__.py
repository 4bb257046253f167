"""Incidents: findings put together, each with the likeliest cause and what speaks for and against it.

``group`` puts findings together that began together, ``select`` picks the series that can testify, ``diagnose`` weighs
the causes by the table in ``expected``, ``words`` says it. A cause that nothing could show is never named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tiktrack.audit.incidents.diagnose import diagnose
from tiktrack.audit.incidents.group import Member, clusters
from tiktrack.audit.incidents.read import Store, read
from tiktrack.audit.incidents.select import calendar, signs_of, symptom_of
from tiktrack.audit.incidents.words import against_it, for_it, ruled_out
from tiktrack.model import Incident, RuleResult

__all__ = ["Store", "incidents", "read"]


def incidents(results: Sequence[RuleResult], store: Store) -> tuple[Incident, ...]:
    """One incident for each group of findings that began together, oldest first."""
    days = calendar(store)
    groups = clusters(results) if days else []
    every = [member for group in groups for member in group]
    return tuple(_incident(group, every, store) for group in groups)


def _incident(group: list[Member], every: list[Member], store: Store) -> Incident:
    days, main = calendar(store), group[0]
    symptom = symptom_of(group, _ended(main, every), store, days)
    signs = signs_of(group, store, days)
    found = diagnose(symptom, signs)
    open_yet = any(m.finding.until is None for m in group)
    return Incident(
        id=f"{main.since.isoformat()}-{main.finding.fingerprint[:6]}",
        cause=found.cause.value,
        title=_title(group),
        since=main.finding.since,
        until=None if open_yet else max(m.finding.until for m in group if m.finding.until),
        findings=tuple(m.finding.fingerprint for m in group),
        evidence_for=for_it(found, symptom, signs),
        evidence_against=against_it(found),
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
    return f"{main.result.title}{f' ({where})' if where else ''}{more}"
