"""An independent counter bears witness; it is never counted as a signal to TikTok."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.helpers import audited, jsonl, purchase, request

RULE = "purchases-missing-against-analytics"


def _seen(number: int) -> dict[str, Any]:
    return {
        "event_name": "purchase", "event_timestamp": str((1_790_000_000 + number * 600) * 1_000_000), "event_params": [],
        "user_pseudo_id": "1.2", "ecommerce": {"transaction_id": f"o{number}", "purchase_revenue": 49.9},
    }  # fmt: skip


def test_purchases_of_another_counter(tmp_path: Path) -> None:
    sent = [request(purchase(n, event_time=1_790_000_000 + n * 600)) for n in range(100) if n % 5 < 3 or n > 95]
    log = jsonl(tmp_path / "log.jsonl", *sent)
    ga4 = jsonl(tmp_path / "ga4.jsonl", *map(_seen, range(100)))
    alone, both = audited(log), audited(log, ga4)
    assert both.totals["events"] == alone.totals["events"]
    before, after = ({result.rule: result.outcome for result in report.results} for report in (alone, both))
    assert {rule for rule in after if after[rule] != before[rule]} == {RULE}
    assert (before[RULE], after[RULE]) == ("unknown", "failed")
