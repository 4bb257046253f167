"""Ranges that accounts are drawn from: one set to tune on, a wider one to report on.

Grounds: extra-Poisson variance of real account totals .01 to .06, lag-1 correlation .3 to .9, elasticity
against clicks .4 to 1.0 (measured on public series). The reporting set is noisier on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Uniform ranges of an account's habits; ``seed`` keeps the two worlds apart."""

    seed: int
    campaigns: tuple[int, int]
    elasticity: Span
    common_phi: Span
    campaign_phi: Span
    rho: Span
    weekday_sd: Span
    clicks_sd: Span
    clicks_rho: Span
    drift_sd: Span
    demand_share: Span
    orders_per_conversion: Span
    orders_phi: Span
    matched: Span


TUNING = Ranges(
    seed=11,
    campaigns=(1, 4),
    elasticity=(0.5, 1.0),
    common_phi=(0.003, 0.016),
    campaign_phi=(0.006, 0.03),
    rho=(0.3, 0.7),
    weekday_sd=(0.06, 0.15),
    clicks_sd=(0.10, 0.22),
    clicks_rho=(0.4, 0.8),
    drift_sd=(0.004, 0.010),
    demand_share=(0.4, 0.8),
    orders_per_conversion=(2.0, 6.0),
    orders_phi=(0.01, 0.03),
    matched=(0.80, 0.95),
)
REPORTING = Ranges(
    seed=7_002,
    campaigns=(1, 5),
    elasticity=(0.4, 1.05),
    common_phi=(0.005, 0.022),
    campaign_phi=(0.01, 0.04),
    rho=(0.3, 0.75),
    weekday_sd=(0.05, 0.20),
    clicks_sd=(0.08, 0.25),
    clicks_rho=(0.3, 0.85),
    drift_sd=(0.003, 0.012),
    demand_share=(0.35, 0.85),
    orders_per_conversion=(1.5, 8.0),
    orders_phi=(0.01, 0.04),
    matched=(0.75, 0.95),
)
