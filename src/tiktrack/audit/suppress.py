"""Accepted findings: taken out of the grade, but kept and counted. One that is expired or matches nothing is loud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tiktrack.model import Finding, Outcome, RuleResult
from tiktrack.settings import Suppression


def apply(results: Sequence[RuleResult], suppressions: Sequence[Suppression], as_of: date | None) -> tuple[list[RuleResult], list[str]]:
    """Results with suppressed findings marked, and notes about suppressions that do nothing."""
    notes = []
    changed = list(results)
    for item in suppressions:
        name = f"suppression of {item.rule}" + (f" {item.segment}" if item.segment else "")
        if item.until and as_of and as_of > item.until:
            notes.append(f"{name} expired on {item.until}: the finding counts again (reason was: {item.reason})")
            continue
        hit = False
        for i, result in enumerate(changed):
            if result.rule == item.rule:
                changed[i], matched = _mark(result, item)
                hit = hit or matched
        if not hit:
            notes.append(f"{name} matches nothing: remove it, or check its rule and segment")
    return changed, notes


def _mark(result: RuleResult, item: Suppression) -> tuple[RuleResult, bool]:
    findings = tuple(replace(f, outcome=Outcome.SUPPRESSED) if _matches(f, item) else f for f in result.findings)
    left = [f.outcome for f in findings if f.outcome is not Outcome.SUPPRESSED]
    if len(left) == len([f for f in result.findings if f.outcome is not Outcome.SUPPRESSED]):
        return result, False
    if not left:
        return replace(result, findings=findings, outcome=Outcome.SUPPRESSED, cap=None, reason=item.reason), True
    worst = Outcome.FAILED if Outcome.FAILED in left else Outcome.WARNED
    loss = max(f.loss for f in findings if f.outcome is not Outcome.SUPPRESSED)
    return replace(result, findings=findings, outcome=worst, loss=min(loss, result.loss)), True


def _matches(found: Finding, item: Suppression) -> bool:
    return all(found.segment.get(key) == value for key, value in item.segment.items())
