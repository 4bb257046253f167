"""The estimate from two channels: known numbers, and that its interval holds what it promises."""

from __future__ import annotations

from random import Random

import pytest

from tiktrack.ledger.capture import estimate


def test_by_hand() -> None:
    found = estimate(200, 100, 40)
    assert found is not None
    assert found.all == pytest.approx(201 * 101 / 41 - 1)
    assert found.seen == 260
    assert found.seen < found.low < found.all < found.high


def test_too_little_to_tell() -> None:
    assert estimate(500, 500, 9) is None


def test_full_overlap_leaves_next_to_nothing() -> None:
    found = estimate(300, 300, 300)
    assert found is not None
    assert (found.low, found.all) == (300, 300)
    assert found.high == pytest.approx(300.03)


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    rng, truth, held = Random(7), 400, 0
    for _ in range(500):
        seen = [(rng.random() < 0.85, rng.random() < 0.9) for _ in range(truth)]
        found = estimate(sum(b for b, _ in seen), sum(s for _, s in seen), sum(b and s for b, s in seen))
        assert found is not None
        held += found.low <= truth <= found.high
    assert held >= 0.92 * 500


def test_dependence_biases_as_printed() -> None:
    """People whom both channels miss make it too low; a server that only steps in makes it too high."""
    blocked = estimate(800, 810, 730)  # of 1,000 people 100 block both
    fallback = estimate(800, 300, 120)  # of 1,000 people
    assert blocked is not None
    assert fallback is not None
    assert blocked.high < 1000 < fallback.low
