"""Shares whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from detect_series import days
from hypothesis import given, settings
from hypothesis import strategies as st

from tiktrack.detect.records import Level, Reason
from tiktrack.detect.shares import DailyShare, scan_share


def series(n_days: int, rows: int, share: float, seed: int = 0, spread: float = 0.15) -> DailyShare:
    rng = np.random.default_rng(seed)
    n = rng.poisson(rows, n_days).astype(float)
    logit = np.log(share / (1 - share)) + spread * rng.standard_normal(n_days)
    k = rng.binomial(n.astype(int), 1 / (1 + np.exp(-logit))).astype(float)
    return DailyShare(days=days(n_days), k=k, n=n)


def moved(s: DailyShare, share: float, start: int, end: int | None = None) -> DailyShare:
    k = s.k.copy()
    k[start:end] = np.random.default_rng(9).binomial(s.n[start:end].astype(int), share)
    return DailyShare(days=s.days, k=k, n=s.n)


def test_most_steady_shares_are_left_alone() -> None:
    alarms = [scan_share(series(60, 200, 0.7, seed)).level is not Level.NONE for seed in range(40)]
    assert sum(alarms) <= 6


@pytest.mark.parametrize(("before", "after", "direction"), [(0.71, 0.22, "drop"), (0.04, 0.30, "rise")])
def test_a_step_is_found_dated_and_sized(before: float, after: float, direction: str) -> None:
    verdict = scan_share(moved(series(60, 150, before, 3), after, 56))
    assert verdict.level is Level.CONFIRMED
    assert verdict.direction == direction
    assert verdict.since == days(60)[56]
    assert verdict.after == pytest.approx(after, abs=0.08)
    assert verdict.after_low < verdict.after < verdict.after_high
    assert verdict.before == pytest.approx(before, abs=0.05)
    assert verdict.moved == pytest.approx(verdict.n * abs(verdict.after - verdict.before))
    assert verdict.until is None


@pytest.mark.parametrize("start", range(36, 60, 3))
def test_a_step_keeps_its_first_day_and_what_was_before_however_long_it_lasts(start: int) -> None:
    verdict = scan_share(moved(series(60, 200, 0.99, 4), 0.001, start))
    assert verdict.level is Level.CONFIRMED
    assert verdict.since == days(60)[start]
    assert verdict.before == pytest.approx(0.99, abs=0.01)
    assert verdict.until is None


def test_a_second_step_is_dated_by_itself() -> None:
    verdict = scan_share(moved(moved(series(60, 200, 0.8, 4), 0.6, 35), 0.2, 57))
    assert verdict.level is Level.CONFIRMED
    assert verdict.since == days(60)[57]
    assert verdict.before == pytest.approx(0.6, abs=0.05)


def test_matched_orders_at_twenty_a_day_show_a_half_loss_within_two_days() -> None:
    found = [scan_share(moved(series(60, 20, 0.92, seed), 0.46, 58)).level for seed in range(20)]
    assert sum(level in (Level.SUSPECT, Level.CONFIRMED) for level in found) >= 19


def test_an_old_step_that_ended_is_reported_with_its_end() -> None:
    verdict = scan_share(moved(series(70, 100, 0.9, 5), 0.3, 40, 46))
    assert verdict.level is Level.CONFIRMED
    assert (verdict.since, verdict.until) == (days(70)[40], days(70)[46])
    assert Reason.ENDED in verdict.reasons


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("rows", "before", "after"), [(25, 0.98, 0.1), (60, 0.72, 0.3)])
def test_a_loss_that_was_mended_this_week_is_told_as_over(rows: int, before: float, after: float, seed: int) -> None:
    steady = series(60, rows, before, seed)
    mended = scan_share(moved(steady, after, 53, 57))
    assert mended.level is Level.CONFIRMED
    assert (mended.since, mended.until) == (days(60)[53], days(60)[57])
    lasting = scan_share(moved(steady, after, 53))
    assert (lasting.since, lasting.until) == (days(60)[53], None)


def test_days_without_rows_say_nothing() -> None:
    s = series(60, 100, 0.8, 6)
    n, k = s.n.copy(), s.k.copy()
    n[[20, 21, 59]] = 0.0
    k[[20, 21, 59]] = 0.0
    assert scan_share(DailyShare(days=s.days, k=k, n=n)).level is Level.NONE


def test_little_data_is_unknown() -> None:
    assert scan_share(series(9, 100, 0.8)).reasons == (Reason.TOO_FEW_DAYS,)
    assert scan_share(series(20, 1, 0.8)).reasons == (Reason.TOO_FEW_COUNTS,)


def test_a_change_below_five_points_is_nobody_s_business() -> None:
    assert scan_share(moved(series(60, 5000, 0.10, 8, 0.0), 0.14, 55)).level is Level.NONE


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 30), after=st.floats(0.05, 0.95))
def test_the_complement_tells_the_mirror_story(seed: int, after: float) -> None:
    s = moved(series(40, 80, 0.6, seed), after, 37)
    one, other = scan_share(s), scan_share(DailyShare(days=s.days, k=s.n - s.k, n=s.n))
    assert one.score == pytest.approx(other.score, rel=0.02, abs=0.02)
    if one.level is other.level is Level.CONFIRMED:
        assert {one.direction, other.direction} == {"drop", "rise"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=0, max_size=60))
def test_any_share_gets_a_verdict(rows: list[tuple[int, int]]) -> None:
    k = np.array([float(a) for a, _ in rows])
    n = np.array([float(a + b) for a, b in rows])
    verdict = scan_share(DailyShare(days=days(len(rows)), k=k, n=n))
    assert np.isfinite(verdict.score)
    if verdict.level in (Level.SUSPECT, Level.CONFIRMED):
        assert verdict.since_low <= verdict.since <= verdict.since_high
        assert 0 <= verdict.after_low <= verdict.after <= verdict.after_high <= 1


def in_clumps(rng: np.random.Generator, people: float, each: float, drop: float = 0.0, n_days: int = 60) -> DailyShare:
    """Each person leaves some rows, all good or all bad; ``drop`` of the good ones is lost on the last three days."""
    share = np.where(np.arange(n_days) >= n_days - 3, 0.6 * (1.0 - drop), 0.6)
    count = [rng.geometric(1.0 / each, rng.poisson(people)).astype(float) for _ in range(n_days)]
    good = [float(rows[rng.random(len(rows)) < p].sum()) for rows, p in zip(count, share, strict=True)]
    return DailyShare(days=days(n_days), k=np.array(good), n=np.array([float(rows.sum()) for rows in count]))


@pytest.mark.parametrize("people", [5.0, 50.0])
def test_rows_of_the_same_person_are_no_change(people: float) -> None:
    rng = np.random.default_rng(5)
    alarms = [scan_share(in_clumps(rng, people, 3.0)).level for _ in range(60)]
    assert sum(level in (Level.SUSPECT, Level.CONFIRMED) for level in alarms) <= 15
    assert alarms.count(Level.CONFIRMED) <= 5


def test_rows_of_their_own_are_not_taken_for_clumps() -> None:
    rng = np.random.default_rng(5)
    found = [scan_share(in_clumps(rng, 15.0, 1.0, drop=0.6)) for _ in range(30)]
    assert sum(verdict.direction == "drop" for verdict in found) >= 24
