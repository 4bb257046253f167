"""High click-through, low purchases: each campaign against the account's own other campaigns.

Purchases given mature clicks are beta-binomial: campaigns differ by nature, and the account tells by how
much. Only a campaign whose shortfall exceeds that spread, over enough expected purchases, is named. Callers
pass campaigns with the same goal only, and clicks that have had time to convert.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10, sqrt

import numpy as np

from tiktrack.detect.bars import Bars
from tiktrack.detect.records import Floats, Level, Reason
from tiktrack.detect.tail import beta_binomial_tails

BARS = Bars(2.0, 3.0)
"""Before Holm's correction over the campaigns of the account."""
MIN_EXPECTED = 8.0
MAX_RATIO = 0.6
HIGH_CTR = 1.2
"""Shrunken click-through at which a campaign counts as strong: a fifth above the others."""
_SPREAD, _SPREAD_CAMPAIGNS = 0.15, 4.0
"""Relative variance of purchase rates between healthy campaigns, and how many campaigns that belief
weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigns:
    """Totals of one account's campaigns over mature days, arrays of shape (campaigns,)."""

    names: tuple[str, ...]
    impressions: Floats
    clicks: Floats
    purchases: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class RateVerdict:
    """One campaign: purchases expected from its clicks at the others' rate, and seen; ratio with 80 %
    interval.

    ``ctr_ratio`` is its shrunken click-through over the others'. ``high_ctr`` says that it is strong.
    """

    name: str
    level: Level
    expected: float
    seen: float
    ratio: float
    ratio_low: float
    ratio_high: float
    ctr_ratio: float
    high_ctr: bool
    score: float
    reasons: tuple[Reason, ...]


def compare(campaigns: Campaigns) -> tuple[RateVerdict, ...]:
    """A verdict for every campaign, in the order given; with fewer than two there is nothing to compare."""
    n = len(campaigns.names)
    scores = [_score(campaigns, i) for i in range(n)]
    order = sorted(range(n), key=lambda i: -scores[i][0])
    price = {i: log10(max(n - place, 1)) for place, i in enumerate(order)}  # Holm: dearest for the strongest
    blocked, out = False, {}
    for i in order:
        verdict = _verdict(campaigns, i, scores[i], price[i], blocked)
        blocked = blocked or verdict.level not in (Level.SUSPECT, Level.CONFIRMED, Level.UNKNOWN)
        out[i] = verdict
    return tuple(out[i] for i in range(n))


def _score(c: Campaigns, i: int) -> tuple[float, float, float]:
    """-log10 p of as few purchases, the rate of the others, and the relative variance between campaigns."""
    others = np.arange(len(c.names)) != i
    clicks, bought = c.clicks[others], c.purchases[others]
    if clicks.sum() <= 0 or bought.sum() <= 0 or c.clicks[i] <= 0:
        return 0.0, 0.0, _SPREAD
    rate, spread = _pool(clicks, bought)
    doubt = spread + 1.0 / float(bought.sum()) + spread / len(clicks)
    rho = min(0.5, doubt * rate / max(1.0 - rate, 1e-9))
    few, _ = beta_binomial_tails(round(float(c.purchases[i])), round(float(c.clicks[i])), rate, rho)
    return -log10(few), rate, spread


def _pool(clicks: Floats, bought: Floats) -> tuple[float, float]:
    """Rate of the usual campaign and relative variance between campaigns, by moments, shrunk.

    Weights of a random-effects mean: a large campaign does not speak for all, a tiny one hardly speaks.
    """
    rate = float(bought.sum() / clicks.sum())
    for _ in range(3):
        noise = 1.0 / np.maximum(clicks * rate, 1e-9)
        weight = 1.0 / (_SPREAD + noise)
        rate = float(weight @ (bought / np.maximum(clicks, 1.0)) / weight.sum())
    residual = np.clip(bought / np.maximum(clicks * rate, 1e-9) - 1.0, -1.0, 2.0)
    trust = (_SPREAD / (_SPREAD + noise)) ** 2
    spread = (trust @ (residual**2 - noise) + _SPREAD_CAMPAIGNS * _SPREAD) / (trust.sum() + _SPREAD_CAMPAIGNS)
    return rate, float(np.clip(spread, 0.03, 1.0))


def _verdict(c: Campaigns, i: int, scored: tuple[float, float, float], price: float, blocked: bool) -> RateVerdict:
    score, rate, spread = scored
    expected, seen = float(c.clicks[i]) * rate, float(c.purchases[i])
    ratio = (seen + 0.5) / (expected + 0.5)
    wide = np.exp(1.2816 * sqrt(1.0 / (seen + 0.5) + spread / max(len(c.names) - 1, 1)))
    level, reason = Level.NONE, Reason.WITHIN_NOISE
    if len(c.names) < 2 or expected < MIN_EXPECTED:
        level, reason = Level.UNKNOWN, Reason.TOO_FEW_COUNTS
    elif ratio <= MAX_RATIO and not blocked:
        level = BARS.level(score, price)
        reason = Reason.WITHIN_NOISE if level is Level.NONE else Reason.COUNTS_FELL
    ctr = _ctr_ratio(c, i)
    return RateVerdict(
        name=c.names[i],
        level=level,
        expected=expected,
        seen=seen,
        ratio=ratio,
        ratio_low=ratio / float(wide),
        ratio_high=ratio * float(wide),
        ctr_ratio=ctr,
        high_ctr=ctr >= HIGH_CTR,
        score=score,
        reasons=(reason,),
    )


def _ctr_ratio(c: Campaigns, i: int) -> float:
    """Click-through over the others', shrunk by fifty clicks of theirs."""
    others = np.arange(len(c.names)) != i
    shown, clicks = float(c.impressions[others].sum()), float(c.clicks[others].sum())
    if shown <= 0 or clicks <= 0 or c.impressions[i] <= 0:
        return 1.0
    usual = clicks / shown
    return (float(c.clicks[i]) + 50.0) / (float(c.impressions[i]) * usual + 50.0)
