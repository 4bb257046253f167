"""How much a test must show."""

from __future__ import annotations

from datetime import date

import pytest

from tiktrack.detect import records
from tiktrack.detect.bars import WITH_BOTH, WITH_EXPOSURE, bars
from tiktrack.detect.records import Parts

DAY = date(2026, 9, 1)


def strong(unfinished: float) -> records.Test:
    return records.Test(DAY, 2, 100.0, 50.0, 400.0, 3.0, unfinished)


@pytest.mark.parametrize(("unfinished", "suspect"), [(0.0, 3.0), (0.2, 2.7)])
def test_doubt_in_unfinished_days_is_not_paid_for_twice(unfinished: float, suspect: float) -> None:
    found = bars(Parts(strong(0.0), strong(unfinished)))
    assert found.suspect == pytest.approx(suspect)
    assert found.confirmed == WITH_EXPOSURE.confirmed


def test_with_orders_the_bars_stay() -> None:
    assert bars(Parts(strong(0.2), strong(0.2), strong(0.2), strong(0.2))) == WITH_BOTH
