"""Campaigns of an account made into one exposure: which of them ran, and how many clicks those brought.

Within a campaign conversions grow slower than clicks, but a paused campaign takes all of its conversions
with it. So the two are told apart: ``live`` scales expectations one to one, ``exposure`` with the account's
elasticity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiktrack.detect.frame import RECENT
from tiktrack.detect.records import Floats

_TRUST = 10.0  # conversions that a campaign's share of the clicks is worth
_RUNNING = 0.03  # of its usual clicks


@dataclass(frozen=True, slots=True)
class Mix:
    """``exposure`` clicks weighed by conversion rate over those of the live campaigns in usual times, and
    ``live``, the share of the account's usual conversions that comes from campaigns with clicks that day;
    both (days,)."""

    exposure: Floats
    live: Floats


def blend(clicks: Floats, counts: Floats) -> Mix:
    """Mix of campaigns × days, NaN where missing; what is usual is read from the days before the newest week.

    Campaigns that began in the newest week are not known yet and expect nothing.
    """
    old = np.isfinite(clicks) & (np.arange(clicks.shape[1]) < clicks.shape[1] - RECENT)
    known = np.nan_to_num(clicks)
    typical = np.array([_typical(row[here]) for row, here in zip(known, old, strict=True)])
    live = (known > _RUNNING * typical[:, None]) & (typical[:, None] > 0)
    clicked = (known * (old & live)).sum(axis=1)
    counted = (np.nan_to_num(counts) * (old & live)).sum(axis=1)
    total = max(float(clicked.sum()), 1.0)
    trusted = counted + _TRUST * clicked / total
    ran = np.maximum((old & live).sum(axis=1), 1)
    share = trusted / ran
    share = share / max(float(share.sum()), 1e-12)
    running = share @ live
    usual = np.where(clicked > 0, clicked / ran, 1.0)
    exposure = (share / usual) @ (known * live) / np.maximum(running, 1e-12)
    seen = np.isfinite(clicks).any(axis=0)
    return Mix(np.where(seen, exposure, np.nan), np.where(seen, running, np.nan))


def _typical(clicks: Floats) -> float:
    """Median clicks of the days on which the campaign ran."""
    ran = clicks[clicks > 0]
    return float(np.median(ran)) if len(ran) else 0.0
