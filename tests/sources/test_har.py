"""HAR files: what must not break them; and what no log may leak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, taken_in

HIT = {
    "event": "Purchase", "message_id": "m1", "timestamp": "2026-09-21T14:13:20Z", "properties": {"value": 9.9},
    "context": {"pixel": {"code": "C3LTV833G487IS978FKG"}},
}  # fmt: skip


def har(path: Path, *entries: Any) -> Path:
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}), encoding="utf-8")
    return path


def entry(body: str, status: int = 200, **response: Any) -> dict[str, Any]:
    url = "https://analytics.tiktok.com/api/v2/pixel"
    return {
        "request": {"method": "POST", "url": url, "postData": {"text": body}},
        "response": {"status": status, **response},
    }


def deliveries(path: Path) -> list[Any]:
    with taken_in(path) as (engine, _):
        return [row[0] for row in engine.rows("select delivery from events order by row_ref").rows]


@pytest.mark.parametrize(
    "other",
    [
        None, 7, {}, {"request": None}, {"request": {"url": "http://[broken"}}, {"request": {"url": 5, "postData": []}},
        entry('{"event": "\ud800", "context": {"pixel": {}}}'), entry('{"value": NaN, "event": "A", "context": {"pixel": {}}}'),
        entry("[" * 100_000), {"request": {"method": "POST", "url": "https://x/api/v2/pixel", "postData": {"params": [1]}}},
    ],
)  # fmt: skip
def test_no_entry_harms_the_others(tmp_path: Path, other: Any) -> None:
    with taken_in(har(tmp_path / "in.har", other, entry(json.dumps(HIT)))) as (engine, _):
        assert engine.rows("select count(*) from events where event_raw = 'Purchase' and value = 9.9").rows == [(1,)]


def test_a_hit_sent_again_counts_once_and_as_it_arrived(tmp_path: Path) -> None:
    blocked, sent = entry(json.dumps(HIT), 0), entry(json.dumps(HIT))
    assert deliveries(har(tmp_path / "a.har", blocked, sent)) == ["unknown"]
    assert deliveries(har(tmp_path / "b.har", sent, blocked)) == ["unknown"]
    assert deliveries(har(tmp_path / "c.har", blocked, blocked)) == ["blocked"]


def test_two_pixels_of_one_action_are_two_hits(tmp_path: Path) -> None:
    other = {**HIT, "context": {"pixel": {"code": "D17TA5JC77UDOT6CA5FG"}}}
    assert len(deliveries(har(tmp_path / "a.har", entry(json.dumps(HIT)), entry(json.dumps(other))))) == 2


def test_the_last_beacon_of_a_page_is_not_taken_for_blocked(tmp_path: Path) -> None:
    assert deliveries(har(tmp_path / "a.har", entry(json.dumps(HIT), 0, _error="net::ERR_ABORTED"))) == ["unknown"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Access-Token": "0123456789abcdef0123456789abcdef01234567"},
        [{"name": "Access-Token", "value": "0123456789abcdef0123456789abcdef01234567"}],
        '{"access_token":"0123456789abcdef0123456789abcdef01234567"}',
    ],
)
def test_a_token_in_the_clear_is_told_and_not_shown(tmp_path: Path, headers: Any) -> None:
    log = {"request": {"headers": headers, "body": {**HIT, "pixel_code": "C3LTV833G487IS978FKG"}}}
    with taken_in(jsonl(tmp_path / "log", log)) as (_, intake):
        told = " ".join(intake.inputs[0].notes)
        assert "contains an access token in plain text" in told
        assert "0123456789" not in told
