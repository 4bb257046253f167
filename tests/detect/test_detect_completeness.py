"""Learning how days fill up."""

from __future__ import annotations

import numpy as np
import pytest

from tiktrack.detect.completeness import DEFAULT, at_age, from_datings, from_pulls

SLOW = np.array([0.4, 0.2, 0.15, 0.1, 0.06, 0.04, 0.03, 0.02])


def test_the_default_grows_to_one() -> None:
    mean, sd = at_age(DEFAULT, np.arange(12.0))
    assert (np.diff(mean) >= 0).all()
    assert mean[-1] == 1.0
    assert sd[-1] == 0.0


def test_two_pulls_of_many_days_teach_the_curve() -> None:
    rng = np.random.default_rng(1)
    age = np.tile(np.arange(7.0), 40)
    final = rng.poisson(200, len(age)).astype(float)
    early = rng.binomial(final.astype(int), np.cumsum(SLOW)[age.astype(int)]).astype(float)
    curve = from_pulls(early, final, age)
    assert curve is not None
    assert curve.mean == pytest.approx(tuple(np.cumsum(SLOW)[:7]), abs=0.05)
    assert from_pulls(early[:13], final[:13], age[:13]) is None


def test_two_datings_of_the_same_conversions_move_the_curve_towards_the_truth() -> None:
    rng = np.random.default_rng(2)
    clicked = rng.poisson(200 * np.exp(0.4 * rng.standard_normal(120)))
    happened = np.zeros(127)
    for day, n in enumerate(clicked):
        happened[day : day + 8] += rng.multinomial(n, SLOW)
    curve = from_datings(clicked.astype(float), happened[:120])
    assert curve is not None
    truth, default = np.cumsum(SLOW)[:7], np.array(DEFAULT.mean)
    assert np.abs(np.array(curve.mean) - truth).sum() < 0.4 * np.abs(default - truth).sum()
    assert from_datings(clicked[:20].astype(float), happened[:20]) is None
