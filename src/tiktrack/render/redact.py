"""``--redact``: the report without what identifies an account, for showing it to others.

Names, ids, hosts, pages and files get stand-ins that are the same wherever the value was the same, so that rows and
findings can still be joined inside the report. Numbers, days, standard event names and texts of rules stay.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tiktrack.model.report import Acceptance, Evidence, Finding, Incident, InputRead, Report, RuleResult, Unknown
from tiktrack.model.words import Outcome
from tiktrack.render import words
from tiktrack.render.aliases import Aliases
from tiktrack.render.scrub import scrubbed

_REASON = "left out of this copy"


def redact(report: Report, key: bytes) -> Report:
    """The report with stand-ins; ``key`` is random and thrown away, so that no id can be guessed from its hash."""
    aliases = Aliases(key)
    shaped = _structures(report, aliases)  # first what has columns: then sentences are searched for the same values
    made = scrubbed(shaped, aliases)
    return replace(made, redacted=aliases.counts, notes=(*made.notes, _said(aliases.counts)))


def _said(counts: dict[str, int]) -> str:
    listed = ", ".join(f"{count} × {words.key(column)}" for column, count in counts.items())
    return (
        f"Redacted for sharing. Replaced: {listed or 'no values'}; reasons of suppressions and column headings were "
        "left out. A placeholder means the same value throughout this report; other reports use different "
        "placeholders and fingerprints."
    )


def _structures(report: Report, aliases: Aliases) -> Report:
    return replace(
        report,
        inputs=tuple(_input(item, aliases) for item in report.inputs),
        results=tuple(_result(item, aliases) for item in report.results),
        incidents=tuple(_incident(item, aliases) for item in report.incidents),
        unknowns=tuple(_unknown(item, aliases) for item in report.unknowns),
        suppressions=tuple(_acceptance(item, aliases) for item in report.suppressions),
        totals=_tree("", report.totals, aliases),
        power=tuple(replace(item, segment=_segment(item.segment, aliases)) for item in report.power),
    )


def _input(item: InputRead, aliases: Aliases) -> InputRead:
    return replace(item, path=aliases.text("source_file", item.path), mapping={})


def _result(item: RuleResult, aliases: Aliases) -> RuleResult:
    reason = _REASON if item.outcome is Outcome.SUPPRESSED else item.reason
    return replace(
        item,
        reason=reason,
        findings=tuple(_finding(found, aliases) for found in item.findings),
        passed=None if item.passed is None else tuple(map(aliases.token, item.passed)),
        undecided=tuple(map(aliases.token, item.undecided)),
    )


def _finding(item: Finding, aliases: Aliases) -> Finding:
    return replace(
        item,
        fingerprint=aliases.token(item.fingerprint),
        segment=_segment(item.segment, aliases),
        evidence=_evidence(item.evidence, aliases),
    )


def _segment(segment: dict[str, str], aliases: Aliases) -> dict[str, str]:
    return {key: aliases.text(key, value) for key, value in segment.items()}


def _evidence(item: Evidence, aliases: Aliases) -> Evidence:
    rows = (
        tuple(aliases.cell(column, value) for column, value in zip(item.columns, row, strict=True)) for row in item.rows
    )
    return replace(item, rows=tuple(rows))


def _incident(item: Incident, aliases: Aliases) -> Incident:
    return replace(item, id=aliases.token(item.id), findings=tuple(aliases.token(mark) for mark in item.findings))


def _acceptance(item: Acceptance, aliases: Aliases) -> Acceptance:
    findings = tuple(aliases.token(mark) for mark in item.findings)
    return replace(item, segment=_segment(item.segment, aliases), reason=_REASON, findings=findings)


def _unknown(item: Unknown, aliases: Aliases) -> Unknown:
    if item.file is None:
        return item
    alias = aliases.text("source_file", item.file)
    return replace(item, what=alias, file=alias)


def _tree(key: str, value: Any, aliases: Aliases) -> Any:
    """Totals: a tree of numbers; where it holds text, its key is the column, or the text is a sentence or a code."""
    if isinstance(value, dict):
        return {name: _tree(name, item, aliases) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tree(key, item, aliases) for item in value]
    if not isinstance(value, str):
        return value
    return aliases.cell(key, value) if aliases.knows(key) else aliases.scrub(value)
