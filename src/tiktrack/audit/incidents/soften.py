"""A drop that has a cause outside the tracking turns nothing red: it stays a finding, as a warning without loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiktrack.audit.incidents.expected import Cause
from tiktrack.audit.incidents.group import COUNTED
from tiktrack.model.report import Finding, Incident, RuleResult
from tiktrack.model.words import Outcome

_OUTSIDE = {
    Cause.DEMAND: "the shop itself sold less",
    Cause.DELIVERY_CHANGE: "delivery changed that day",
    Cause.REPORTING_LAG: "these days are not yet fully reported",
    Cause.ATTRIBUTION_CHANGE: "attribution changed that day",
    Cause.TRACKING_FIX: "overcounting ended that day",
}


def softened(results: Sequence[RuleResult], incidents: Sequence[Incident]) -> list[RuleResult]:
    """The results, with the counted findings of such incidents as warnings that cost nothing."""
    words = {
        mark: _OUTSIDE[Cause(incident.cause)]
        for incident in incidents
        if incident.cause in _OUTSIDE
        for mark in incident.findings
    }
    return [_softened(result, words) if words else result for result in results]


def _softened(result: RuleResult, words: dict[str, str]) -> RuleResult:
    hit = [f for f in result.findings if f.fingerprint in words and f.unit == COUNTED]
    if not hit:
        return result
    found = tuple(_warning(f, words[f.fingerprint]) if f in hit else f for f in result.findings)
    failed = any(f.outcome is Outcome.FAILED for f in found)
    loss = max(0.0, result.loss - sum(f.part * f.loss for f in hit))
    return replace(
        result,
        findings=found,
        loss=loss,
        outcome=Outcome.FAILED if failed else Outcome.WARNED,
        cap=result.cap if failed else None,
    )


def _warning(finding: Finding, why: str) -> Finding:
    return replace(finding, outcome=Outcome.WARNED, loss=0.0, message=f"{finding.message} But {why}: see the incident.")
