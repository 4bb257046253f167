"""Event logs → canonical states."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT, jsonl, purchase, request, taken_in

HASH = hashlib.sha256(b"a@example.com").hexdigest()
NOTHING = hashlib.sha256(b"").hexdigest()


def states(path: Path, *columns: str) -> list[tuple[Any, ...]]:
    with taken_in(path) as (engine, _):
        return engine.rows(f"select {', '.join(columns)} from events order by row_ref").rows


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (HASH, "hashed"), ([HASH], "hashed"), (None, "missing"), ("", "missing"), (NOTHING, "junk"), ("undefined", "junk"),
        ("a@example.com", "plain"), (HASH.upper(), "bad_format"), (hashlib.md5(b"x").hexdigest(), "bad_format"),  # noqa: S324
    ],
)  # fmt: skip
def test_email(tmp_path: Path, sent: Any, state: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(user={"email": sent})))
    assert states(log, "email_state") == [(state,)]


@pytest.mark.parametrize(
    ("key", "sent", "state"),
    [
        ("phone", "+1 213 373 4253", "plain"), ("phone", HASH, "hashed"), ("external_id", "user_123", "plain"),
        ("ttclid", "__CLICKID__", "junk"), ("ttclid", "E.C.P.Gn0123456789abcdefgh", "ok"), ("ttp", "x", "junk"),
        ("ip", "10.0.0.1", "junk"), ("ip", "172.20.1.1", "junk"), ("ip", "172.40.1.1", "ok"), ("ip", "2001:db8::1", "ok"),
        ("ip", "not an ip", "bad_format"), ("user_agent", "axios/1.6", "junk"), ("user_agent", "Mozilla/5.0", "ok"),
        ("user_agent", "", "missing"),
    ],
)  # fmt: skip
def test_match_keys(tmp_path: Path, key: str, sent: str, state: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(user={key: sent})))
    assert states(log, f"{key}_state") == [(state,)]


@pytest.mark.parametrize(
    ("sent", "state", "value"),
    [(49.9, "ok", 49.9), ("49.90", "numeric_text", 49.9), ("1,234.50", "unparsable", None), ("$10", "unparsable", None),
     (0, "zero", 0.0), (-5, "negative", -5.0), (None, "missing", None), ("", "missing", None), ("NaN", "unparsable", None)],
)  # fmt: skip
def test_value(tmp_path: Path, sent: Any, state: str, value: float | None) -> None:
    log = jsonl(tmp_path / "log", request(purchase(properties={"value": sent})))
    assert states(log, "value_status", "value") == [(state, value)]


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ("EUR", "ok"),
        ("eur", "lower_case"),
        ("BGN", "unsupported"),
        ("US$", "bad_format"),
        ("", "missing"),
        (None, "missing"),
    ],
)
def test_currency(tmp_path: Path, sent: str | None, state: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(properties={"currency": sent})))
    assert states(log, "currency_status") == [(state,)]


@pytest.mark.parametrize(
    ("sent", "state"),
    [("e1", "ok"), (1001, "not_text"), ("", "missing"), (None, "missing"), ("undefined", "placeholder")],
)
def test_event_id(tmp_path: Path, sent: Any, state: str) -> None:
    assert states(jsonl(tmp_path / "log", request(purchase(event_id=sent))), "event_id_state") == [(state,)]


@pytest.mark.parametrize(
    ("sent", "state"),
    [(1_790_000_000, "ok"), (1_790_000_000_000, "milliseconds"), (1_790_000_000_000_000, "microseconds"),
     ("1790000000", "text"), ("2026-09-21T14:13:20Z", "text"), ("2026-09-21 16:13:20 +0200", "text")],
)  # fmt: skip
def test_times_of_any_unit_keep_their_moment(tmp_path: Path, sent: Any, state: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(event_time=sent)))
    assert states(log, "time_status", "ts_ms") == [(state, 1_790_000_000_000)]


def test_names(tmp_path: Path) -> None:
    names = ["Purchase", "CompletePayment", "purchase", "view_item", "undefined", "MyEvent"]
    log = jsonl(tmp_path / "log", *(request(purchase(i, event=name)) for i, name in enumerate(names)))
    assert states(log, "event", "name_status") == [
        ("Purchase", "standard"), ("Purchase", "legacy"), ("Purchase", "case"), ("ViewContent", "foreign"),
        ("undefined", "placeholder"), ("MyEvent", "custom"),
    ]  # fmt: skip


def test_batches_and_broken_lines_are_counted_exactly(tmp_path: Path) -> None:
    log = jsonl(
        tmp_path / "log",
        request(purchase(1), purchase(2)), "{ broken", request(), request(purchase(3), test_event_code="T1"), "[1, 2]",
        json.dumps(request(purchase(4)))[:-20],
    )  # fmt: skip
    with taken_in(log) as (engine, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected) == ("events-api-2.0", 3, 4)
        assert [reject.row for reject in read.rejects] == [2, 3, 5, 6]
        assert engine.rows("select event_id, test from events order by row_ref").rows == [
            ("e1", False), ("e2", False), ("e3", True),
        ]  # fmt: skip


def test_a_wrong_type_does_not_lose_its_line(tmp_path: Path) -> None:
    log = jsonl(
        tmp_path / "log", request(purchase(properties={"contents": "socks"})), request(purchase(2, page="text"))
    )
    assert states(log, "event_id", "content_state", "page_state") == [("e1", "missing", "ok"), ("e2", "ok", "missing")]


def test_gzip_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(request(purchase())).encode()))
    assert states(path, "event_id") == [("e1",)]


def test_pages(tmp_path: Path) -> None:
    urls = [
        "https://Shop.example/a/b?x=1#y",
        "http://localhost:3000/t",
        "https://shop.example/?email=a@example.com",
        "",
    ]
    log = jsonl(tmp_path / "log", *(request(purchase(i, page={"url": url})) for i, url in enumerate(urls)))
    assert states(log, "page_host", "page_path", "page_host_kind", "page_pii", "page_state") == [
        ("shop.example", "/a/b", "production", False, "ok"), ("localhost:3000", "/t", "test", False, "ok"),
        ("shop.example", "/", "production", True, "ok"), (None, None, "missing", False, "missing"),
    ]  # fmt: skip


def test_pixel_hits(tmp_path: Path) -> None:
    hit = {
        "event": "Purchase", "event_id": "e1", "timestamp": "2026-09-21T14:13:20.000Z",
        "context": {"pixel": {"code": "C3LTV833G487IS978FKG"}, "user": {"email": HASH}, "page": {"url": "https://s.example/"},
                    "userAgent": "Mozilla/5.0 Safari/604"},
        "properties": {"value": "9.90", "currency": "EUR"},
    }  # fmt: skip
    log = jsonl(tmp_path / "hits", hit, {**hit, "event": None, "action": "Metadata"})
    with taken_in(log) as (engine, intake):
        assert (intake.inputs[0].kind, intake.inputs[0].rows, intake.inputs[0].rejected) == ("pixel-hits", 1, 0)
        assert "automatic activity" in intake.inputs[0].notes[0]
        columns = "channel, ts_ms, time_status, value_status, email_state, browser"
        assert engine.rows(f"select {columns} from events").rows == [
            ("browser", 1_790_000_000_000, "ok", "numeric_text", "hashed", "Safari")
        ]


def test_flat_csv_tells_absent_from_missing(tmp_path: Path) -> None:
    path = tmp_path / "events.txt.csv"
    path.write_text(
        "Event_Name,Timestamp,event_id,value\nPurchase,2026-09-21T14:13:20Z,e1,9.9\nPurchase,1790000000,,\n,,,\n"
    )
    with taken_in(path) as (engine, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected, read.rejects[0].row) == ("events-csv", 2, 1, 4)
        columns = "ts_ms, event_id_state, value_status, currency_status, email_state, time_status"
        assert engine.rows(f"select {columns} from events order by row_ref").rows == [
            (1_790_000_000_000, "ok", "ok", None, None, "ok"), (1_790_000_000_000, "missing", "missing", None, None, "ok"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (["", HASH], "hashed"),
        ([HASH, "b@example.com"], "plain"),
        ([NOTHING], "junk"),
        ([None], "missing"),
        ([], "missing"),
        (hashlib.sha256(NOTHING.encode()).hexdigest(), "junk"),
    ],
)
def test_a_list_of_addresses_speaks_with_one_voice(tmp_path: Path, sent: Any, state: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase(user={"email": sent})))
    assert states(log, "email_state") == [(state,)]


def test_a_key_written_twice_keeps_its_line(tmp_path: Path) -> None:
    line = json.dumps(request(purchase())).replace('"email": ', f'"email": "{HASH}", "email": ')
    assert states(jsonl(tmp_path / "log", line), "email_state", "event_id") == [("hashed", "e1")]


def test_a_time_without_a_zone_is_utc_on_every_machine(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log", request(purchase(event_time="2026-09-21T14:13:20")))
    program = (
        "import sys; from pathlib import Path; from tests.helpers import taken_in\n"
        "with taken_in(Path(sys.argv[1])) as (engine, _): print(engine.rows('select ts_ms from events').rows)"
    )
    for zone in ("America/New_York", "Asia/Tokyo"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(log)], env={**os.environ, "TZ": zone}, cwd=ROOT,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert run.stdout.strip() == "[(1790000000000,)]"
