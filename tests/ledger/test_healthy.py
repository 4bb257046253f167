"""The best setup sends every purchase twice on purpose: nothing about it is a fault of counting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.helpers import audited, jsonl, purchase, request
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome

DAYS, A_DAY = 20, 12
START = 1_790_000_000
PIXEL = "C3LTV833G487IS978FKG"


def hit(number: int, at: int) -> dict[str, object]:
    """The pixel's copy of ``purchase(number)``."""
    event = purchase(number)
    moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "event": "Purchase", "event_id": event["event_id"], "timestamp": moment, "properties": event["properties"],
        "context": {"pixel": {"code": PIXEL}, "user": {"email": event["user"]["email"]}, "page": event["page"]},
    }  # fmt: skip


@pytest.fixture(scope="module", name="report")
def _report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("dual")
    times = [START + day * 86_400 + n * 3_600 for day in range(DAYS) for n in range(A_DAY)]
    jsonl(folder / "pixel.jsonl", *(hit(n, at) for n, at in enumerate(times, 1)))
    jsonl(folder / "server.jsonl", *(request(purchase(n, event_time=at + 20)) for n, at in enumerate(times, 1)))
    rows = [
        f"#o{n},a{n}@example.com,paid,{moment},{moment},49.90,EUR,Tea,{9_000_000 + n}"
        for n, at in enumerate(times, 1)
        if (moment := (datetime.fromtimestamp(at, UTC) + timedelta(seconds=2)).strftime("%Y-%m-%d %H:%M:%S +0000"))
    ]
    header = "Name,Email,Financial Status,Paid at,Created at,Total,Currency,Lineitem name,Id"
    (folder / "orders.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return audited(folder, select=("counting",))


def test_no_finding_in_counting(report: Report) -> None:
    assert [(r.rule, f.message) for r in report.results for f in r.findings] == []
    judged = {r.rule for r in report.results if r.outcome is Outcome.PASSED}
    assert {"purchases-counted-twice", "purchases-never-paid", "copies-do-not-match", "same-event-sent-again"} <= judged


def test_the_report_carries_the_ledger(report: Report) -> None:
    ledger, sold = report.totals["ledger"], DAYS * A_DAY
    assert report.totals["events"]["purchases"] == {"browser": sold, "server": sold, "counted": sold, "unique": sold}
    assert (ledger["purchases"]["merged"], ledger["purchases"]["over"]) == (sold, 0)
    assert ledger["orders"]["states"]["merged"] == {"certain": sold, "probable": 0}
    assert ledger["orders"]["accuracy"] == 1.0
