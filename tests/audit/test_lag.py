"""How late conversions come, from reports of different times."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers import audited, taken_in
from tiktrack.audit.lag import completeness
from tiktrack.detect.completeness import DEFAULT

FIRST = date(2026, 9, 1)
THERE = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


def pulled(folder: Path, on: date, *, days: int, clicks: int = 500) -> Path:
    """A report of the days before ``on``, made at noon, 100 conversions on each finished day."""
    path = folder / f"report {on}.csv"
    rows = []
    for back in range(1, days + 1):
        there = THERE[back - 1] if back <= len(THERE) else 1.0
        rows.append(f"{on - timedelta(days=back)},A,1,50,10000,{clicks},{100 * there:.0f},EUR")
    header = "By Day,Campaign name,Campaign ID,Cost,Impressions,Clicks (destination),Conversions,Currency"
    path.write_text("\n".join([header, *rows]) + "\n")
    made = datetime(on.year, on.month, on.day, 12, tzinfo=UTC).timestamp()
    os.utime(path, (made, made))
    return path


def test_it_is_learnt_from_days_that_were_pulled_twice(tmp_path: Path) -> None:
    files = [pulled(tmp_path, FIRST + timedelta(days=7 * week), days=14) for week in range(6)]
    with taken_in(*files) as (engine, _):
        learnt = completeness(engine)
    assert learnt is not None
    assert learnt.mean[0] == pytest.approx((5 * 0.3 + 5 * DEFAULT.mean[0]) / 10)
    assert any("own reports show" in note for note in audited(*files).notes)


def test_a_report_of_a_part_teaches_nothing(tmp_path: Path) -> None:
    files = [pulled(tmp_path, FIRST + timedelta(days=7 * week), days=14, clicks=500 - 50 * week) for week in range(6)]
    with taken_in(*files) as (engine, _):
        assert completeness(engine) is None


def test_one_report_teaches_nothing(tmp_path: Path) -> None:
    with taken_in(pulled(tmp_path, FIRST, days=28)) as (engine, _):
        assert completeness(engine) is None
