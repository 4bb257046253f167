"""What TikTok answered → what became of each event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, purchase, request, taken_in


def delivered(path: Path) -> list[tuple[Any, ...]]:
    with taken_in(path) as (engine, _):
        return engine.rows("select delivery, api_field from events order by row_ref").rows


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("Batch.0.properties.contents.0.content_id: Not a valid string", "properties.contents.content_id"),
        ("data[0].properties.currency: not a supported currency", "properties.currency"),
        ("data.0.event_time: Missing data for required field.", "event_time"),
        ("Invalid value for event_id: not a valid string.", "event_id"),
        ("event_source_id: Missing data for required field.", "event_source_id"),
        ("No permission to operate pixel code: C3LTV833G487IS978FKG", None),
        ("", None),
    ],
)
def test_the_message_names_the_field(tmp_path: Path, message: str, field: str | None) -> None:
    answer = {"code": 40002, "message": message}
    assert delivered(jsonl(tmp_path / "log", request(purchase(), response=answer))) == [("rejected", field)]


def test_a_refused_request_loses_all_its_events(tmp_path: Path) -> None:
    answer = {"code": 40002, "message": "data[1].properties.value: Not a valid number."}
    log = jsonl(tmp_path / "log", request(purchase(1), purchase(2), response=answer, response_status=200))
    assert delivered(log) == [("rejected", "properties.value")] * 2


def test_of_a_partial_success_only_the_named_events_are_known_to_be_lost(tmp_path: Path) -> None:
    answer = {"code": 20001, "message": "data[0].event_id: too long; data[2].properties.value: Not a valid number."}
    log = jsonl(tmp_path / "log", request(purchase(1), purchase(2), purchase(3), response=answer))
    assert [row[0] for row in delivered(log)] == ["rejected", "partial", "rejected"]


@pytest.mark.parametrize(
    ("answer", "status", "delivery"),
    [
        ({"code": 0, "message": "OK"}, 200, "accepted"), ({"code": 40100, "message": "Too many requests"}, 200, "throttled"),
        (None, 502, "throttled"), (None, 200, "unknown"), (None, None, "unknown"), ({"code": 40001}, 200, "rejected"),
    ],
)  # fmt: skip
def test_delivery(tmp_path: Path, answer: Any, status: int | None, delivery: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(), response=answer, response_status=status))
    assert [row[0] for row in delivered(log)] == [delivery]
