"""Hours whose truth is known."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from tiktrack.detect.hourly import Hourly, scan_hours
from tiktrack.detect.records import Floats, Level, Reason

START = datetime.fromisoformat("2026-03-02")
HOUR = timedelta(hours=1)


def hours(n: int, volume: float, seed: int = 0) -> Floats:
    """``volume`` events a day with quiet nights, weekly swing and weather."""
    rng = np.random.default_rng(seed)
    at = np.arange(n)
    shape = np.exp(1.2 * np.sin((at % 24 - 9) * 2 * np.pi / 24))
    day = np.repeat(rng.gamma(50, 0.02, n // 24 + 1), 24)[:n]
    week = np.exp(0.15 * np.sin(at // 24 * 2 * np.pi / 7))
    return rng.poisson(volume / 24 * shape / shape[:24].mean() * day * week).astype(float)


@pytest.mark.parametrize("seed", range(10))
def test_a_checkout_tag_lost_at_two_is_seen_at_eight_and_dated_to_the_hour(seed: int) -> None:
    counts = hours(40 * 24 + 20, 200, seed)
    counts[40 * 24 + 14 :] = 0.0
    verdict = scan_hours(Hourly(start=START, counts=counts))
    lost_at = START + timedelta(days=40, hours=14)
    assert verdict.level is Level.CONFIRMED
    assert verdict.now is not None
    assert verdict.now.silent
    assert abs(verdict.now.since - lost_at) <= 2 * HOUR
    assert verdict.now.until is None


@pytest.mark.parametrize("volume", [5, 30, 300])
def test_nights_and_small_shops_are_no_outage(volume: float) -> None:
    months = [Hourly(start=START, counts=hours(45 * 24, volume, seed)) for seed in range(8)]
    assert sum(len(scan_hours(month).spells) for month in months) <= 1


@pytest.mark.parametrize("volume", [40, 150])
def test_weekends_of_a_shop_for_companies_are_no_outage(volume: float) -> None:
    closed = np.where(np.arange(60 * 24) // 24 % 7 >= 5, 0.2, 1.0)
    for seed in range(4):
        counts = np.random.default_rng(seed).binomial(hours(60 * 24, volume, seed).astype(int), closed).astype(float)
        assert scan_hours(Hourly(start=START, counts=counts)).spells == ()


def test_a_working_day_without_events_is_found_where_weekends_are_weak() -> None:
    closed = np.where(np.arange(46 * 24) // 24 % 7 >= 5, 0.2, 1.0)
    counts = np.random.default_rng(3).binomial(hours(46 * 24, 100, 3).astype(int), closed).astype(float)
    counts[45 * 24 + 8 :] = 0.0
    verdict = scan_hours(Hourly(start=START, counts=counts))
    assert verdict.level is Level.CONFIRMED
    assert verdict.now is not None
    assert verdict.now.silent


def test_two_thirds_lost_for_a_day_is_found_with_its_end() -> None:
    counts = hours(45 * 24, 300, 4)
    rows = slice(30 * 24 + 9, 31 * 24 + 9)
    counts[rows] = np.random.default_rng(1).binomial(counts[rows].astype(int), 0.33)
    (spell,) = scan_hours(Hourly(start=START, counts=counts)).spells
    assert abs(spell.since - (START + rows.start * HOUR)) <= 3 * HOUR
    assert spell.until is not None
    assert abs(spell.until - (START + rows.stop * HOUR)) <= 3 * HOUR
    assert not spell.silent
    assert spell.lost == pytest.approx(200, rel=0.35)


def test_missing_hours_are_not_silence() -> None:
    counts = hours(40 * 24, 200, 5)
    counts[-10:] = np.nan
    assert scan_hours(Hourly(start=START, counts=counts)).level is Level.NONE


def test_hours_without_page_views_expect_nothing() -> None:
    counts, views = hours(40 * 24, 200, 6), hours(40 * 24, 4000, 7)
    counts[-8:], views[-8:] = 0.0, 0.0
    assert scan_hours(Hourly(start=START, counts=counts)).level is Level.CONFIRMED
    assert scan_hours(Hourly(start=START, counts=counts, exposure=views)).level is Level.NONE


def test_the_price_of_silence_is_told() -> None:
    small = scan_hours(Hourly(start=START, counts=hours(40 * 24, 20, 8)))
    large = scan_hours(Hourly(start=START, counts=hours(40 * 24, 400, 8)))
    assert 9 < small.missed_to_see < 40
    assert large.hours_to_see < small.hours_to_see


def test_under_two_weeks_or_without_events_is_unknown() -> None:
    assert scan_hours(Hourly(start=START, counts=hours(13 * 24, 200))).reasons == (Reason.TOO_FEW_DAYS,)
    assert scan_hours(Hourly(start=START, counts=np.zeros(40 * 24))).reasons == (Reason.TOO_FEW_COUNTS,)


@pytest.mark.parametrize("seed", range(12))
def test_any_hours_get_a_verdict(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.choice([0.0, 0.0, 1.0, 5.0, 900.0, np.nan], 14 * 24 + 60 * seed, p=[0.3, 0.2, 0.2, 0.2, 0.05, 0.05])
    views = rng.choice([0.0, 3.0, 5000.0, np.nan], len(counts))
    for exposure in (None, views):
        verdict = scan_hours(Hourly(start=START, counts=counts, exposure=exposure))
        for spell in verdict.spells:
            assert spell.since_low <= spell.since <= spell.since_high
            assert spell.until is None or spell.until > spell.since
