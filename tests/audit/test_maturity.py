"""How fast an account's reports fill up is learned where conversions are dated twice."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tiktrack.audit.maturity import dated_twice
from tiktrack.detect.completeness import DEFAULT
from tiktrack.engine.duckdb import DuckDB
from tiktrack.trial.run import setting_of

SLOW = (0.35, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05)


def report(days: int, delays: tuple[float, ...]) -> str:
    """Conversions by day of the click, and the same by the day they happened."""
    rng = np.random.default_rng(3)
    clicked = rng.poisson(200 * np.exp(0.3 * rng.standard_normal(days))).astype(float)
    happened = np.convolve(clicked, delays)[:days]
    rows = [f"{date(2026, 1, 1) + timedelta(i)}, {clicked[i]}, {happened[i]}" for i in range(days)]
    return "\n".join(["# ads", "day, conversions, conversions_event_time", *rows])


def learned(text: str) -> tuple[float, ...] | None:
    with DuckDB(memory_bytes=1 << 29, threads=1) as engine:
        setting_of(engine, text, "ads")
        found = dated_twice(engine)
    return found.mean if found else None


def test_a_slow_account_fills_up_slowly() -> None:
    curve = learned(report(90, SLOW))
    assert curve is not None
    assert curve[0] < DEFAULT.mean[0] - 0.15
    assert curve[2] < DEFAULT.mean[2] - 0.1
    assert list(curve) == sorted(curve)


def test_too_little_or_one_dating_leaves_the_usual_curve() -> None:
    assert learned(report(30, SLOW)) is None
    assert learned("# ads\nday, conversions\n2026-01-01..2026-03-01, 50\n") is None
