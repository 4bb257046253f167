"""Seeded series for the tests: healthy counts with clicks and orders, and a break put in."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tiktrack.detect.records import Basis, Daily, Floats

FIRST = date(2026, 3, 2)


def days(n: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=i) for i in range(n))


def healthy(n: int, volume: float, seed: int = 0, phi: float = 0.01) -> tuple[Floats, Floats, Floats]:
    """Counts, clicks and orders of ``n`` days with a weekday pattern and a shared daily shock."""
    rng = np.random.default_rng(seed)
    weekday = np.exp(0.1 * np.sin(np.arange(n) * 2 * np.pi / 7))
    clicks = np.round(2000 * np.exp(0.15 * rng.standard_normal(n)))
    shock = rng.gamma(1 / phi, phi, n)
    mean = volume * weekday * shock * (clicks / 2000) ** 0.8
    return rng.poisson(mean).astype(float), clicks, rng.poisson(4 * volume * weekday * shock).astype(float)


def thinned(counts: Floats, keep: float, start: int, end: int | None = None, seed: int = 1) -> Floats:
    """The counts with a share ``keep`` surviving on days ``start`` to ``end``."""
    out = counts.copy()
    out[start:end] = np.random.default_rng(seed).binomial(counts[start:end].astype(int), keep)
    return out


def daily(
    counts: Floats,
    exposure: Floats | None = None,
    witness: Floats | None = None,
    basis: Basis = "event",
    as_of: date | None = None,
) -> Daily:
    return Daily(days=days(len(counts)), counts=counts, exposure=exposure, witness=witness, basis=basis, as_of=as_of)
