"""One account as a detector sees it on one day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from bench.detection.world import Series
from tiktrack.detect.records import Basis, Daily

_FIRST = date(2026, 1, 5)


def as_of(s: Series, day: int, *, orders: bool = False, basis: Basis = "event") -> Daily:
    """The export drawn after day ``day`` (0-based) was over."""
    end = day + 1
    counts = s.counts[:end]
    if basis == "click":
        age = day - np.arange(end)
        open_yet = np.arange(s.by_delay.shape[1])[None, :] <= age[:, None]
        counts = (s.by_delay[:end] * open_yet).sum(axis=1)
    there = s.exported[:end] > 0
    return Daily(
        days=tuple(_FIRST + timedelta(days=i) for i in range(end)),
        counts=np.where(there, counts, np.nan),
        exposure=np.where(there, s.clicks[:end], np.nan),
        witness=s.orders[:end] if orders else None,
        basis=basis,
    )


def date_of(day: int) -> date:
    """Calendar date of a day number."""
    return _FIRST + timedelta(days=day)
