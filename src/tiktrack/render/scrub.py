"""Sentences of a report that is shared: what was replaced in columns is replaced in them too."""

from __future__ import annotations

from dataclasses import replace

from tiktrack.model.report import Report
from tiktrack.render.aliases import Aliases


def scrubbed(report: Report, aliases: Aliases) -> Report:
    """The report with what its sentences tell replaced; ``aliases`` knows what stands in its columns."""
    scrub = aliases.scrub

    def each(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(scrub(line) for line in lines)

    return replace(
        report,
        inputs=tuple(
            replace(i, notes=each(i.notes), rejects=tuple(replace(r, reason=scrub(r.reason)) for r in i.rejects))
            for i in report.inputs
        ),
        results=tuple(
            replace(
                r,
                reason=scrub(r.reason) if r.reason else r.reason,
                findings=tuple(replace(f, message=scrub(f.message)) for f in r.findings),
            )
            for r in report.results
        ),
        incidents=tuple(
            replace(
                i,
                title=scrub(i.title),
                evidence_for=each(i.evidence_for),
                evidence_against=each(i.evidence_against),
                ruled_out=each(i.ruled_out),
            )
            for i in report.incidents
        ),
        unknowns=tuple(
            replace(u, what=scrub(u.what), why=scrub(u.why), how_to_get=scrub(u.how_to_get) if u.file else u.how_to_get)
            for u in report.unknowns
        ),
        notes=each(report.notes),
    )
