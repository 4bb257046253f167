"""Flat tables of events: which column is the event, whether rows are events, and whose names they bear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import purchase, request, taken_in
from tiktrack.column_maps import read_map
from tiktrack.errors import InputError

SHOPIFY = {
    "id": "sh-1", "name": "checkout_completed", "clientId": "c", "timestamp": "2026-03-02T10:00:00.000Z",
    "context": {"document": {"location": {"href": "https://shop.example/thanks"}}, "navigator": {"userAgent": "M"}},
    "data": {"checkout": {"order": {"id": "77"}, "currencyCode": "USD", "email": "a@example.com",
                          "totalPrice": {"amount": 49.9, "currencyCode": "USD"}}},
}  # fmt: skip


def test_a_column_of_any_name_whose_cells_are_names_of_events(tmp_path: Path) -> None:
    path = tmp_path / "outbox.csv"
    path.write_text(
        "id,name,occurred_at,event_id\n1,Purchase,2026-03-02T10:00:00Z,a\n2,ViewContent,2026-03-02T10:00:01Z,b\n"
    )
    with taken_in(path) as (engine, intake):
        assert intake.inputs[0].mapping["event"] == "name"
        assert engine.rows("select event, event_id_state from events order by row_ref").rows == [
            ("Purchase", "ok"), ("ViewContent", "ok"),
        ]  # fmt: skip


def test_a_column_of_names_of_people_is_no_event(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,created_at,email\nAda,2026-03-02T10:00:00Z,a@example.com\n")
    with pytest.raises(InputError), taken_in(path):
        pass


def test_counts_by_day_are_no_events(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("Date,Event name,Browser events,Server events\n2026-03-02,Purchase,10,9\n2026-03-03,Purchase,8,8\n")
    with pytest.raises(InputError) as error, taken_in(path):
        pass
    assert "is a table of counts, not of single events" in str(error.value)


def test_a_log_of_the_shop_itself_is_a_witness_and_no_signal(tmp_path: Path) -> None:
    shop, sent = tmp_path / "pixel.jsonl", tmp_path / "sent.jsonl"
    viewed = {**SHOPIFY, "name": "product_viewed"}
    shop.write_text("".join(json.dumps(o) + "\n" for o in (viewed, viewed, SHOPIFY)))
    sent.write_text(json.dumps(request(purchase(1, properties={"order_id": "77"}))) + "\n")
    with taken_in(shop, sent) as (engine, intake):
        found = "counter, event_raw, event, order_id, value, currency, page_host, ts_ms"
        assert engine.rows(f"select {found} from witness order by row_ref").rows[-1] == (
            "shop", "checkout_completed", "Purchase", "77", 49.9, "USD", "shop.example", 1_772_445_600_000,
        )  # fmt: skip
        assert engine.rows("select count(*) from events").rows == [(1,)]
        (note,) = intake.inputs[0].notes
        assert "not counted as signals to TikTok; if they are what is sent, save this line" in note


def test_a_map_says_that_it_is_what_tiktok_gets(tmp_path: Path) -> None:
    path = tmp_path / "pixel.jsonl"
    path.write_text(json.dumps(SHOPIFY) + "\n")
    with taken_in(path) as (_, intake):
        (note,) = intake.inputs[0].notes
    told = tmp_path / "map.yaml"
    told.write_text(note[note.index("{kind") :], encoding="utf-8")
    with taken_in(path, maps=read_map(told)) as (engine, _):
        assert engine.rows("select event, name_status, order_id from events").rows == [("Purchase", "foreign", "77")]


@pytest.mark.parametrize(
    ("header", "names", "status"),
    [
        ("event_name,event_time,event_id,pixel_code", ["add_to_cart", "purchase"], "foreign"),
        ("event_name,event_time,event_id,tiktok_status", ["add_to_cart", "purchase"], "foreign"),
        ("event_name,event_time,event_id,value", ["add_to_cart", "Purchase"], "foreign"),
    ],
)
def test_names_are_judged_where_something_says_tiktok(
    tmp_path: Path, header: str, names: list[str], status: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("\n".join([header, *(f"{name},1790000000,{name},1" for name in names)]) + "\n")
    with taken_in(path) as (engine, _):
        assert engine.rows("select name_status from events where event = 'AddToCart'").rows == [(status,)]


def test_snowplow_and_tealium(tmp_path: Path) -> None:
    snowplow, tealium = tmp_path / "snowplow.csv", tmp_path / "tealium.csv"
    snowplow.write_text(
        "derived_tstamp,collector_tstamp,event,event_name,event_id,page_url,tr_orderid,tr_total,tr_currency,user_ipaddress\n"
        "2026-03-02 10:00:00.000,2026-03-02 10:00:02.000,struct,purchase,a,https://shop.example/x,77,49.9,EUR,81.2.69.142\n"
        "2026-03-02 10:00:00.000,2026-03-02 10:00:02.000,struct,view_item,b,https://shop.example/x,,,,81.2.69.142\n"
    )
    tealium.write_text(
        "tealium_event,tealium_timestamp_epoch,order_id,order_total,order_currency\n"
        "purchase,1772445600,77,49.9,EUR\nview_item,1772445600,,,\n"
    )
    for path in (snowplow, tealium):
        with taken_in(path) as (engine, _):
            found = "event, ts_ms, order_id, value, currency"
            assert engine.rows(f"select {found} from witness where order_id is not null").rows == [
                ("Purchase", 1_772_445_600_000, "77", 49.9, "EUR")
            ]
