"""Detectors: rules about time. Each takes the series of one segment, or of all, and returns verdicts.

``drop``    fewer events than the past, the weekday and the exposure let expect
``silence`` days without any event where many were expected
``shift``   a share that changed its level
``rates``   campaigns whose purchases per click are far below the account's others, although people click
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from tiktrack.audit import intervals
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.runs import partition
from tiktrack.audit.series import Series
from tiktrack.detect.records import Daily, Level
from tiktrack.detect.scan import scan
from tiktrack.model import Detect, Outcome, Rule

Judged = list[tuple[Series, Verdict]]

_LEVELS = {Level.CONFIRMED: Outcome.FAILED, Level.SUSPECT: Outcome.WARNED, Level.NONE: Outcome.PASSED, Level.UNKNOWN: Outcome.UNKNOWN}
_QUIET_EXPECTED = 12.0  # events missed before silence is more than chance (detection facts: 11 at phi 0.05)
_SHIFT_POINTS = 0.10
_RATES_LOW = 0.4
_CTR_HIGH = 1.3


def drop(rule: Rule, every: list[Series], as_of: date | None) -> Judged:
    """Sudden drop of a daily count, with its exposure where there is one."""
    basis = "click" if _param(rule, "basis") == "click" else "event"
    return [(series, _drop(rule, series, basis, as_of)) for series in every]


def _drop(rule: Rule, series: Series, basis: str, as_of: date | None) -> Verdict:
    exposure = series.n if _param(rule, "exposure") is not None else None
    found = scan(Daily(series.days, series.bad, exposure=exposure, basis=basis, as_of=as_of))  # type: ignore[arg-type]
    outcome = _LEVELS[found.level]
    n, bad = float(found.expected or series.bad.sum()), float(found.seen or 0.0)
    if outcome is Outcome.UNKNOWN:
        return Verdict(outcome, None, float(series.bad.sum()), 0.0, 0.0, reason="too few days or events to tell a drop from chance")
    if outcome is Outcome.PASSED:
        return Verdict(outcome, found.ratio, n, bad, 0.0)
    interval = (float(found.ratio_low or 0.0), float(found.ratio_high or 0.0))
    loss = LOSS_AT[1] if outcome is Outcome.FAILED else LOSS_AT[0]
    if found.ratio is not None and outcome is Outcome.FAILED:
        loss = float(np.interp(1 - found.ratio, [0.2, 0.5, 0.9], LOSS_AT))
    return Verdict(outcome, found.ratio, n, bad, 0.0, interval, since=found.since, until=found.until, loss=loss,
                   confidence="confirmed" if outcome is Outcome.FAILED else "suspected")  # fmt: skip


def silence(rule: Rule, every: list[Series], as_of: date | None) -> Judged:
    """Days on end without a single event."""
    return [(series, _silence(series)) for series in every]


def _silence(series: Series) -> Verdict:
    counts = series.bad
    active = counts[counts > 0]
    if len(active) < 7:
        return Verdict(Outcome.UNKNOWN, None, float(counts.sum()), 0.0, 0.0, reason="fewer than 7 days with events")
    usual = float(np.median(active))
    start = int(np.flatnonzero(counts > 0)[0])
    gaps = _zero_runs(counts, start)
    long = [(a, b) for a, b in gaps if usual * (b - a + 1) >= _QUIET_EXPECTED]
    if not long:
        return Verdict(Outcome.PASSED, 0.0, float(counts.sum()), 0.0, 0.0)
    first, last = long[-1]
    over = last < len(counts) - 1
    missed = usual * (last - first + 1)
    outcome = Outcome.FAILED if not over or len(counts) - 1 - last <= 7 else Outcome.WARNED
    loss = 1.0 if not over else (last - first + 1) / len(counts)
    return Verdict(outcome, 0.0, missed, 0.0, 0.0, since=series.days[first], until=series.days[last] if over else None, loss=loss)


def _zero_runs(counts: np.ndarray, start: int) -> list[tuple[int, int]]:  # type: ignore[type-arg]
    runs, first = [], None
    for i in range(start, len(counts)):
        if counts[i] == 0 and first is None:
            first = i
        if counts[i] > 0 and first is not None:
            runs.append((first, i - 1))
            first = None
    return [*runs, (first, len(counts) - 1)] if first is not None else runs


def shift(rule: Rule, every: list[Series], as_of: date | None) -> Judged:
    """A share (count ÷ exposure) that left its level."""
    direction = _param(rule, "direction") or "both"
    return [(series, _shift(rule, series, str(direction))) for series in every]


def _shift(rule: Rule, series: Series, direction: str) -> Verdict:
    n, bad = float(series.n.sum()), float(series.bad.sum())
    if n < rule.min_n:
        return Verdict(Outcome.UNKNOWN, None, n, bad, 0.0, reason=f"only {n:,.0f} {rule.unit}, {rule.min_n} are needed")
    runs = [run for run in partition(series.bad, series.n) if run.n >= 20]
    for before, after in zip(runs[-2::-1], runs[:0:-1], strict=False):
        old, new = before.bad / before.n, after.bad / after.n
        wanted = direction == "both" or (new > old) == (direction == "up")
        apart = intervals.wilson(before.bad, before.n)[0] > intervals.wilson(after.bad, after.n)[1] or (
            intervals.wilson(before.bad, before.n)[1] < intervals.wilson(after.bad, after.n)[0]
        )
        if wanted and apart and abs(new - old) >= _SHIFT_POINTS and max(new, old) >= 1.3 * min(new, old):
            over = after is not runs[-1]
            outcome = Outcome.WARNED if over or abs(new - old) < 2 * _SHIFT_POINTS else Outcome.FAILED
            loss = min(1.0, abs(new - old) / 0.5)
            return Verdict(outcome, new, after.n, after.bad, 0.0, intervals.wilson(after.bad, after.n), since=series.days[after.first],
                           until=series.days[after.last] if over else None, loss=loss, reason=f"{old:.1%} before")  # fmt: skip
    return Verdict(Outcome.PASSED, bad / n, n, bad, 0.0, intervals.wilson(bad, n))


def rates(rule: Rule, every: list[Series], as_of: date | None) -> Judged:
    """Purchases per click against the account's other campaigns; ``unknown`` holds impressions, so that CTR is known."""
    total_n, total_bad, total_seen = (sum(float(getattr(s, part).sum()) for s in every) for part in ("n", "bad", "unknown"))
    judged = []
    for series in every:
        clicks, bought, seen = (float(getattr(series, part).sum()) for part in ("n", "bad", "unknown"))
        judged.append((series, _rates(rule, clicks, bought, seen, total_n - clicks, total_bad - bought, total_seen - seen, series)))
    return judged


