"""Intervals, runs, slices: known answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktrack.audit.intervals import ratio, wilson
from tiktrack.audit.runs import partition
from tiktrack.audit.slices import Cell, explain


@pytest.mark.parametrize(
    ("bad", "n", "low", "high"),
    [(0, 20, 0.0, 0.1611), (10, 20, 0.2993, 0.7007), (20, 20, 0.8389, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson(bad: int, n: int, low: float, high: float) -> None:
    assert wilson(bad, n) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(bad: int, n: int) -> None:
    bad = min(bad, n)
    low, high = wilson(bad, n)
    assert 0 <= low <= bad / n + 1e-12
    assert bad / n - 1e-12 <= high <= 1


def test_ratio_is_the_quotient_of_counts() -> None:
    low, high = ratio(200, 100)
    assert low < 2 < high
    assert ratio(0, 0)[1] == float("inf")


def test_a_change_is_found_on_its_day() -> None:
    n = np.full(40, 50.0)
    bad = np.where(np.arange(40) >= 25, 45.0, 2.0)
    assert [(run.first, run.last) for run in partition(bad, n)] == [(0, 24), (25, 39)]


def test_a_few_bad_rows_a_day_in_a_small_shop_are_a_change() -> None:
    n = np.array([15.0] * 34 + [15, 18, 22, 13, 16, 18])
    bad = np.array([0.0] * 34 + [4, 4, 3, 0, 5, 1])
    assert [(run.first, run.last) for run in partition(bad, n)] == [(0, 33), (34, 39)]


def test_days_without_rows_do_not_split() -> None:
    n = np.array([50.0, 0, 50, 0, 0, 50] * 5)
    assert len(partition(n * 0.1, n)) == 1


def test_noise_makes_one_run() -> None:
    chance = np.random.default_rng(7)
    splits = 0
    for _ in range(200):
        n = chance.poisson(60, 45).astype(float)
        share = chance.beta(40, 60, 45)  # day-to-day scatter beyond the binomial
        splits += len(partition(chance.binomial(n.astype(int), share).astype(float), n)) > 1
    assert splits <= 4


def test_the_smallest_carrier_is_named() -> None:
    cells = [
        Cell(("Safari", "a"), 50, 48),
        Cell(("Safari", "b"), 50, 1),
        Cell(("Chrome", "a"), 100, 1),
        Cell(("Chrome", "b"), 100, 0),
    ]
    assert explain(cells, ("browser", "host")) == {"browser": "Safari", "host": "a"}


def test_nobody_is_named_where_it_is_everywhere() -> None:
    cells = [Cell(("Safari", "a"), 100, 50), Cell(("Chrome", "a"), 100, 48), Cell(("Chrome", "b"), 100, 52)]
    assert explain(cells, ("browser", "host")) == {}


def test_a_hot_spot_with_few_of_the_bad_rows_carries_nothing() -> None:
    cells = [Cell((f"/p{i}",), 1000, 60) for i in range(30)]
    assert explain([*cells, Cell(("/hot",), 30, 15)], ("page_path",)) == {}
