"""The documented symptoms, each with the worst that its rules say."""

from __future__ import annotations

from collections.abc import Sequence

from tiktrack.model.report import RuleResult, SymptomResult
from tiktrack.model.words import Outcome
from tiktrack.rules.keys import SYMPTOMS

_ORDER = (Outcome.FAILED, Outcome.WARNED, Outcome.PASSED)


def symptoms(results: Sequence[RuleResult]) -> tuple[SymptomResult, ...]:
    """The six documented ones first, always present."""
    found = []
    for symptom, title in SYMPTOMS.items():
        members = [r for r in results if r.symptom == symptom and r.outcome is not Outcome.NOT_APPLICABLE]
        outcomes = {r.outcome for r in members}
        outcome = next((o for o in _ORDER if o in outcomes), Outcome.UNKNOWN)
        speaking = tuple(r.rule for r in members if r.outcome is outcome)
        found.append(SymptomResult(symptom=symptom, title=title, outcome=outcome, rules=speaking))
    return tuple(found)
