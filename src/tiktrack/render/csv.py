"""One row a finding as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from tiktrack.model.report import Finding, Impact, Report, RuleResult
from tiktrack.render import text

COLUMNS = (
    "fingerprint", "rule", "title", "family", "symptom", "severity", "outcome", "segment", "message",
    "value", "unit", "interval_low", "interval_high", "limit", "n", "bad", "unknown", "since", "until",
    "confidence", "points", "lifts_cap", "conversions_low", "conversions_likely", "conversions_high",
    "value_low", "value_likely", "value_high", "currency", "spend_exposed", "owner", "effort", "why",
    "fix", "evidence_rows",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(report: Report) -> str:
    """All findings, suppressed ones too, in the order of the rules; text that would be run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in report.results:
        for finding in result.findings:
            writer.writerow([cell(value) for value in _row(result, finding)])
    return out.getvalue()


def _row(result: RuleResult, finding: Finding) -> Iterator[object]:
    """Values in the order of ``COLUMNS``."""
    yield from (finding.fingerprint, result.rule, result.title, result.family, result.symptom)
    yield from (result.severity, finding.outcome, _segment(finding.segment))
    yield from (
        finding.message,
        finding.value,
        finding.unit,
        *(finding.interval or (None, None)),
        finding.limit,
    )
    yield from (finding.n, finding.bad, finding.unknown, finding.since, finding.until, finding.confidence)
    yield from (finding.points, finding.lifts_cap, *_impact(finding.impact))
    yield from (finding.owner, finding.effort, finding.why, finding.fix, finding.evidence.total)


def _segment(segment: dict[str, str]) -> str:
    """The segment as JSON: readable, and exact where characters are hidden."""
    dumped = json.dumps(segment, ensure_ascii=False)
    return "".join(char if text.visible(char) == char else json.dumps(char)[1:-1] for char in dumped)


def _impact(impact: Impact) -> tuple[object, ...]:
    nothing = (None, None, None)
    return (*(impact.conversions or nothing), *(impact.value or nothing), impact.currency, impact.spend)


def cell(value: object) -> object:
    """Numbers as they are; text that begins like a formula gets an apostrophe, as OWASP advises."""
    if not isinstance(value, str):
        return value
    shown = text.paragraph(value)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
