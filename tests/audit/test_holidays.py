"""Fewer sales on a public holiday are no broken tracking; a tag that is dead on one is found all the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers import audited
from tiktrack.config import configure
from tiktrack.detect.completeness import DEFAULT
from tiktrack.detect.records import Daily, Level
from tiktrack.detect.scan import newest
from tiktrack.errors import ConfigError
from tiktrack.public_holidays import Calendar

THANKSGIVING = date(2025, 11, 27)
AMERICANS = Calendar({"US": 1.0})


def _counts(keep: float, seed: int, until: date, orders: bool = False) -> Daily:
    """Eight weeks of about 100 conversions a day, of which ``keep`` are left from Thanksgiving on."""
    rng = np.random.default_rng(seed)
    days = tuple(until - timedelta(days=i) for i in range(55, -1, -1))
    shock = np.exp(0.1 * rng.standard_normal(len(days)))
    left = np.where([day >= THANKSGIVING for day in days], keep, 1.0)
    return Daily(
        days=days,
        counts=rng.poisson(100 * shock * left).astype(float),
        exposure=rng.poisson(4000, len(days)).astype(float),
        witness=rng.poisson(400 * shock).astype(float) if orders else None,
        holidays=AMERICANS,
    )


@pytest.mark.parametrize("seed", range(4))
def test_half_the_sales_on_a_holiday_and_the_day_after_are_no_break(seed: int) -> None:
    two_days = THANKSGIVING + timedelta(days=1)
    assert newest(_counts(0.5, seed, two_days)).level is Level.NONE
    assert newest(_counts(0.0, seed, THANKSGIVING)).level is Level.CONFIRMED
    assert newest(_counts(0.5, seed, THANKSGIVING + timedelta(days=4))).alarmed


def test_orders_that_go_on_say_more_than_the_calendar() -> None:
    assert newest(_counts(0.4, 1, THANKSGIVING + timedelta(days=1), orders=True)).alarmed


def test_a_calendar_counts_people() -> None:
    christmas, independence, unity = date(2025, 12, 25), date(2025, 7, 4), date(2025, 10, 3)
    both = Calendar({"DE": 3.0, "US": 1.0})
    assert all(day in both for day in (christmas, unity, unity + timedelta(days=1)))
    assert independence not in both
    assert christmas not in Calendar({"ZZ": 1.0})


def _report(path: Path, zone: str) -> Path:
    """A report that ends the day after Thanksgiving, with two fifths of the usual conversions on both days."""
    rng, rows = np.random.default_rng(7), []
    for i in range(50, -2, -1):
        day = THANKSGIVING - timedelta(days=i)
        booked = DEFAULT.mean[i + 1] if i + 1 < len(DEFAULT.mean) else 1.0
        conversions = rng.poisson(300 * booked * (0.4 if i <= 0 else 1.0))
        rows.append(f"{day},A,500,{rng.poisson(90_000)},{rng.poisson(3_000)},{conversions},USD,{zone}")
    header = "By Day,Campaign name,Cost,Impressions,Clicks (destination),Conversions,Currency,Time zone"
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_a_report_names_the_holiday(tmp_path: Path) -> None:
    def fallen(zone: str, **settings: Any) -> tuple[list[str | None], str]:
        path = _report(tmp_path / "report.csv", zone)
        report = audited(path, select=("report-conversions-fell",), **settings)
        return [f.since for r in report.results for f in r.findings], " ".join(report.notes)

    dates, notes = fallen("America/New_York")
    assert not dates
    assert "2025-11-27, a public holiday where most customers live (Thanksgiving" in notes
    dates, notes = fallen("Europe/Berlin")
    assert dates == [THANKSGIVING.isoformat()]
    assert "holiday" not in notes
    assert fallen("Europe/Berlin", countries=("US",))[0] == []


def test_countries_have_two_letters(tmp_path: Path) -> None:
    (tmp_path / "tiktrack.yaml").write_text("countries: [de, AT]\n")
    assert configure({}, {}, start=tmp_path).settings.countries == ("DE", "AT")
    (tmp_path / "tiktrack.yaml").write_text("countries: [Germany]\n")
    with pytest.raises(ConfigError, match="two letters"):
        configure({}, {}, start=tmp_path)
