"""``drop`` and ``rise``: daily counts against their past, their exposure and a witness.

The witness of purchases is the shop's orders; that of one channel, where there are no orders, the other channel. A
series that has neither must show more before it is believed, and rises are not judged without one: a promotion and a
tag that fires twice look the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from tiktrack.audit.detectors.base import OUTCOMES, RECENT_DAYS, Judged, Present, param, unknown
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.runs import Floats
from tiktrack.audit.series import WHOLE, Series
from tiktrack.detect.blend import blend
from tiktrack.detect.records import Daily, Direction, Reason
from tiktrack.detect.records import Verdict as Found
from tiktrack.detect.scan import scan
from tiktrack.model.rule import Rule
from tiktrack.model.words import Outcome

BOUGHT = "Purchase"
"""The event of which there is one for each order."""
_BAD = (Outcome.FAILED, Outcome.WARNED)
_MOST = 0.6
_LOST, _DOUBLED = (0.2, 0.5, 0.9), (0.2, 0.5, 1.0)


def drop(rule: Rule, every: list[Series], present: Present) -> Judged:
    """Sudden drop of a daily count; of an ads report the whole as well, where no part of it carries the drop."""
    judged = [(series, _judge(rule, series, every, present, "drop")) for series in every]
    whole = _whole(rule, every, present) if param(rule, "exposure") is not None and len(every) > 1 else None
    if whole is None or whole[1].outcome not in _BAD or _carried(judged, whole[1]):
        return judged
    return [whole, *(pair for pair in judged if pair[1].outcome in _BAD)]


def rise(rule: Rule, every: list[Series], present: Present) -> Judged:
    """More than the witness explains."""
    return [(series, _judge(rule, series, every, present, "rise")) for series in every]


def _whole(rule: Rule, every: list[Series], present: Present) -> tuple[Series, Verdict]:
    """All campaigns as one series: few conversions in each may be enough in all. What is paused expects nothing."""
    clicks, counts = np.array([s.n for s in every]), np.array([s.bad for s in every])
    series = Series(
        key=(WHOLE, *every[0].key[1:]),
        days=every[0].days,
        n=clicks.sum(axis=0),
        bad=counts.sum(axis=0),
        unknown=np.zeros(len(every[0].days)),
    )
    mix = blend(clicks, counts)
    daily = daily_of(rule, series, every, present)
    blended = np.where(np.isnan(daily.counts), np.nan, mix.exposure)
    return series, _verdict(series, replace(daily, exposure=blended, live=mix.live), 1, "drop", present)


def _carried(judged: Judged, whole: Verdict) -> bool:
    """Whether findings about parts hold most of what the whole lost."""
    lost = sum(verdict.n - verdict.bad for _, verdict in judged if verdict.outcome in _BAD)
    return lost >= _MOST * (whole.n - whole.bad)


def _judge(rule: Rule, series: Series, every: list[Series], present: Present, direction: Direction) -> Verdict:
    daily = daily_of(rule, series, every, present)
    if direction == "rise" and daily.witness is None:
        return unknown(
            float(series.bad.sum()),
            0.0,
            "a rise can only be told from a good week with orders or a second channel to compare with",
        )
    return _verdict(series, daily, len(every), direction, present)


def _verdict(series: Series, daily: Daily, among: int, direction: Direction, present: Present) -> Verdict:
    total = float(series.bad.sum())
    found = scan(daily, among, (direction,))
    outcome = OUTCOMES[found.level]
    if outcome is Outcome.UNKNOWN:
        return unknown(total, 0.0, "too few days or events to tell a change from chance")
    n, bad = float(total if found.expected is None else found.expected), float(found.seen or 0.0)
    if outcome is Outcome.PASSED:
        told = _on_holiday(daily, present) if Reason.HOLIDAY_EXPLAINS in found.reasons else None
        return Verdict(outcome, found.ratio, n, bad, 0.0, reason=told)
    return _changed(found, outcome, series, n, bad)


def _on_holiday(daily: Daily, present: Present) -> str | None:
    """What to say of a change that is none because of the newest public holiday."""
    named = [(day, name) for day in daily.days[-RECENT_DAYS - 1 :] if (name := present.holidays.name(day))]
    if not named:
        return None
    day, name = named[-1]
    return (
        f"conversions changed on {day.isoformat()}, a public holiday where most customers live ({name}): "
        "that is no break yet; if it goes on for more than a day after, it will be told"
    )


def _changed(found: Found, outcome: Outcome, series: Series, n: float, bad: float) -> Verdict:
    until = found.until - timedelta(days=1) if found.until else None
    if until and (series.days[-1] - until).days > RECENT_DAYS:
        outcome = Outcome.WARNED
    loss = LOSS_AT[1] if outcome is Outcome.FAILED else LOSS_AT[0]
    if found.ratio is not None and outcome is Outcome.FAILED:
        marks = _LOST if found.direction == "drop" else _DOUBLED
        loss = float(np.interp(abs(1 - found.ratio), marks, LOSS_AT))
    return Verdict(
        outcome,
        found.ratio,
        n,
        bad,
        0.0,
        (float(found.ratio_low or 0.0), float(found.ratio_high or 0.0)),
        since=found.since,
        until=until,
        loss=loss,
        confidence="confirmed" if outcome is Outcome.FAILED else "suspected",
    )


def daily_of(rule: Rule, series: Series, every: list[Series], present: Present) -> Daily:
    """The series as the detector reads it: days that say nothing are missing, never 0."""
    exposed = param(rule, "exposure") is not None
    unseen = np.array([day in present.partial for day in series.days], dtype=bool)
    if exposed:  # a day without exposure (paused, not yet started, no row) says nothing about tracking
        unseen |= (series.n == 0) & (series.bad == 0)
    else:  # a channel or pixel that had not yet begun is no level to rise from
        unseen |= np.cumsum(series.bad) == 0
    witness = _witness(rule, series, every, present)
    return Daily(
        days=series.days,
        counts=np.where(unseen, np.nan, series.bad),
        exposure=np.where(unseen, np.nan, series.n) if exposed else None,
        witness=None if witness is None else np.where(unseen, np.nan, witness),
        basis="click" if param(rule, "basis") == "click" else "event",
        as_of=present.as_of,
        completeness=present.completeness,
        holidays=present.holidays,
    )


def _witness(rule: Rule, series: Series, every: list[Series], present: Present) -> Floats | None:
    named = dict(zip(rule.by, series.key, strict=True))
    newest = max(set(series.days) - present.partial, default=None)
    covered = newest is not None and max(present.orders, default=newest) >= newest
    if present.orders and covered and (rule.table == "ads" or named.get("event") == BOUGHT):
        return np.array([present.orders.get(day, np.nan) for day in series.days])
    if "channel" not in named:
        return None
    rest = _without_channel(rule, series)
    others = [s.bad for s in every if s is not series and _without_channel(rule, s) == rest]
    found: Floats | None = np.sum(others, axis=0) if others else None
    return found if found is not None and found.any() else None


def _without_channel(rule: Rule, series: Series) -> tuple[object, ...]:
    return tuple(part for name, part in zip(rule.by, series.key, strict=True) if name != "channel")
