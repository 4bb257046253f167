"""Accepted findings: taken out of the grade, but kept and counted. One that is expired or matches nothing is loud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tiktrack.model.report import Acceptance, Finding, RuleResult
from tiktrack.model.words import JUDGED, Outcome
from tiktrack.settings import Suppression


def apply(
    results: Sequence[RuleResult], suppressions: Sequence[Suppression], as_of: date | None
) -> tuple[list[RuleResult], tuple[Acceptance, ...]]:
    """Results with suppressed findings marked, and what became of each suppression; ``as_of`` decides what is over."""
    changed = {result.rule: result for result in results}
    uses = []
    for item in suppressions:
        result = changed.get(item.rule)
        expired = item.until is not None and as_of is not None and as_of > item.until
        hit = [f for f in result.findings if _matches(f, item)] if result and not expired else []
        if result and hit:
            changed[item.rule] = _marked(result, hit, item.reason)
        uses.append(_use(item, result, expired, hit))
    return [changed[result.rule] for result in results], tuple(uses)


def _use(item: Suppression, result: RuleResult | None, expired: bool, hit: Sequence[Finding]) -> Acceptance:
    judged = result is not None and result.outcome in JUDGED | {Outcome.SUPPRESSED}
    state = "expired" if expired else "active" if hit else "unmatched" if judged else "not_judged"
    return Acceptance(
        rule=item.rule,
        segment=item.segment,
        reason=item.reason,
        until=item.until.isoformat() if item.until else None,
        state=state,
        findings=tuple(f.fingerprint for f in hit),
    )


def _marked(result: RuleResult, hit: Sequence[Finding], reason: str) -> RuleResult:
    """The result with these findings suppressed; what is left decides its outcome and its loss."""
    taken = {f.fingerprint for f in hit}
    findings = tuple(replace(f, outcome=Outcome.SUPPRESSED) if f.fingerprint in taken else f for f in result.findings)
    left = [f for f in findings if f.outcome is not Outcome.SUPPRESSED]
    if not left:
        return replace(result, findings=findings, outcome=Outcome.SUPPRESSED, cap=None, reason=reason)
    failed = any(f.outcome is Outcome.FAILED for f in left)
    return replace(
        result,
        findings=findings,
        outcome=Outcome.FAILED if failed else Outcome.WARNED,
        loss=min(result.loss, _loss(findings, left)),
        cap=result.cap if failed else None,
    )


def _loss(findings: Sequence[Finding], left: Sequence[Finding]) -> float:
    """Mean loss of the segments that still count, passed ones too; the worst of them where parts are not known."""
    part = 1.0 - sum(f.part for f in findings if f.outcome is Outcome.SUPPRESSED)
    worst = max(f.loss for f in left)
    return min(worst, sum(f.part * f.loss for f in left) / part) if part > 0 else worst


def _matches(found: Finding, item: Suppression) -> bool:
    return all(found.segment.get(key) == value for key, value in item.segment.items())
