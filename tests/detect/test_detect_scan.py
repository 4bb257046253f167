"""What the drop detector says about series whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from detect_series import daily, days, healthy, thinned
from hypothesis import given, settings
from hypothesis import strategies as st

from tiktrack.detect.records import Completeness, Daily, Level, Reason
from tiktrack.detect.scan import episodes, newest, scan


@pytest.mark.parametrize("seed", range(5))
def test_a_healthy_account_is_left_alone(seed: int) -> None:
    counts, clicks, orders = healthy(90, 60, seed)
    assert scan(daily(counts, clicks)).level is Level.NONE
    assert scan(daily(counts, clicks, orders)).level is Level.NONE


@pytest.mark.parametrize("seed", range(5))
def test_half_the_conversions_lost_for_three_days_is_found_and_dated(seed: int) -> None:
    counts, clicks, _ = healthy(60, 80, seed)
    verdict = scan(daily(thinned(counts, 0.5, 57), clicks))
    assert verdict.alarmed
    assert verdict.direction == "drop"
    assert verdict.since is not None
    assert abs((verdict.since - days(60)[57]).days) <= 1
    assert verdict.since_low <= verdict.since <= verdict.since_high
    assert verdict.ratio_low < 0.5 < verdict.ratio_high or abs(verdict.ratio - 0.5) < 0.15
    assert verdict.lost == pytest.approx(verdict.expected - verdict.seen)
    assert Reason.COUNTS_FELL in verdict.reasons


def test_complete_loss_at_twenty_a_day_is_confirmed_after_two_days() -> None:
    counts, clicks, _ = healthy(60, 20, 3)
    counts[58:] = 0.0
    verdict = scan(daily(counts, clicks))
    assert verdict.level is Level.CONFIRMED
    assert verdict.since == days(60)[58]


def test_a_budget_cut_is_no_break() -> None:
    counts, clicks, _ = healthy(60, 100, 4)
    clicks[56:] = np.round(clicks[56:] * 0.4)
    verdict = scan(daily(thinned(counts, 0.4**0.8, 56), clicks))
    assert verdict.level is Level.NONE
    assert Reason.EXPOSURE_EXPLAINS in verdict.reasons


def test_clicks_that_stop_expect_nothing() -> None:
    counts, clicks, _ = healthy(60, 100, 5)
    counts[55:], clicks[55:] = 0.0, 0.0
    assert scan(daily(counts, clicks)).level is Level.NONE


def test_more_but_worse_clicks_are_no_break() -> None:
    counts, clicks, _ = healthy(60, 100, 6)
    clicks[55:] *= 2.0
    assert scan(daily(counts, clicks)).level is Level.NONE


def test_orders_tell_a_shop_that_sells_less_from_tracking_that_counts_less() -> None:
    counts, clicks, orders = healthy(70, 100, 7)
    fewer = thinned(counts, 0.45, 66)
    both = scan(daily(fewer, clicks, thinned(orders, 0.45, 66)))
    alone = scan(daily(fewer, clicks, orders))
    assert both.level is Level.NONE
    assert Reason.WITNESS_EXPLAINS in both.reasons
    assert alone.level is Level.CONFIRMED
    assert Reason.WITNESS_AGREES in alone.reasons


def test_a_rise_needs_a_witness() -> None:
    counts, clicks, orders = healthy(70, 60, 8)
    counts[66:] *= 2.0
    with_orders = scan(daily(counts, clicks, orders))
    assert with_orders.direction == "rise"
    assert with_orders.alarmed
    assert with_orders.lost < 0
    assert scan(daily(counts, clicks)).direction is None


def test_unfinished_days_are_not_a_drop_but_a_loss_on_top_is() -> None:
    counts, clicks, _ = healthy(60, 100, 9)
    booked = np.ones(60)
    booked[-7:] = (0.74, 0.86, 0.92, 0.955, 0.975, 0.99, 0.997)[::-1]
    unfinished = np.round(counts * booked)
    assert scan(daily(unfinished, clicks, basis="click")).level is Level.NONE
    broken = thinned(unfinished, 0.25, 57)
    assert scan(daily(broken, clicks, basis="click")).alarmed


def test_a_learned_curve_replaces_the_default() -> None:
    counts, clicks, _ = healthy(60, 200, 10)
    slow = Completeness((0.3, 0.5, 0.7, 0.85, 0.92, 0.96, 0.99), (0.02,) * 7)
    unfinished = counts.copy()
    unfinished[-7:] *= np.array(slow.mean[::-1])
    series = daily(np.round(unfinished), clicks, basis="click")
    assert scan(series).alarmed
    assert scan(replace(series, completeness=slow)).level is Level.NONE


def test_a_break_of_twenty_days_ago_that_lasts_is_reported() -> None:
    counts, clicks, _ = healthy(80, 60, 11)
    verdict = scan(daily(thinned(counts, 0.4, 60), clicks))
    assert verdict.alarmed
    assert abs((verdict.since - days(80)[60]).days) <= 1
    assert verdict.until is None
    assert verdict.ratio == pytest.approx(0.4, abs=0.12)


def test_five_bad_days_three_weeks_ago_are_reported_with_their_end() -> None:
    counts, clicks, _ = healthy(80, 60, 12)
    verdict = scan(daily(thinned(counts, 0.1, 53, 58), clicks))
    assert verdict.level is Level.CONFIRMED
    assert verdict.since == days(80)[53]
    assert verdict.until == days(80)[58]
    assert Reason.ENDED in verdict.reasons


def test_an_old_healed_break_does_not_hide_a_new_one() -> None:
    counts, clicks, _ = healthy(80, 80, 13)
    series = daily(thinned(thinned(counts, 0.1, 50, 55), 0.3, 77), clicks)
    verdict = newest(series)
    assert verdict.alarmed
    assert verdict.since == days(80)[77]
    assert next(v.since for v in episodes(series)) == days(80)[50]


def test_one_huge_day_neither_alarms_nor_blinds() -> None:
    counts, clicks, _ = healthy(60, 60, 14)
    counts[54] *= 8
    assert scan(daily(counts, clicks)).level is Level.NONE
    assert newest(daily(thinned(counts, 0.3, 57), clicks)).alarmed


def test_missing_days_are_not_zeros() -> None:
    counts, clicks, _ = healthy(60, 50, 15)
    gappy = counts.copy()
    gappy[[20, 21, 40, 57, 58]] = np.nan
    assert scan(daily(gappy, clicks)).level is Level.NONE
    zeros = counts.copy()
    zeros[[57, 58]] = 0.0
    assert scan(daily(zeros, clicks)).alarmed


def test_days_left_out_equal_days_marked_missing() -> None:
    counts, clicks, _ = healthy(60, 50, 16)
    counts = thinned(counts, 0.4, 56)
    keep = np.ones(60, dtype=bool)
    keep[[10, 30, 31]] = False
    marked = scan(daily(np.where(keep, counts, np.nan), clicks))
    left_out = Daily(
        days=tuple(d for d, k in zip(days(60), keep, strict=True) if k),
        counts=counts[keep],
        exposure=clicks[keep],
    )
    assert scan(left_out) == marked


def test_days_after_as_of_are_not_read() -> None:
    counts, clicks, _ = healthy(61, 50, 17)
    counts[-1] = 3.0
    last_complete = days(61)[-2]
    cut = daily(counts[:-1], clicks[:-1])
    assert scan(daily(counts, clicks, as_of=last_complete)) == scan(cut)


def test_a_shop_closed_on_sundays_is_not_broken_every_sunday() -> None:
    counts, clicks, _ = healthy(63, 60, 18)
    closed = np.array([d.weekday() == 6 for d in days(63)])
    counts[closed] = np.round(counts[closed] * 0.05)
    assert days(63)[-1].weekday() == 6
    assert newest(daily(counts, clicks)).level is Level.NONE


@pytest.mark.parametrize("n", [0, 1, 13])
def test_too_few_days_is_unknown(n: int) -> None:
    counts, clicks, _ = healthy(20, 50, 19)
    verdict = scan(daily(counts[:n], clicks[:n]))
    assert verdict.level is Level.UNKNOWN
    assert verdict.reasons == (Reason.TOO_FEW_DAYS,)


def test_fourteen_days_are_enough_to_see_everything_vanish() -> None:
    counts, clicks, _ = healthy(16, 60, 20)
    assert newest(daily(counts[:14], clicks[:14])).level is Level.NONE
    counts[14:] = 0.0
    assert scan(daily(counts, clicks)).alarmed


def test_all_zeros_and_almost_nothing_are_unknown_never_passed() -> None:
    verdict = scan(daily(np.zeros(60), np.full(60, 100.0)))
    assert verdict.level is Level.UNKNOWN
    assert verdict.reasons == (Reason.TOO_FEW_COUNTS,)
    rare = np.zeros(60)
    rare[::2] = 1.0
    sparse = scan(daily(rare, np.full(60, 100.0)))
    assert sparse.level is Level.UNKNOWN
    assert sparse.reasons in ((Reason.TOO_FEW_COUNTS,), (Reason.NO_POWER,))


@settings(max_examples=25, deadline=None)
@given(keep=st.floats(0.05, 0.55), seed=st.integers(0, 50))
def test_a_deeper_drop_never_scores_less(keep: float, seed: int) -> None:
    counts, _, _ = healthy(50, 40, seed)
    milder, deeper = counts.copy(), counts.copy()
    milder[47:] = np.floor(counts[47:] * (keep + 0.1))
    deeper[47:] = np.minimum(np.floor(counts[47:] * keep), milder[47:])
    assert newest(daily(deeper)).score >= newest(daily(milder)).score - 1e-9


@settings(max_examples=25, deadline=None)
@given(factor=st.floats(0.01, 100.0), seed=st.integers(0, 20))
def test_the_unit_of_the_exposure_does_not_matter(factor: float, seed: int) -> None:
    counts, clicks, orders = healthy(50, 60, seed)
    counts = thinned(counts, 0.4, 47)
    one, other = newest(daily(counts, clicks, orders)), newest(daily(counts, clicks * factor, orders))
    assert other.since == one.since
    assert other.score == pytest.approx(one.score, rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(weeks=st.integers(-200, 200), seed=st.integers(0, 20))
def test_the_calendar_does_not_matter_beyond_the_weekday(weeks: int, seed: int) -> None:
    counts, clicks, _ = healthy(50, 60, seed)
    here = daily(thinned(counts, 0.4, 46), clicks)
    there = replace(here, days=tuple(d + timedelta(weeks=weeks) for d in here.days))
    assert scan(there).score == scan(here).score


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 400).map(float), st.just(float("nan"))), min_size=0, max_size=70),
    st.sampled_from(["event", "click"]),
)
def test_any_series_gets_a_verdict(values: list[float], basis: str) -> None:
    counts = np.array(values, dtype=float)
    exposure = np.nan_to_num(counts)[::-1].copy()
    verdict = scan(daily(counts, exposure, exposure[::-1], basis))
    assert verdict.level in Level
    assert np.isfinite(verdict.score)
    if verdict.alarmed:
        assert verdict.since_low <= verdict.since <= verdict.since_high


def test_a_series_picked_from_many_must_show_more() -> None:
    counts, clicks, _ = healthy(60, 20, 3)
    series = daily(thinned(counts, 0.35, 57), clicks)
    alone = newest(series)
    assert alone.alarmed
    assert newest(series, among=10**6).level is Level.NONE
    assert newest(series, among=10**6).score == alone.score


def test_a_lasting_loss_of_a_third_is_not_forgotten_after_a_week() -> None:
    counts = np.full(60, 80.0)
    counts[48:] = 50.0
    verdict = scan(daily(counts, np.full(60, 4000.0)))
    assert verdict.alarmed
    assert verdict.until is None
    assert abs((verdict.since - days(60)[48]).days) <= 1


@pytest.mark.parametrize("seed", range(8))
def test_a_lost_day_is_told_on_every_morning_of_the_week_after(seed: int) -> None:
    counts, clicks, _ = healthy(60, 40, seed)
    counts = thinned(counts, 0.0, 45, 46)
    told = [scan(daily(counts[:n], clicks[:n]), among=3) for n in range(46, 53)]
    assert {verdict.level for verdict in told} == {Level.CONFIRMED}
    assert {verdict.since for verdict in told} == {days(46)[45]}
    assert {verdict.until for verdict in told[2:]} == {days(47)[46]}
