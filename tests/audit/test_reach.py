"""A log that ends before that of the other channel: cut at midnight, or silent?"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers import audited
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome

BOTH = ("browser-copies-fell", "channel-conversions-fell", "conversions-silent", "copies-missing-in-browser")
DAY = datetime(2026, 10, 20, tzinfo=UTC)
"""The newest day of the log."""


def log(path: Path, **end: datetime) -> Path:
    """Four purchases an hour for four weeks, each sent by both channels, until the end of each."""
    first = DAY - timedelta(days=28)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["timestamp", "event", "channel", "event_id", "pixel_code", "order_id", "value", "currency"])
        for i in range(29 * 96):
            at = first + timedelta(minutes=15 * i)
            for channel, stop in end.items():
                if at < stop and (channel == "server" or i % 5):
                    row = [at.isoformat(), "Purchase", channel, f"e{i}", "C3LTV833G487IS978FKG", i, 49.9, "EUR"]
                    out.writerow(row)
    return path


def red(report: Report) -> set[str]:
    return {result.rule for result in report.results if result.outcome in (Outcome.FAILED, Outcome.WARNED)}


@pytest.mark.parametrize("late", ["browser", "server"])
@pytest.mark.parametrize(("zone", "midnight"), [("UTC", 0), ("America/New_York", 0), ("America/New_York", 4)])
def test_a_log_cut_at_midnight_is_no_silent_channel(tmp_path: Path, zone: str, midnight: int, late: str) -> None:
    ends = {"browser": DAY + timedelta(hours=midnight + 9), "server": DAY + timedelta(hours=midnight + 9)}
    ends[late] = DAY + timedelta(hours=midnight)
    report = audited(log(tmp_path / "log.csv", **ends), select=BOTH, timezone=zone)
    assert red(report) == set()
    assert any(f"The log of the {late} channel ends at" in note for note in report.notes)


@pytest.mark.parametrize("hours", [-10, -3, 4, -24])
def test_a_channel_that_stops_at_another_hour_or_is_more_than_a_day_behind_has_stopped(
    tmp_path: Path, hours: int
) -> None:
    browser = DAY + timedelta(hours=hours)
    path = log(tmp_path / "log.csv", browser=browser, server=DAY + timedelta(hours=12))
    report = audited(path, select=BOTH, timezone="UTC")
    assert {"conversions-silent", "browser-copies-fell"} <= red(report)
    assert not any("channel ends at" in note for note in report.notes)


def test_a_day_without_one_channel_hides_no_loss_before_it(tmp_path: Path) -> None:
    path = log(tmp_path / "log.csv", browser=DAY, server=DAY + timedelta(hours=9))
    lines = path.read_text().splitlines()
    lost = (DAY - timedelta(days=3)).isoformat()
    kept = [line for i, line in enumerate(lines) if ",browser," not in line or line < lost or i % 4 == 0]
    path.write_text("\n".join(kept))
    assert {"browser-copies-fell", "channel-conversions-fell"} <= red(audited(path, select=BOTH, timezone="UTC"))


def test_the_only_channel_that_stops_to_sell_is_heard_from_the_pages_that_go_on(tmp_path: Path) -> None:
    path = log(tmp_path / "log.csv", server=DAY + timedelta(hours=14))
    first = DAY - timedelta(days=28)
    pages = [
        f"{(first + timedelta(minutes=10 * i)).isoformat()},ViewContent,server,v{i},C3LTV833G487IS978FKG,,,"
        for i in range(29 * 24 * 6)
    ]
    path.write_text("\n".join([*path.read_text().splitlines(), *pages]))
    report = audited(path, select=("conversions-silent",), timezone="UTC")
    assert report.results[0].outcome is Outcome.FAILED
    assert report.results[0].findings[0].since == "2026-10-20T14:00:00"


def test_a_late_evening_without_events_happens_where_it_happened_before(tmp_path: Path) -> None:
    path = log(tmp_path / "log.csv", browser=DAY, server=DAY + timedelta(hours=9))
    quiet = [DAY - timedelta(days=1 + 3 * i) for i in range(9)]
    spans = [((day + timedelta(hours=21)).isoformat(), (day + timedelta(hours=24)).isoformat()) for day in quiet]
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if not any(a <= line < b for a, b in spans)))
    report = audited(path, select=BOTH, timezone="UTC")
    assert any("The log of the browser channel ends at" in note for note in report.notes)
