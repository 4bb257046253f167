"""The best letter that a failed rule leaves: what is fatal to the whole account cannot be averaged away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tiktrack.audit.judge import Verdict
from tiktrack.audit.series import Series
from tiktrack.model.rule import Named, Rule, Share
from tiktrack.model.words import Outcome
from tiktrack.rules.policy import Policy

_FULL = 0.995


def cap(rule: Rule, known: Sequence[tuple[Series, Verdict]], loss: float, policy: Policy) -> str | None:
    """The rule's own cap where the account fails at ``worst``, else the cap of any critical failure.

    Segments that fail and segments that do not are taken together over the days since the failure began: one small
    shop of five does not take the letter from the other four. ``loss`` is the rule's own, 0 to 1.
    """
    if not any(v.outcome is Outcome.FAILED for _, v in known):
        return None
    if rule.cap and (loss >= _FULL or _worst_together(rule, known)):
        return rule.cap
    return policy.critical_cap if rule.severity == "critical" else None


def _worst_together(rule: Rule, known: Sequence[tuple[Series, Verdict]]) -> bool:
    """Only what adds up can be taken together: shares and measures."""
    if not isinstance(rule.measure, Share | Named) or rule.worst is None:
        return False
    failed = [v for _, v in known if v.outcome is Outcome.FAILED]
    since = min((v.since for v in failed if v.since), default=None)
    n, bad = sum(v.n for v in failed), sum(v.bad for v in failed)
    for series, verdict in known:
        if verdict.outcome is not Outcome.FAILED:
            days = np.array([since is None or day >= since for day in series.days], dtype=bool)
            n += float((series.n - series.unknown)[days].sum())
            bad += float(series.bad[days].sum())
    return n > 0 and rule.worst.crossed(bad / n)
