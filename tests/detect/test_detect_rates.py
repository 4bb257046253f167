"""Campaigns against their own account."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktrack.detect.rates import Campaigns, compare
from tiktrack.detect.records import Level


def account(purchases: list[float], clicks: list[float] | None = None, shown: list[float] | None = None) -> Campaigns:
    n = len(purchases)
    return Campaigns(
        names=tuple(f"c{i}" for i in range(n)),
        impressions=np.array(shown or [200_000.0] * n),
        clicks=np.array(clicks or [4000.0] * n),
        purchases=np.array(purchases),
    )


def test_strong_clicks_without_purchases_are_named_and_only_they() -> None:
    verdicts = compare(account([80, 75, 90, 3], clicks=[4000, 4000, 4000, 9000]))
    assert [v.level for v in verdicts[:3]] == [Level.NONE] * 3
    worst = verdicts[3]
    assert worst.level is Level.CONFIRMED
    assert worst.high_ctr
    assert worst.ctr_ratio == pytest.approx(2.25, rel=0.05)
    assert worst.expected == pytest.approx(9000 * 245 / 12000, rel=0.15)
    assert worst.ratio_low < worst.ratio < worst.ratio_high < 0.2


def test_campaigns_that_differ_by_nature_are_not_faults() -> None:
    assert all(v.level is Level.NONE for v in compare(account([40, 60, 90, 130])))


def test_few_expected_purchases_are_unknown() -> None:
    verdicts = compare(account([80, 75, 0], clicks=[4000, 4000, 200]))
    assert verdicts[2].level is Level.UNKNOWN
    assert verdicts[2].expected < 8


def test_a_single_campaign_has_nobody_to_be_compared_with() -> None:
    assert compare(account([3]))[0].level is Level.UNKNOWN


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 200)), min_size=0, max_size=8))
def test_any_account_gets_a_verdict_for_each_campaign(rows: list[tuple[int, int]]) -> None:
    clicks = [float(c + b) for c, b in rows]
    shown = [50.0 * c for c in clicks]
    verdicts = compare(account([float(b) for _, b in rows], clicks or None, shown or None))
    assert len(verdicts) == len(rows)
    assert all(np.isfinite(v.score) for v in verdicts)


@given(more=st.integers(0, 60))
def test_more_purchases_never_look_worse(more: int) -> None:
    fewer, better = (compare(account([80, 75, 90, 5 + m]))[3] for m in (0, more))
    assert better.score <= fewer.score + 1e-9
