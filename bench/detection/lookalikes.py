"""Things that look like a break and are none; an alarm about any of them is false."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.detection.world import Account

Scenario = Callable[[Account, int], None]


def budget_cut(a: Account, at: int) -> None:
    """All budgets down by 40 to 70 %."""
    a.clicks_by[:, at:] *= a.rng.uniform(0.3, 0.6)


def budget_rise(a: Account, at: int) -> None:
    """All budgets up by half to two and a half times."""
    a.clicks_by[:, at:] *= a.rng.uniform(1.5, 2.5)


def holiday(a: Account, at: int) -> None:
    """One or two quiet days."""
    a.demand_by[at : at + int(a.rng.integers(1, 3))] *= a.rng.uniform(0.5, 0.8)


def promotion_and_return(a: Account, at: int) -> None:
    """Three to six strong days, then a slight hangover."""
    end = at + int(a.rng.integers(3, 7))
    a.demand_by[at:end] *= a.rng.uniform(1.5, 2.5)
    a.demand_by[end : end + 4] *= a.rng.uniform(0.85, 1.0)


def creative_with_worse_clicks(a: Account, at: int) -> None:
    """Many more clicks, hardly more buyers."""
    more = a.rng.uniform(1.4, 2.2)
    a.clicks_by[:, at:] *= more
    a.counts_by[:, at:] *= a.rng.uniform(1.0, 1.15) / more**a.elasticity


def pause(a: Account, at: int) -> None:
    """One campaign stops; alone, it goes down to a fifth."""
    row = int(a.rng.integers(len(a.clicks_by)))
    a.clicks_by[row, at:] *= 0.2 if len(a.clicks_by) == 1 else 1e-9


def new_campaign(a: Account, at: int) -> None:
    """Clicks of a learning campaign that converts a third as well, booked on an existing one."""
    row = int(a.rng.integers(len(a.clicks_by)))
    more = a.rng.uniform(1.5, 2.5)
    a.clicks_by[row, at:] *= more
    a.counts_by[row, at:] *= (1.0 + (more - 1.0) / 3.0) / more**a.elasticity


def slow_decay(a: Account, at: int) -> None:
    """Creative fatigue: 1 to 2.5 % a day for two weeks."""
    days = np.clip(np.arange(a.counts_by.shape[1]) - at + 1, 0, 14)
    a.counts_by *= (1.0 - a.rng.uniform(0.01, 0.025)) ** days


def window_change(a: Account, at: int) -> None:
    """A shorter attribution window books 10 to 25 % less from one day on."""
    a.counts_by[:, at:] *= a.rng.uniform(0.75, 0.9)


def export_outage(a: Account, at: int) -> None:
    """One to three days are missing from the export."""
    a.exported[at : at + int(a.rng.integers(1, 4))] = 0.0


KINDS: tuple[Scenario, ...] = (
    budget_cut,
    budget_rise,
    holiday,
    promotion_and_return,
    creative_with_worse_clicks,
    pause,
    new_campaign,
    slow_decay,
    window_change,
    export_outage,
)


def stock_out(a: Account, at: int) -> None:
    """The shop itself sells 40 to 70 % less: a real drop, no tracking break."""
    a.demand_by[at:] *= a.rng.uniform(0.3, 0.6)
