"""What looks like an event log and is none, and what looks like another kind of log than it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import taken_in
from tiktrack.errors import InputError

META = {
    "event_name": "Purchase", "event_time": 1790000000, "event_id": "1", "action_source": "website",
    "event_source_url": "https://shop.example/", "user_data": {"em": ["a" * 64], "fbp": "fb.1.2.3"},
    "custom_data": {"value": 9.9, "currency": "EUR"},
}  # fmt: skip
MIXPANEL = {
    "event": "Purchase",
    "properties": {
        "time": 1790000000,
        "distinct_id": "1",
        "$insert_id": "2",
        "value": 9,
        "currency": "EUR",
        "order_id": "1",
    },
}
APP_LOG = {
    "timestamp": "2026-09-21T14:13:20Z",
    "level": "info",
    "event": "request done",
    "url": "/cart",
    "ip": "1.2.3.4",
}
STRIPE = {"id": "evt_1", "type": "charge.succeeded", "created": 1790000000, "data": {"object": {"amount": 900}}}
ORDER = {
    "id": 1,
    "created_at": "2026-09-21T14:13:20Z",
    "total_price": "9.90",
    "currency": "EUR",
    "email": "a@example.com",
}


def _lines(*objects: dict[str, Any]) -> str:
    return "".join(json.dumps(o) + "\n" for o in objects for _ in range(3))


@pytest.mark.parametrize(
    "text",
    [
        _lines(META), _lines({"data": [META]}), _lines(MIXPANEL), _lines(APP_LOG), _lines(STRIPE), _lines(ORDER),
        "date,event\n2026-09-01,New theme\n2026-09-02,New checkout\n",
        "date,time,name,count\n2026-09-01,10:00,Purchase,3\n",
        "event_name,event_count,total_users\nPurchase,3,2\n",
        "event_name,event_time,action_source,user_data.em,user_data.fbp,custom_data.value\nPurchase,1790000000,website,x,y,1\n",
        "id,payload\n1,\"{\"\"event_name\"\": \"\"Purchase\"\", \"\"event_time\"\": 1790000000, \"\"action_source\"\": \"\"website\"\", "
        "\"\"value\"\": 1, \"\"event_id\"\": \"\"a\"\"}\"\n",
    ],
    ids=["meta", "meta-batch", "mixpanel", "app-log", "stripe", "order", "notes", "counts", "ga4-report", "meta-csv", "meta-in-csv"],
)  # fmt: skip
def test_no_events_for_tiktok(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    try:
        with taken_in(path) as (_, intake):
            assert [read.table for read in intake.inputs if read.table == "events"] == []
    except InputError:
        pass


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        # A table that has other platforms' columns beside TikTok's own is a log of events all the same.
        ("events-csv", "event_name,event_time,action_source,ttclid,pixel_code,fbp\nPurchase,1790000000,website,x,C1,y\n"),
        ("events-json", _lines({**APP_LOG, "ttclid": "E.C.P.x", "event_id": "1"})),
        # Segment's protocol: RudderStack has marks of its own, and a batch is a batch of calls, not Events API 1.0.
        ("segment", _lines({"batch": [{"type": "track", "event": "A", "messageId": "1", "timestamp": "2026-09-21"}]})),
        ("rudderstack", _lines({"type": "track", "event": "A", "messageId": "1", "rudderId": "r", "properties": {}})),
        ("app-sdk", _lines({"tiktok_app_id": "7", "batch": [{"type": "track", "event": "A", "timestamp": "2026-09-21"}]})),
        ("events-api-1.0", _lines({"pixel_code": "C3LTV833G487IS978FKG", "batch": [
            {"type": "track", "event": "Purchase", "timestamp": "2026-09-21T14:13:20Z", "context": {}}]})),
        ("ga4-bigquery", _lines({"event_name": "purchase", "event_timestamp": "1790000000000000", "event_params": []})),
        ("adjust", "{event_name},{created_at},{adid}\nPurchase,1790000000,a\n"),
        ("events-csv", "event_name,created_at,order_id,value\nPurchase,1790000000,a,1\n"),
    ],
)  # fmt: skip
def test_kinds_that_look_alike(tmp_path: Path, kind: str, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    with taken_in(path) as (_, intake):
        assert [read.kind for read in intake.inputs] == [kind]


def test_a_table_of_which_no_row_can_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text('event,time,value,event_id\n"Purchase,1790000000\n', encoding="utf-8")
    with pytest.raises(InputError, match="none of the files contains a row"), taken_in(path):
        pass


def test_a_header_without_rows_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("event,time,value,event_id\n", encoding="utf-8")
    with pytest.raises(InputError) as raised, taken_in(path):
        pass
    assert (raised.value.hint or "").endswith("events.csv: it holds no rows")


def test_a_log_of_which_most_is_damaged_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = {"event": "Purchase", "event_time": 1790000000, "event_id": "1", "value": 9, "currency": "EUR"}
    path.write_text(json.dumps(whole)[:-20] + "\n" + json.dumps(whole) + '\n{"fo\n{"event": "Purch\n', encoding="utf-8")
    with pytest.raises(InputError), taken_in(path):
        pass


def test_orders_of_which_no_whole_row_names_an_order_are_told_so(tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    order = '{"id": 102, "order_num\\\\\\\\ber": "1002", "created_at": "2026-09-21T12:13:21+02:00", "total_price": "12.50", "currency": "EUR"}\n'
    path.write_text(
        '{"id": 101, "order_number": "1001", "created_at": "2026-\n' + order + '{"id": 103, "order_nu\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as raised, taken_in(path):
        pass
    assert raised.value.hint
