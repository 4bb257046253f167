"""A paused campaign against fewer clicks."""

from __future__ import annotations

import numpy as np
import pytest
from detect_series import days

from tiktrack.detect.blend import blend
from tiktrack.detect.records import Daily, Level
from tiktrack.detect.scan import newest


def test_live_is_the_share_of_conversions_and_exposure_the_clicks_of_what_runs() -> None:
    clicks = np.array([[100.0] * 30, [900.0] * 30])
    counts = np.array([[30.0] * 30, [10.0] * 30])  # the small campaign brings three quarters
    clicks[0, 28:] = 0.0
    clicks[1, 29] = 1800.0
    mix = blend(clicks, counts)
    assert mix.live[:28] == pytest.approx(1.0)
    assert mix.live[28] == pytest.approx(0.25, abs=0.05)
    assert mix.exposure[:29] == pytest.approx(1.0)
    assert mix.exposure[29] == pytest.approx(2.0)


def test_a_missing_day_stays_missing_and_a_new_campaign_expects_nothing_yet() -> None:
    clicks = np.full((2, 30), 500.0)
    clicks[1, :27] = 0.0
    clicks[:, 10] = np.nan
    mix = blend(clicks, np.full((2, 30), 20.0))
    assert np.isnan(mix.live[10])
    assert np.nan_to_num(mix.live, nan=1.0) == pytest.approx(1.0)
    assert mix.exposure[29] == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(5))
def test_pausing_the_best_campaign_is_no_break(seed: int) -> None:
    rng = np.random.default_rng(seed)
    clicks = rng.poisson(1000, (2, 60)).astype(float)
    counts = np.vstack([rng.poisson(60, 60), rng.poisson(25, 60)]).astype(float)
    clicks[0, 55:], counts[0, 55:] = 0.0, 0.0
    mix = blend(clicks, counts)
    verdict = newest(Daily(days=days(60), counts=counts.sum(axis=0), exposure=mix.exposure, live=mix.live))
    assert verdict.level is Level.NONE