def _rates(rule: Rule, clicks: float, bought: float, seen: float, clicks_0: float, bought_0: float, seen_0: float, series: Series) -> Verdict:
    expected = clicks * bought_0 / clicks_0 if clicks_0 else 0.0
    if expected < 5 or bought_0 < 10:
        why = "too few purchases expected to compare" if clicks_0 else "no other campaign to compare with"
        return Verdict(Outcome.UNKNOWN, None, clicks, bought, 0.0, reason=why)
    ctr, ctr_0 = (clicks / seen if seen else 0.0), (clicks_0 / seen_0 if seen_0 else 0.0)
    low, high = intervals.ratio(bought, expected)
    if high < _RATES_LOW and ctr > _CTR_HIGH * ctr_0:
        first = series.days[int(np.flatnonzero(series.n > 0)[0])]
        loss = float(np.interp(1 - bought / expected, [0.5, 0.7, 0.95], LOSS_AT))
        return Verdict(Outcome.FAILED, bought / expected, expected, bought, 0.0, (low, high), since=first, loss=loss,
                       reason=f"CTR {ctr:.2%} against {ctr_0:.2%}")  # fmt: skip
    return Verdict(Outcome.PASSED, bought / expected, expected, bought, 0.0, (low, high))


def _param(rule: Rule, name: str) -> object:
    return dict(rule.measure.params).get(name) if isinstance(rule.measure, Detect) else None


DETECTORS: dict[str, Callable[[Rule, list[Series], date | None], Judged]] = {
    "drop": drop, "silence": silence, "shift": shift, "rates": rates,
}  # fmt: skip
