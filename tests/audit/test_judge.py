"""Verdicts of one segment: outcome, since, until, loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tiktrack.audit.judge import judge
from tiktrack.audit.series import Series
from tiktrack.errors import Place
from tiktrack.model.rule import Bound, Predicate, Ratio, Rule, Share
from tiktrack.model.words import Outcome, Severity

FIRST = date(2026, 1, 1)
RULE = Rule(
    id="r", title="t", family="value", symptom="setup", severity=Severity.HIGH, status="stable", table="events",
    measure=Share(Predicate("test", frozenset({"test"}))), warn=Bound(">", 0.1, "> 10%"), fail=Bound(">", 0.3, "> 30%"),
    worst=Bound(">", 0.8, "> 80%"), why="", fix="", owner="developer", effort="", origin="ours", place=Place("r.yaml"),
)  # fmt: skip


def series(*stretches: tuple[int, float, float], unknown: float = 0.0) -> Series:
    """Stretches of (days, rows a day, bad a day)."""
    n = np.concatenate([np.full(days, rows) for days, rows, _ in stretches]).astype(float)
    bad = np.concatenate([np.full(days, many) for days, _, many in stretches]).astype(float)
    days = tuple(FIRST + timedelta(days=i) for i in range(len(n)))
    return Series((), days, n, bad, np.full(len(n), unknown))


@pytest.mark.parametrize(
    ("bad", "outcome"), [(2, Outcome.PASSED), (20, Outcome.WARNED), (60, Outcome.FAILED), (100, Outcome.FAILED)]
)
def test_outcomes(bad: float, outcome: Outcome) -> None:
    assert judge(RULE, series((10, 100, bad))).outcome is outcome


def test_few_rows_are_a_warning_and_fewer_are_unknown() -> None:
    few = judge(RULE, series((1, 20, 8)))
    assert (few.outcome, few.confidence) == (Outcome.WARNED, "few rows")
    assert judge(RULE, series((1, 19, 19))).outcome is Outcome.UNKNOWN


def test_what_the_file_cannot_say_is_unknown() -> None:
    verdict = judge(RULE, series((10, 100, 0), unknown=80))
    assert (verdict.outcome, verdict.reason) == (Outcome.UNKNOWN, "the files do not contain what this needs")


def test_a_break_that_is_still_on() -> None:
    verdict = judge(RULE, series((40, 50, 1), (3, 50, 48)))
    assert (verdict.outcome, verdict.since, verdict.until) == (Outcome.FAILED, FIRST + timedelta(days=40), None)
    assert verdict.loss == 1.0
    assert (verdict.n, verdict.bad) == (150, 144)


def test_a_break_that_is_over() -> None:
    fresh = judge(RULE, series((20, 50, 1), (4, 50, 48), (3, 50, 1)))
    old = judge(RULE, series((20, 50, 1), (4, 50, 48), (20, 50, 1)))
    assert (fresh.outcome, old.outcome) == (Outcome.FAILED, Outcome.WARNED)
    assert old.since == FIRST + timedelta(days=20)
    assert old.until == FIRST + timedelta(days=23)
    assert 0 < old.loss < 0.15


def test_a_long_break_that_is_long_over_is_over() -> None:
    verdict = judge(RULE, series((30, 50, 40), (10, 50, 1)))
    assert (verdict.outcome, verdict.since, verdict.until) == (Outcome.WARNED, FIRST, FIRST + timedelta(days=29))


def test_lower_limits() -> None:
    low = replace(RULE, warn=Bound("<", 0.8, "< 80%"), fail=Bound("<", 0.5, "< 50%"), worst=Bound("<", 0.1, "< 10%"))
    assert [judge(low, series((10, 50, bad))).outcome for bad in (48, 35, 10)] == [
        Outcome.PASSED, Outcome.WARNED, Outcome.FAILED,
    ]  # fmt: skip


def test_ratios() -> None:
    predicate = Predicate("count(*)", frozenset())
    rule = replace(
        RULE,
        measure=Ratio(predicate, predicate),
        warn=Bound(">", 1.0, "> 1"),
        fail=Bound(">", 1.25, "> 1.25"),
        worst=None,
    )
    verdict = judge(rule, series((10, 20, 40)))
    assert (verdict.outcome, verdict.value) == (Outcome.FAILED, 2.0)
    assert judge(rule, series((10, 40, 20))).outcome is Outcome.PASSED


def test_loss_is_piecewise_linear() -> None:
    shares = [0.2, 0.3, 0.55, 0.8, 1.0]
    losses = [judge(RULE, series((10, 1000, 1000 * share))).loss for share in shares]
    assert losses == pytest.approx([0.45, 0.6, 0.8, 1.0, 1.0], abs=0.01)
