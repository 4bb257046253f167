"""Detectors: rules about time. Each takes the series of one segment, or of all, and returns verdicts.

``drop``   fewer events than the past, the weekday and the exposure let expect
``shift``  a share that changed its level
``rates``  campaigns whose purchases per click are far below the account's others, although people click

``silence`` looks at hours and has a query of its own: ``hours``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from tiktrack.audit import intervals
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.series import Series
from tiktrack.detect.rates import Campaigns, RateVerdict, compare
from tiktrack.detect.records import Daily, Level
from tiktrack.detect.scan import scan
from tiktrack.detect.shares import DailyShare, scan_share
from tiktrack.model import Detect, Outcome, Rule

Judged = list[tuple[Series, Verdict]]

_LEVELS = {
    Level.CONFIRMED: Outcome.FAILED,
    Level.SUSPECT: Outcome.WARNED,
    Level.NONE: Outcome.PASSED,
    Level.UNKNOWN: Outcome.UNKNOWN,
}
_IMMATURE_DAYS = 3
_RECENT_DAYS = 7


def drop(rule: Rule, every: list[Series], as_of: date | None, partial: frozenset[date]) -> Judged:
    """Sudden drop of a daily count, with its exposure where there is one."""
    basis = "click" if _param(rule, "basis") == "click" else "event"
    return [(series, _drop(rule, series, basis, as_of, partial, len(every))) for series in every]


def _drop(rule: Rule, series: Series, basis: str, as_of: date | None, partial: frozenset[date], among: int) -> Verdict:
    exposed = _param(rule, "exposure") is not None
    unseen = np.isin(np.arange(len(series.days)), [i for i, day in enumerate(series.days) if day in partial])
    if exposed:  # a day without exposure (paused, not yet started, no row) says nothing about tracking
        unseen |= (series.n == 0) & (series.bad == 0)
    counts = np.where(unseen, np.nan, series.bad)
    exposure = np.where(unseen, np.nan, series.n) if exposed else None
    daily = Daily(days=series.days, counts=counts, exposure=exposure, basis=basis, as_of=as_of)  # type: ignore[arg-type]
    found = scan(daily, among)
    outcome = _LEVELS[found.level]
    n, bad = float(found.expected or series.bad.sum()), float(found.seen or 0.0)
    if outcome is Outcome.UNKNOWN:
        return Verdict(
            outcome, None, float(series.bad.sum()), 0.0, 0.0, reason="too few days or events to tell a drop from chance"
        )
    if outcome is Outcome.PASSED:
        return Verdict(outcome, found.ratio, n, bad, 0.0)
    until = found.until - timedelta(days=1) if found.until else None
    if until and (series.days[-1] - until).days > _RECENT_DAYS:
        outcome = Outcome.WARNED  # long over: worth telling, no reason for an alarm today
    interval = (float(found.ratio_low or 0.0), float(found.ratio_high or 0.0))
    loss = LOSS_AT[1] if outcome is Outcome.FAILED else LOSS_AT[0]
    if found.ratio is not None and outcome is Outcome.FAILED:
        loss = float(np.interp(1 - found.ratio, [0.2, 0.5, 0.9], LOSS_AT))
    return Verdict(
        outcome,
        found.ratio,
        n,
        bad,
        0.0,
        interval,
        since=found.since,
        until=until,
        loss=loss,
        confidence="confirmed" if outcome is Outcome.FAILED else "suspected",
    )


def shift(rule: Rule, every: list[Series], as_of: date | None, partial: frozenset[date]) -> Judged:
    """A share (count ÷ exposure) that left its level."""
    direction = str(_param(rule, "direction") or "both")
    return [(series, _shift(rule, series, direction)) for series in every]


def _shift(rule: Rule, series: Series, direction: str) -> Verdict:
    n, bad = float(series.n.sum()), float(series.bad.sum())
    if n < rule.min_n:
        return _unknown(n, bad, f"only {n:,.0f} {rule.unit}, {rule.min_n} are needed")
    found = scan_share(DailyShare(days=series.days, k=series.bad, n=series.n))
    if found.level is Level.UNKNOWN:
        return _unknown(n, bad, "too few days or rows to tell a change from chance")
    wanted = {"up": "rise", "down": "drop"}.get(direction, found.direction)
    if found.level is Level.NONE or found.direction != wanted or found.after is None or found.before is None:
        return Verdict(Outcome.PASSED, bad / n, n, bad, 0.0, intervals.wilson(bad, n))
    rows = float(found.n or 0.0)
    outcome = Outcome.WARNED if found.until else _LEVELS[found.level]
    interval = (float(found.after_low or 0.0), float(found.after_high or 1.0))
    loss = float(np.interp(abs(found.after - found.before), [0.05, 0.2, 0.5], LOSS_AT))
    return Verdict(
        outcome,
        found.after,
        rows,
        found.after * rows,
        0.0,
        interval,
        since=found.since,
        until=found.until - timedelta(days=1) if found.until else None,
        loss=loss,
        confidence="confirmed" if outcome is Outcome.FAILED else "suspected",
        reason=f"{found.before:.1%} before",
    )


def rates(rule: Rule, every: list[Series], as_of: date | None, partial: frozenset[date]) -> Judged:
    """Purchases per click against the account's other campaigns; ``unknown`` holds impressions, so that CTR is known.

    Clicks of the newest days have not had the time to buy: they are left out.
    """
    mature = [int(max(0, len(s.days) - _IMMATURE_DAYS)) for s in every]
    names = tuple(" / ".join(str(part) for part in s.key) for s in every)
    seen, clicks, bought = (
        np.array([float(getattr(s, part)[:end].sum()) for s, end in zip(every, mature, strict=True)])
        for part in ("unknown", "n", "bad")
    )
    found = compare(Campaigns(names=names, impressions=seen, clicks=clicks, purchases=bought))
    return [(series, _rate(series, verdict)) for series, verdict in zip(every, found, strict=True)]


def _rate(series: Series, found: RateVerdict) -> Verdict:
    if found.level is Level.UNKNOWN:
        return _unknown(found.expected, found.seen, "too few purchases are expected to compare campaigns")
    outcome = _LEVELS[found.level] if found.high_ctr else Outcome.PASSED
    interval = (found.ratio_low, found.ratio_high)
    if outcome is Outcome.PASSED:
        return Verdict(outcome, found.ratio, found.expected, found.seen, 0.0, interval)
    return Verdict(
        outcome,
        found.ratio,
        found.expected,
        found.seen,
        0.0,
        interval,
        since=series.days[int(np.flatnonzero(series.n > 0)[0])],
        loss=float(np.interp(1 - found.ratio, [0.3, 0.6, 0.9], LOSS_AT)),
        confidence="confirmed" if outcome is Outcome.FAILED else "suspected",
        reason=f"people click {found.ctr_ratio:.1f} times as often as on the others",
    )


def _unknown(n: float, bad: float, reason: str) -> Verdict:
    return Verdict(Outcome.UNKNOWN, None, n, bad, 0.0, reason=reason)


def _param(rule: Rule, name: str) -> object:
    return dict(rule.measure.params).get(name) if isinstance(rule.measure, Detect) else None


DETECTORS: dict[str, Callable[[Rule, list[Series], date | None, frozenset[date]], Judged]] = {
    "drop": drop,
    "shift": shift,
    "rates": rates,
}
