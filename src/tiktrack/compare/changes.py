"""What changed between two audits: new, fixed, worse, better, same, no longer checked.

Only rules that were judged in both, and are the same rule in both, are compared: what could not be judged this time
is never called fixed, and neither is a finding whose segment was not judged, or whose pixel lost a channel that sent
before (see ``gone``). A suppressed finding is known: when its suppression ends it is worse, not new. A value that lies
inside the interval of the earlier one is the same: noise is no regression.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.compare.gone import NOT_JUDGED, Senders, doubt, lost_senders
from tiktrack.model.report import Finding, Report, RuleResult
from tiktrack.model.words import JUDGED, Outcome, Severity

_RANKS = {Outcome.SUPPRESSED: 0, Outcome.WARNED: 1, Outcome.FAILED: 2}
WORDS = ("new", "worse", "fixed", "better", "same", "no longer checked")


@dataclass(frozen=True, slots=True)
class Change:
    """One finding, then and now; ``word`` is one of ``WORDS``, ``why`` says why it is no longer checked."""

    word: str
    rule: str
    title: str
    severity: Severity
    before: Finding | None
    after: Finding | None
    why: str = ""

    @property
    def segment(self) -> dict[str, str]:
        """Where it is, or was."""
        found = self.after or self.before
        return found.segment if found else {}


def changes(old: Report, new: Report) -> list[Change]:
    """All findings of both reports, each with its word; ordered by word, then severity."""
    then, now = ({result.rule: result for result in report.results} for report in (old, new))
    lost = lost_senders(old, new)
    found: list[Change] = []
    for rule in dict.fromkeys([*then, *now]):
        found += _of_rule(then.get(rule), now.get(rule), lost)
    return sorted(found, key=lambda c: (WORDS.index(c.word), c.severity.rank, c.rule))


def regressions(old: Report, new: Report) -> list[Change]:
    """Findings that are new or worse, and failed."""
    return [
        change
        for change in changes(old, new)
        if change.word in ("new", "worse") and change.after and change.after.outcome is Outcome.FAILED
    ]


def incomparable(old: Report, new: Report) -> list[str]:
    """Rules judged in both reports that are not the same rule any more: their text or their limits were changed."""
    then, now = ({result.rule: result for result in report.results} for report in (old, new))
    both = [rule for rule in then if rule in now and _judged(then[rule]) and _judged(now[rule])]
    return [rule for rule in both if not _like(then[rule], now[rule])]


def _of_rule(old: RuleResult | None, new: RuleResult | None, lost: Senders) -> list[Change]:
    shown = new or old
    if shown is None:
        return []
    before, after = _known(old), _known(new)
    like = old is not None and new is not None and _like(old, new)
    found = []
    for fingerprint in dict.fromkeys([*before, *after]):
        was, has = before.get(fingerprint), after.get(fingerprint)
        word, why = _word(was, has, new if like else None, lost)
        found.append(Change(word, shown.rule, shown.title, shown.severity, was, has, why))
    return found


def _word(was: Finding | None, has: Finding | None, now: RuleResult | None, lost: Senders) -> tuple[str, str]:
    """The word of a finding and why it is no longer checked; ``now`` is the rule's later result where it is like the
    earlier one.
    """
    if now is None:  # nobody knows whether what is there now is new, nor whether what is gone is fixed
        return ("same", "") if has else ("no longer checked", NOT_JUDGED)
    if was and has:
        return _compared(was, has), ""
    if was:
        why = doubt(was, now, lost)
        return ("no longer checked" if why else "fixed"), why
    return "new", ""


def _like(old: RuleResult, new: RuleResult) -> bool:
    """Whether both were judged by the same rule; a report of an older tiktrack does not say, and is believed."""
    same = not old.version or not new.version or old.version == new.version
    return same and _judged(old) and _judged(new)


def _judged(result: RuleResult) -> bool:
    return result.outcome in JUDGED | {Outcome.SUPPRESSED}


def _known(result: RuleResult | None) -> dict[str, Finding]:
    """What is wrong, accepted or not."""
    return {f.fingerprint: f for f in result.findings if f.outcome in _RANKS} if result else {}


def _compared(was: Finding, has: Finding) -> str:
    if Outcome.SUPPRESSED in (was.outcome, has.outcome):
        # What is no longer accepted counts again; what is accepted now did not get better by that.
        return "worse" if has.outcome is not Outcome.SUPPRESSED else "same"
    if has.value is None or was.value is None or was.interval is None:
        steps = _RANKS[has.outcome] - _RANKS[was.outcome]
        return "worse" if steps > 0 else "better" if steps < 0 else "same"
    low, high = was.interval
    if low <= has.value <= high:
        return "same"
    falling = (has.limit or "").startswith("<") or has.unit.startswith("seen")
    return "worse" if (has.value < low) == falling else "better"
