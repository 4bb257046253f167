"""A shop as its owner sees it: visits, carts, orders, the purchases of both channels, and the ads report.

Everything hangs together as in life: demand moves visits and orders, orders move what browser and server send, clicks
move the orders that TikTok claims. Scenarios change one of the multipliers from ``ONSET`` on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bench.detection.ranges import Ranges, Span
from bench.detection.world import Floats

DAYS = 70
ONSET = 63
SENT = {"browser": 0.82, "server": 0.95}
"""Share of the orders that each channel sends while nothing is broken."""


@dataclass(slots=True)
class Shop:
    """Multipliers a day (days,), 1 while nothing happens; ``keep`` is what tracking keeps of visits, carts and
    purchases by channel, ``reported`` what attribution credits. ``campaigns`` × days for ``clicks``.
    """

    rng: np.random.Generator
    volume: float
    r: Ranges
    visits: Floats = field(default_factory=lambda: np.ones(DAYS))
    carts: Floats = field(default_factory=lambda: np.ones(DAYS))
    orders: Floats = field(default_factory=lambda: np.ones(DAYS))
    clicks: Floats = field(default_factory=lambda: np.ones((3, DAYS)))
    keep: dict[str, Floats] = field(
        default_factory=lambda: {
            name: np.ones(DAYS) for name in ("visits", "carts browser", "carts server", "browser", "server")
        }
    )
    reported: Floats = field(default_factory=lambda: np.ones((3, DAYS)))
    view_through: Floats = field(default_factory=lambda: np.ones(DAYS))
    landing: Floats = field(default_factory=lambda: np.ones((3, DAYS)))


@dataclass(frozen=True, slots=True)
class Named:
    """What order numbers in the events tell (days,): orders by the channels that sent them, once or more."""

    by: dict[str, Floats]
    both: Floats

    @property
    def found(self) -> Floats:
        """Orders with an event."""
        return self.by["browser"] + self.by["server"] - self.both


@dataclass(frozen=True, slots=True)
class Seen:
    """Daily counts that somebody can read (days,), and of the report campaigns × days, all event-dated."""

    visits: Floats
    carts: dict[str, Floats]
    purchases: dict[str, Floats]
    orders: Floats
    named: Named
    clicks: Floats
    landing: Floats
    conversions: Floats
    view_through: Floats


def draw(shop: Shop) -> Seen:
    """Count one shop after its scenario."""
    rng, r = shop.rng, shop.r
    weekday = np.exp(rng.normal(0.0, _in(rng, r.weekday_sd), 7))[np.arange(DAYS) % 7]
    mood = np.exp(_ar(rng, np.sqrt(_in(rng, r.common_phi)), _in(rng, r.rho)))
    share = rng.dirichlet(np.full(3, 4.0))
    swing = np.exp(np.vstack([_ar(rng, _in(rng, r.clicks_sd), 0.6) for _ in range(3)])) * shop.clicks
    paid = (share @ swing) ** _in(rng, r.elasticity)
    from_ads = rng.uniform(0.2, 0.4)
    bought = weekday * mood * (1 - from_ads + from_ads * paid) * shop.orders
    orders = _count(rng, shop.volume * bought, _in(rng, r.orders_phi))
    visits = _count(rng, 40 * shop.volume * bought / shop.orders * shop.visits * shop.keep["visits"], 0.01)
    carts = 4 * shop.volume * bought * shop.carts
    credited = from_ads * shop.volume * weekday * mood * shop.orders
    conversions = np.vstack(
        [
            _count(rng, credited * share[i] * swing[i] ** 0.85 * shop.reported[i], _in(rng, r.campaign_phi))
            for i in range(3)
        ]
    )
    clicks = np.vstack([_count(rng, 25 * shop.volume * from_ads * share[i] * swing[i], 0.005) for i in range(3)])
    sent = _named(rng, orders, shop.keep)
    viewed = 0.25 * conversions.sum(axis=0) * shop.view_through
    return Seen(
        visits=visits,
        carts={name: _count(rng, carts * SENT[name] * shop.keep[f"carts {name}"], 0.01) for name in SENT},
        purchases={name: _events(rng, sent.by[name], shop.keep[name]) for name in SENT},
        orders=orders,
        named=sent,
        clicks=clicks,
        landing=_thinned(rng, clicks, 0.8 * np.minimum(shop.landing, 1.0)),
        conversions=conversions,
        view_through=_count(rng, viewed, 0.01),
    )


def _named(rng: np.random.Generator, orders: Floats, keep: dict[str, Floats]) -> Named:
    """Each channel loses orders by itself."""
    share = {name: SENT[name] * np.minimum(keep[name], 1.0) for name in SENT}
    browser = _thinned(rng, orders, share["browser"])
    both = _thinned(rng, browser, share["server"])
    return Named({"browser": browser, "server": both + _thinned(rng, orders - browser, share["server"])}, both)


def _events(rng: np.random.Generator, once: Floats, keep: Floats) -> Floats:
    """Events of the orders that were sent: some again where more is kept than there is."""
    return once + rng.poisson(once * np.maximum(keep - 1.0, 0.0))


def _thinned(rng: np.random.Generator, counts: Floats, share: Floats | float) -> Floats:
    return rng.binomial(counts.astype(int), share).astype(float)


def _count(rng: np.random.Generator, mean: Floats, phi: float) -> Floats:
    return rng.poisson(mean * np.exp(np.sqrt(phi) * rng.standard_normal(mean.shape) - phi / 2)).astype(float)


def _ar(rng: np.random.Generator, sd: float, rho: float) -> Floats:
    out = np.empty(DAYS)
    out[0] = rng.standard_normal()
    for t in range(1, DAYS):
        out[t] = rho * out[t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal()
    return sd * out


def _in(rng: np.random.Generator, span: Span) -> float:
    return float(rng.uniform(*span))
