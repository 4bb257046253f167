"""Counts → verdicts: one for each segment, with interval, since and until.

A fail needs evidence beyond chance: the 95 % interval of the share must lie beyond the limit. The newest run of days
decides about the present; a break that is over counts for as much as it spoilt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tiktrack.audit import intervals
from tiktrack.audit.runs import Floats, Run, partition
from tiktrack.audit.series import Series
from tiktrack.model.rule import Bound, Ratio, Rule
from tiktrack.model.words import Outcome

_RECENT_DAYS = 7
_EARLY_ROWS = 20
LOSS_AT = (0.3, 0.6, 1.0)
"""Loss just past warn, at fail, and at worst (design, section 5)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says about one segment; ``value`` is a share, or a quotient for a ratio."""

    outcome: Outcome
    value: float | None
    n: float
    bad: float
    unknown: float
    interval: tuple[float, float] | None = None
    limit: Bound | None = None
    since: date | None = None
    until: date | None = None
    loss: float = 0.0
    confidence: str = "high"
    reason: str | None = None


def judge(rule: Rule, series: Series) -> Verdict:
    """Judge one segment of a share, a ratio or a measure."""
    n, bad, unknown = series.total
    known = n - unknown
    is_ratio = isinstance(rule.measure, Ratio)
    size = n + bad if is_ratio else n
    if size < rule.min_n:
        return Verdict(
            Outcome.UNKNOWN, None, n, bad, unknown, reason=f"only {size:,.0f} {rule.unit}, {rule.min_n} are needed"
        )
    if is_ratio and not n:
        return Verdict(Outcome.UNKNOWN, None, n, bad, unknown, reason=f"there are no {rule.unit} to compare with")
    if not is_ratio and known < max(rule.min_n, n / 2):
        return Verdict(Outcome.UNKNOWN, None, n, bad, unknown, reason="the files do not contain what this needs")
    stretch = _worst_stretch(rule, series, is_ratio=is_ratio)
    whole = _state(rule, bad, known, is_ratio=is_ratio)
    if stretch is None or (_worse(whole.outcome, stretch.outcome) and not _healed(rule, stretch)):
        return replace(whole, unknown=unknown)
    return replace(stretch, unknown=unknown)


def _worse(a: Outcome, b: Outcome) -> bool:
    order = [Outcome.PASSED, Outcome.WARNED, Outcome.FAILED]
    return order.index(a) > order.index(b)


def _healed(rule: Rule, stretch: Verdict) -> bool:
    """Whether the stretch is a failure that warns only because it is long over; all days together know no end."""
    return stretch.outcome is Outcome.WARNED and stretch.limit == rule.fail and stretch.confidence == "high"


def _worst_stretch(rule: Rule, series: Series, *, is_ratio: bool) -> Verdict | None:
    """The stretch of bad days that decides: the one that is still on, else the last one that is over."""
    known = series.n - series.unknown
    base = known + series.bad if is_ratio else known
    runs = partition(series.bad, base)
    # What is still on may rest on few rows, so that it is told early; what is over needs as many as the rule asks for.
    states = [
        _state(rule, run.bad, run.n - run.bad if is_ratio else run.n, is_ratio=is_ratio)
        if run.n >= (min(rule.min_n, _EARLY_ROWS) if run is runs[-1] else rule.min_n)
        else None
        for run in runs
    ]
    outcomes = [state.outcome if state else Outcome.UNKNOWN for state in states]
    worst = Outcome.FAILED if Outcome.FAILED in outcomes else Outcome.WARNED
    marked = [i for i, outcome in enumerate(outcomes) if outcome is worst]
    if not marked:
        return None
    last = first = marked[-1]
    while first - 1 in marked:
        first -= 1
    return _stretch(rule, series, runs[first : last + 1], base, is_ratio=is_ratio)


def _stretch(rule: Rule, series: Series, runs: list[Run], base: Floats, *, is_ratio: bool) -> Verdict:
    bad, size = sum(run.bad for run in runs), sum(run.n for run in runs)
    verdict = _state(rule, bad, size - bad if is_ratio else size, is_ratio=is_ratio)
    first, last = runs[0].first, runs[-1].last
    with_rows = np.flatnonzero(base > 0)
    newest = int(with_rows[-1]) if len(with_rows) else last
    over = last < newest
    since = series.days[int(next((i for i in with_rows if i >= first), first))]
    healed_long_ago = over and newest - last > _RECENT_DAYS
    outcome = Outcome.WARNED if healed_long_ago and verdict.outcome is Outcome.FAILED else verdict.outcome
    loss = verdict.loss * (size / float(base.sum()) if over else 1.0)
    return replace(verdict, outcome=outcome, since=since, until=series.days[last] if over else None, loss=loss)


def _state(rule: Rule, bad: float, known: float, *, is_ratio: bool) -> Verdict:
    """Outcome of pooled counts. For a ratio ``known`` is the bottom."""
    if is_ratio:
        value, interval = (bad / known if known else float("inf")), intervals.ratio(bad, known)
    else:
        value, interval = (bad / known if known else 0.0), intervals.wilson(bad, known)
    outcome, limit, confidence = _outcome(rule, value, interval)
    loss = _loss(rule, value) if outcome is not Outcome.PASSED else 0.0
    return Verdict(outcome, value, known, bad, 0.0, interval, limit, loss=loss, confidence=confidence)


def _outcome(rule: Rule, value: float, interval: tuple[float, float]) -> tuple[Outcome, Bound | None, str]:
    def beyond(bound: Bound) -> bool:
        return bound.crossed(interval[0] if bound.op == ">" else interval[1])

    if rule.fail and beyond(rule.fail):
        return Outcome.FAILED, rule.fail, "high"
    if rule.fail and rule.fail.crossed(value):
        return Outcome.WARNED, rule.fail, "few rows"
    if rule.warn and beyond(rule.warn):
        return Outcome.WARNED, rule.warn, "high"
    return Outcome.PASSED, rule.warn or rule.fail, "high"


def judge_value(rule: Rule, key: tuple[object, ...], value: float | None, n: float) -> Verdict:
    """Judge a value that does not add up, for example a percentile: no interval, only a minimum of rows."""
    if n < rule.min_n or value is None:
        return Verdict(
            Outcome.UNKNOWN, None, n, 0.0, 0.0, reason=f"only {n:,.0f} {rule.unit} of {key}, {rule.min_n} are needed"
        )
    for outcome, bound in ((Outcome.FAILED, rule.fail), (Outcome.WARNED, rule.warn)):
        if bound and bound.crossed(value):
            return Verdict(outcome, value, n, 0.0, 0.0, limit=bound, loss=_loss(rule, value))
    return Verdict(Outcome.PASSED, value, n, 0.0, 0.0, limit=rule.warn or rule.fail)


def _loss(rule: Rule, value: float) -> float:
    """Piecewise linear: 0.3 just past warn, 0.6 at fail, 1 at worst."""
    marks = [(b.number, loss) for b, loss in zip((rule.warn, rule.fail, rule.worst), LOSS_AT, strict=True) if b]
    if not marks:
        return LOSS_AT[1]
    sign = 1.0 if (rule.warn or rule.fail or rule.worst).op == ">" else -1.0  # type: ignore[union-attr]
    xs = [sign * number for number, _ in marks]
    return float(np.interp(sign * value, xs, [loss for _, loss in marks]))
