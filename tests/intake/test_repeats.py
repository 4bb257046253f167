"""Hits that were written down twice count once; everything else is left alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tests.helpers import jsonl, purchase, request, taken_in


def hit(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "event": "Purchase", "event_id": f"e{number}", "message_id": f"m{number}", "timestamp": "2026-09-21T14:13:20Z",
        "context": {"pixel": {"code": "C3LTV833G487IS978FKG"}}, **changes,
    }  # fmt: skip


def recorded(path: Path, *hits: dict[str, Any]) -> Path:
    url = "https://analytics.tiktok.com/api/v2/pixel"
    entries = [
        {"request": {"method": "POST", "url": url, "postData": {"text": json.dumps(h)}}, "response": {"status": 200}}
        for h in hits
    ]
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}), encoding="utf-8")
    return path


def rows(*paths: Path) -> list[int]:
    with taken_in(*paths) as (_, intake):
        return [read.rows for read in intake.inputs]


def test_a_session_that_was_saved_twice_counts_once(tmp_path: Path) -> None:
    early = recorded(tmp_path / "a.har", hit(1), hit(2))
    late = recorded(tmp_path / "b.har", hit(1), hit(2), hit(3))
    log = jsonl(tmp_path / "c.jsonl", hit(3), hit(4), hit(4))
    with taken_in(early, late, log) as (engine, intake):
        assert [read.rows for read in intake.inputs] == [2, 1, 1]
        assert [read.rejected for read in intake.inputs] == [0, 0, 0]
        assert any("2 × hits written down before" in note for note in intake.inputs[2].notes)
        assert engine.rows("select event_id from events order by row_ref").rows == [("e1",), ("e2",), ("e3",), ("e4",)]


def test_a_new_send_is_no_repeat(tmp_path: Path) -> None:
    other_pixel = hit(1, context={"pixel": {"code": "D17TA5JC77UDOT6CA5FG"}})
    others = (
        hit(1, message_id="m9"),
        hit(1, event="Lead"),
        other_pixel,
        hit(1, message_id=None),
        hit(1, message_id=""),
    )
    assert rows(jsonl(tmp_path / "log", hit(1), *others, others[-1])) == [7]


def test_requests_of_a_server_have_no_such_id(tmp_path: Path) -> None:
    assert rows(jsonl(tmp_path / "log", request(purchase(1)), request(purchase(1)))) == [2]


def test_a_log_that_lies_there_twice_is_read_once(tmp_path: Path) -> None:
    first = jsonl(tmp_path / "log.jsonl", request(purchase(1)), request(purchase(2)))
    again = tmp_path / "log (1).jsonl"
    again.write_bytes(first.read_bytes())
    other = jsonl(tmp_path / "other.jsonl", request(purchase(1)), request(purchase(3)))  # as long, and another log
    assert other.stat().st_size == first.stat().st_size
    with taken_in(tmp_path) as (engine, intake):
        assert [(read.path.rpartition("/")[2], read.rows) for read in intake.inputs] == [
            ("log (1).jsonl", 2), ("other.jsonl", 2),
        ]  # fmt: skip
        assert any("log.jsonl is the same file" in note for note in intake.inputs[0].notes)
        assert engine.rows("select count(*) from events").rows == [(4,)]


def test_a_log_beside_its_packed_self_is_read_once(tmp_path: Path) -> None:
    first = jsonl(tmp_path / "log.jsonl", request(purchase(1)), request(purchase(2)))
    (tmp_path / "log.jsonl.gz").write_bytes(gzip.compress(first.read_bytes()))
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(first.read_bytes())[:-9])
    with taken_in(tmp_path) as (_, intake):
        assert [read.path.rpartition("/")[2] for read in intake.inputs] == ["log.jsonl", "torn.jsonl.gz"]
        assert any("log.jsonl.gz is the same file" in note for note in intake.inputs[0].notes)
