"""The promise of "passed": what would have been seen."""

from __future__ import annotations

import numpy as np
import pytest
from detect_series import daily, healthy, thinned

from tiktrack.detect.power import power
from tiktrack.detect.records import Level
from tiktrack.detect.scan import newest


def test_more_days_and_more_volume_see_smaller_drops() -> None:
    small, large = (newest(daily(*healthy(60, volume, 3)[:2])).smallest_drop for volume in (20, 200))
    assert small[1] is None or small[1] >= small[2]
    assert small[2] >= small[7]
    assert large[2] < small[2]
    assert large[7] >= 0.2


@pytest.mark.parametrize("volume", [30, 120])
def test_the_promised_drop_is_seen_about_four_times_in_five(volume: int) -> None:
    seen = []
    for seed in range(60):
        counts, clicks, _ = healthy(62, volume, seed)
        promise = newest(daily(counts[:60], clicks[:60])).smallest_drop[2]
        seen.append(newest(daily(thinned(counts, 1 - promise, 60, seed=seed), clicks)).level is not Level.NONE)
    assert 0.6 < np.mean(seen) <= 1.0


def test_orders_buy_power() -> None:
    counts, clicks, orders = healthy(60, 50, 4)
    alone, beside = newest(daily(counts, clicks)), newest(daily(counts, clicks, orders))
    assert beside.smallest_drop[2] <= alone.smallest_drop[2]


def test_confirming_takes_more_than_suspecting_and_little_data_nothing() -> None:
    counts, clicks, _ = healthy(60, 60, 5)
    suspect, confirmed = power(daily(counts, clicks)), power(daily(counts, clicks), Level.CONFIRMED)
    assert confirmed[2] >= suspect[2]
    assert suspect == newest(daily(counts, clicks)).smallest_drop
    assert power(daily(counts[:10], clicks[:10])) == {1: None, 2: None, 7: None}
