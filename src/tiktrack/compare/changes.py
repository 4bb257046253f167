"""What changed between two audits: new, fixed, worse, better, same, no longer checked.

Only rules judged in both are compared: a rule that could not be judged this time is never called fixed. A value
that lies inside the interval of the earlier one is the same: noise is no regression.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.model import JUDGED, Finding, Outcome, Report, RuleResult, Severity

_BAD = (Outcome.FAILED, Outcome.WARNED)
WORDS = ("new", "worse", "fixed", "better", "same", "no longer checked")


@dataclass(frozen=True, slots=True)
class Change:
    """One finding, then and now; ``word`` is one of ``WORDS``."""

    word: str
    rule: str
    title: str
    severity: Severity
    before: Finding | None
    after: Finding | None

    @property
    def segment(self) -> dict[str, str]:
        """Where it is, or was."""
        found = self.after or self.before
        return found.segment if found else {}


def changes(old: Report, new: Report) -> list[Change]:
    """All findings of both reports, each with its word; ordered by word, then severity."""
    then, now = ({result.rule: result for result in report.results} for report in (old, new))
    found: list[Change] = []
    for rule in dict.fromkeys([*then, *now]):
        found += _of_rule(then.get(rule), now.get(rule))
    return sorted(found, key=lambda c: (WORDS.index(c.word), c.severity.rank, c.rule))


def regressions(old: Report, new: Report) -> list[Change]:
    """Findings that are new or worse, and failed."""
    return [
        change
        for change in changes(old, new)
        if change.word in ("new", "worse") and change.after and change.after.outcome is Outcome.FAILED
    ]


def _of_rule(old: RuleResult | None, new: RuleResult | None) -> list[Change]:
    shown = new or old
    if shown is None:
        return []
    before = _bad(old)
    after = _bad(new)
    judged_before = old is not None and old.outcome in JUDGED
    judged_now = new is not None and new.outcome in JUDGED
    found = []
    for fingerprint in dict.fromkeys([*before, *after]):
        was, has = before.get(fingerprint), after.get(fingerprint)
        if not judged_now:
            word = "no longer checked"
        elif was and has:
            word = _compared(was, has)
        elif has:
            word = "new" if judged_before else "same"  # not judged before: nobody knows whether it is new
        else:
            word = "fixed"
        found.append(Change(word, shown.rule, shown.title, shown.severity, was, has))
    return found


def _bad(result: RuleResult | None) -> dict[str, Finding]:
    return {f.fingerprint: f for f in result.findings if f.outcome in _BAD} if result else {}


def _compared(was: Finding, has: Finding) -> str:
    ranks = {Outcome.WARNED: 0, Outcome.FAILED: 1}
    if has.value is None or was.value is None or was.interval is None:
        steps = ranks[has.outcome] - ranks[was.outcome]
        return "worse" if steps > 0 else "better" if steps < 0 else "same"
    low, high = was.interval
    if low <= has.value <= high:
        return "same"
    falling = (has.limit or "").startswith("<") or has.unit.startswith("seen")
    return "worse" if (has.value < low) == falling else "better"
