"""Days whose files are missing from the log, and days on which tracking was dead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import audited, jsonl, purchase, request
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome

DAYS, A_DAY, HOUR = 30, 48, 3600
START = 1_790_000_000 - 1_790_000_000 % 86_400
SELECT = ("orders-without-event", "conversions-silent")


def shop(folder: Path, begin_hour: int, end_hour: int) -> Report:
    """An order every half hour, and its purchase but for the hours between (counted from the first midnight)."""
    moments = [START + i * HOUR // 2 + 60 for i in range(DAYS * A_DAY)]
    kept = [i for i, at in enumerate(moments) if not begin_hour <= (at - START) // HOUR < end_hour]
    sent = [
        purchase(i, event_time=moments[i], properties={"value": 49.9, "currency": "EUR", "order_id": f"o{i}"})
        for i in kept
    ]
    jsonl(folder / "server.jsonl", *[request(event) for event in sent])
    rows = [f"o{i},{1000 * at},49.90,EUR" for i, at in enumerate(moments)]
    (folder / "orders.csv").write_text("\n".join(["order_id,created_at,total,currency", *rows]))
    return audited(folder, select=SELECT, timezone="UTC")


@pytest.mark.parametrize("hours", [(20 * 24, 22 * 24), (20 * 24 - 1, 23 * 24 + 1)])
def test_files_that_are_missing_are_unknown_and_no_fault(tmp_path: Path, hours: tuple[int, int]) -> None:
    report = shop(tmp_path, *hours)
    assert {result.outcome for result in report.results} == {Outcome.PASSED}
    (hole,) = [item for item in report.unknowns if item.what.startswith("Events from")]
    assert "files seem to be missing" in hole.why


def test_tracking_that_dies_in_the_afternoon_is_a_fault(tmp_path: Path) -> None:
    report = shop(tmp_path, 20 * 24 + 14, 23 * 24 + 10)
    assert {result.outcome for result in report.results} & {Outcome.FAILED, Outcome.WARNED}
    assert not [item for item in report.unknowns if item.what.startswith("Events from")]
