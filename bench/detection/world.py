"""Seeded accounts: campaigns × days of clicks and conversions, and the orders of the shop."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bench.detection.ranges import Ranges, Span

Floats = NDArray[np.float64]
HISTORY = 56
DELAY = np.array([0.74, 0.12, 0.06, 0.035, 0.02, 0.015, 0.007, 0.003])
"""Share of conversions by days after the click; every account bends it a little."""


@dataclass(slots=True)
class Account:
    """Truth of one account; scenarios multiply ``clicks_by``, ``counts_by`` and ``orders_by`` before
    ``draw``.

    Shapes: campaigns × days for ``rate``, ``clicks``, ``*_by``; days for ``demand_by``. ``kept`` is what
    tracking keeps, ``attributed`` what reporting attributes. ``phi`` and ``rho`` are of the account total.
    """

    rng: np.random.Generator
    base_clicks: Floats
    base_rate: Floats
    shock: Floats
    orders_base: Floats
    elasticity: float
    phi: float
    rho: float
    matched: float
    delay: Floats
    clicks_by: Floats = field(init=False)
    counts_by: Floats = field(init=False)
    kept: Floats = field(init=False)
    demand_by: Floats = field(init=False)
    exported: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Nothing has happened yet."""
        shape = self.base_rate.shape
        self.clicks_by, self.counts_by, self.kept = np.ones(shape), np.ones(shape), np.ones(shape)
        self.demand_by, self.exported = np.ones(shape[1]), np.ones(shape[1])

    @property
    def true_mean(self) -> Floats:
        """Expected conversions that happen, without the day's shock, campaigns × days."""
        return self.base_rate * self.clicks_by**self.elasticity * self.counts_by * self.demand_by


@dataclass(frozen=True, slots=True)
class Series:
    """What an observer gets, days oldest first; ``by_delay`` is days × delays of recorded conversions."""

    clicks: Floats
    counts: Floats
    expected: Floats
    orders: Floats
    campaign_clicks: Floats
    campaign_counts: Floats
    by_delay: Floats
    matched: Floats
    exported: Floats


def account(rng: np.random.Generator, volume: float, days: int, r: Ranges) -> Account:
    """An account of ``volume`` recorded conversions a day."""
    n = int(rng.integers(r.campaigns[0], r.campaigns[1] + 1))
    share = rng.dirichlet(np.full(n, 2.0))
    weekday = _weekday(rng, days, r.weekday_sd)
    rho, clicks_rho = _in(rng, r.rho), _in(rng, r.clicks_rho)
    swing = _ar(rng, n, days, _in(rng, r.clicks_sd), clicks_rho) + _ar(rng, 1, days, 0.08, 0.8)
    cvr = 0.02 * np.exp(0.4 * rng.standard_normal(n))
    clicks_weekday = _weekday(rng, days, (0.03, 0.10))
    elasticity, demand_share = _in(rng, r.elasticity), _in(rng, r.demand_share)
    common, own_phi = _in(rng, r.common_phi), _in(rng, r.campaign_phi)
    demand = _ar(rng, 1, days, float(np.sqrt(common * demand_share)), rho)[0]
    ads = _ar(rng, 1, days, float(np.sqrt(common * (1 - demand_share))), rho)[0]
    drift = np.cumsum(rng.standard_normal(days)) * _in(rng, r.drift_sd)
    rate = volume * share[:, None] * np.exp(drift - drift[:HISTORY].mean()) * weekday * np.exp(elasticity * swing)
    shock = np.exp(demand + ads - common / 2 + _ar(rng, n, days, float(np.sqrt(own_phi)), 0.4) - own_phi / 2)
    others = volume * _in(rng, r.orders_per_conversion)
    orders_noise = _ar(rng, 1, days, float(np.sqrt(_in(rng, r.orders_phi))), 0.4)[0]
    delay = DELAY * np.exp(rng.normal(0, 0.15, len(DELAY)))
    return Account(
        rng=rng,
        base_clicks=volume * share[:, None] / cvr[:, None] * np.exp(swing) * clicks_weekday,
        base_rate=rate,
        shock=shock,
        orders_base=others * weekday * np.exp(demand + orders_noise + 0.6 * (drift - drift[:HISTORY].mean())),
        elasticity=elasticity,
        phi=common + own_phi * float((share**2).sum()),
        rho=rho,
        matched=_in(rng, r.matched),
        delay=delay / delay.sum(),
    )


def draw(a: Account) -> Series:
    """Counts of one account after its scenario."""
    rng, mean = a.rng, a.true_mean
    clicks = rng.poisson(a.base_clicks * a.clicks_by).astype(float)
    happened = rng.poisson(mean * a.shock).astype(float)
    # what tracking doubles is drawn on top, what it loses is thinned
    recorded = rng.binomial(happened.astype(int), np.minimum(a.kept, 1.0)).astype(float)
    recorded += rng.poisson(happened * np.maximum(a.kept - 1.0, 0.0))
    orders = happened.sum(axis=0) + rng.poisson(a.orders_base * a.demand_by)
    healthy = (a.kept.mean(axis=0)).clip(0.0, 1.0)
    return Series(
        clicks=clicks.sum(axis=0),
        counts=recorded.sum(axis=0),
        expected=mean.sum(axis=0),
        orders=orders.astype(float),
        campaign_clicks=clicks,
        campaign_counts=recorded,
        by_delay=_by_delay(rng, happened.sum(axis=0), a.delay, a.kept.mean(axis=0)),
        matched=rng.binomial(orders.astype(int), np.minimum(a.matched * healthy, 1.0)).astype(float),
        exported=a.exported,
    )


def _by_delay(rng: np.random.Generator, happened: Floats, delay: Floats, kept: Floats) -> Floats:
    """Conversions by click day and delay; tracking loses what happens while it is broken, not what was
    clicked."""
    days = len(happened)
    out = np.vstack([rng.multinomial(int(n), delay) for n in happened])
    when = np.minimum(np.arange(days)[:, None] + np.arange(len(delay))[None, :], days - 1)
    return rng.binomial(out, np.minimum(kept[when], 1.0)).astype(float)


def _in(rng: np.random.Generator, span: Span) -> float:
    return float(rng.uniform(*span))


def _weekday(rng: np.random.Generator, days: int, sd: Span) -> Floats:
    factor = np.exp(rng.normal(0.0, _in(rng, sd), 7))
    return (factor / factor.mean())[np.arange(days) % 7]


def _ar(rng: np.random.Generator, rows: int, days: int, sd: float, rho: float) -> Floats:
    out = np.empty((rows, days))
    out[:, 0] = rng.standard_normal(rows)
    for t in range(1, days):
        out[:, t] = rho * out[:, t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal(rows)
    return sd * out
