"""The tails against sums of the probability mass, computed another way."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, lgamma, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiktrack.detect.tail import beta_binomial_tails, incomplete_beta, nb_tails


@given(a=st.integers(1, 12), b=st.integers(1, 12), x=st.fractions(0, 1, max_denominator=50))
def test_incomplete_beta_equals_the_binomial_sum_in_exact_fractions(a: int, b: int, x: Fraction) -> None:
    n = a + b - 1
    exact = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert incomplete_beta(a, b, float(x)) == pytest.approx(float(exact), abs=1e-12)


@given(seen=st.integers(0, 300), mean=st.floats(0.5, 300), phi=st.floats(0.001, 1.0))
def test_nb_tails_equal_the_summed_mass(seen: int, mean: float, phi: float) -> None:
    size = 1 / phi
    mass = [
        exp(
            lgamma(k + size)
            - lgamma(size)
            - lgamma(k + 1)
            + size * log(size / (size + mean))
            + k * log(mean / (size + mean))
        )
        for k in range(seen + 1)
    ]
    few, many = nb_tails(float(seen), mean, mean + phi * mean * mean)
    assert few == pytest.approx(sum(mass[:-1]) + mass[-1] / 2, rel=1e-7, abs=1e-14)
    assert few + many == pytest.approx(1.0, abs=1e-9)


def test_without_extra_variance_it_is_a_poisson() -> None:
    few, _ = nb_tails(2.0, 5.0, 5.0)
    expected = exp(-5.0) * (1 + 5 + 12.5 / 2)
    assert few == pytest.approx(expected, rel=1e-5)


@settings(max_examples=60)
@given(
    n=st.integers(1, 200),
    part=st.floats(0, 1),
    share=st.floats(0.01, 0.99),
    rho=st.floats(0.0001, 0.3),
)
def test_beta_binomial_tails_are_a_distribution(n: int, part: float, share: float, rho: float) -> None:
    k = round(part * n)
    few, many = beta_binomial_tails(k, n, share, rho)
    assert few + many == pytest.approx(1.0, abs=1e-9)
    other_many, other_few = beta_binomial_tails(n - k, n, 1 - share, rho)
    assert few == pytest.approx(other_few, rel=1e-6, abs=1e-12)
    assert many == pytest.approx(other_many, rel=1e-6, abs=1e-12)


def test_beta_binomial_with_uniform_prior_is_uniform() -> None:
    few, many = beta_binomial_tails(3, 9, 0.5, 1 / 3)  # Beta(1, 1): every count of 0 to 9 has mass 0.1
    assert few == pytest.approx(0.35)
    assert many == pytest.approx(0.65)
