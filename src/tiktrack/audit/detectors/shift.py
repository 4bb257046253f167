"""``shift``: a share (count ÷ exposure) that left its level.

A share falls when the count falls, and also when the rest of the exposure rises. A rule for which only the first is a
fault says ``moved_by: count``: then a change counts where the count moved further than the rest did.

A share that follows the clicks on the ads (buyers with a click ID) says ``driven_by: clicks``: a pause or a smaller
budget moves it and is no fault. What the clicks explain does not count, and without a report nothing is confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import fmean

import numpy as np

from tiktrack.audit import intervals
from tiktrack.audit.detectors.base import OUTCOMES, RECENT_DAYS, Judged, Present, param, unknown
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.series import Series
from tiktrack.detect.records import Level
from tiktrack.detect.shares import DailyShare, ShareVerdict, scan_share
from tiktrack.model.rule import Predicate, Rule
from tiktrack.model.words import Outcome

_BEFORE_DAYS = 28
_MOSTLY = 0.5
_ONE_IN_TEN = 0.1
"""Added to what comes a day, so that nothing can be compared with something."""


def shift(rule: Rule, every: list[Series], present: Present) -> Judged:
    """Judge the share of each series; ``direction`` of the rule is up, down or both."""
    direction = str(param(rule, "direction") or "both")
    return [(series, _judge(rule, series, direction, present)) for series in every]


def _judge(rule: Rule, series: Series, direction: str, present: Present) -> Verdict:
    n, bad = float(series.n.sum()), float(series.bad.sum())
    if n < rule.min_n:
        return unknown(n, bad, f"only {n:,.0f} {rule.unit}, {rule.min_n} are needed")
    found = scan_share(DailyShare(days=series.days, k=series.bad, n=series.n))
    if found.level is Level.UNKNOWN:
        return unknown(n, bad, "too few days or rows to tell a change from chance")
    wanted = {"up": "rise", "down": "drop"}.get(direction, found.direction)
    if (
        found.level is Level.NONE or found.direction != wanted or found.after is None or found.before is None
        or (param(rule, "moved_by") == "count" and not _count_moved(series, found))
        or (param(rule, "driven_by") == "clicks" and _explained(found, present.clicks))
    ):  # fmt: skip
        return Verdict(Outcome.PASSED, bad / n, n, bad, 0.0, intervals.wilson(bad, n))
    rows = float(found.n or 0.0)
    until = found.until - timedelta(days=1) if found.until else None
    long_over = until is not None and (series.days[-1] - until).days > RECENT_DAYS
    unseen = param(rule, "driven_by") == "clicks" and _change(present.clicks, found) is None
    outcome = Outcome.WARNED if long_over or unseen else OUTCOMES[found.level]
    return Verdict(
        outcome,
        found.after,
        rows,
        found.after * rows,
        0.0,
        (float(found.after_low or 0.0), float(found.after_high or 1.0)),
        since=found.since,
        until=until,
        loss=float(np.interp(abs(found.after - found.before), [0.05, 0.2, 0.5], LOSS_AT)),
        confidence=_confidence(rule) if outcome is Outcome.FAILED else "suspected",
        reason=f"compared with {found.before:.1%} before",
    )


def _count_moved(series: Series, found: ShareVerdict) -> bool:
    """Whether the count a day moved further than the rest of the exposure, against the four weeks before."""
    days = np.array([(day - found.since).days for day in series.days]) if found.since else np.array([])
    last = (found.until - found.since).days if found.until and found.since else np.inf
    before, after = (days < 0) & (days >= -_BEFORE_DAYS), (days >= 0) & (days < last)
    if not before.any() or not after.any():
        return True
    count, rest = (
        abs(np.log((part[after].mean() + _ONE_IN_TEN) / (part[before].mean() + _ONE_IN_TEN)))
        for part in (series.bad, series.n - series.bad)
    )
    return bool(count >= rest)


def _confidence(rule: Rule) -> str:
    """How sure a confirmed shift is to be a fault of the tracking: one step of the shop against another may move by the
    shop itself (a sale, a button that skips the cart).
    """
    count = param(rule, "count")
    return "likely" if isinstance(count, Predicate) and "event" in count.columns else "confirmed"


def _explained(found: ShareVerdict, clicks: Mapping[date, float]) -> bool:
    """Whether as many more or fewer clicks, with all other buyers as before, make most of the change."""
    change = _change(clicks, found)
    if change is None or found.before is None or found.after is None:
        return False
    due = found.before * change / (found.before * change + 1.0 - found.before)
    return (due - found.before) / (found.after - found.before) > _MOSTLY


def _change(clicks: Mapping[date, float], found: ShareVerdict) -> float | None:
    """Clicks a day since the change against the four weeks before; None where the report does not reach both."""
    if found.since is None:
        return None
    stop = found.until or date.max
    before = [n for day, n in clicks.items() if 0 < (found.since - day).days <= _BEFORE_DAYS]
    after = [n for day, n in clicks.items() if found.since <= day < stop]
    return fmean(after) / fmean(before) if after and sum(before) > 0 else None
