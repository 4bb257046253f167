"""The order ledger: how events and orders meet, and what becomes of each order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ledger import logs
from tests.ledger.naive import HOURS_48, Sent
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger import build
from tiktrack.ledger.reconciliation import Reconciliation, reconciliation

T0 = 1_790_000_000_000
MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture(name="engine")
def _engine() -> Iterator[DuckDB]:
    with logs.engine() as made:
        yield made


def told(minute: float, channel: str = "server", *, event_id: str | None = None, order: str | None = None,
         value: float | None = 50.0, currency: str | None = "EUR", delivery: str = "unknown", test: bool = False,
         **more: Any) -> dict[str, Any]:  # fmt: skip
    sent = Sent("C1", more.pop("name", "Purchase"), event_id, channel, T0 + int(minute * MINUTE), None, test, delivery)
    return logs.event(sent, order_hash=order, order_id=order, value=value, currency=currency, **more)


def order(minute: float, order_id: str, **more: Any) -> dict[str, Any]:
    return {"order_id": order_id, "created_ms": T0 + int(minute * MINUTE), **more}


# The log runs from half a day before the first order to half a day after the last one.
RUNNING = [told(minute, name="AddToCart", event_id=f"cart{minute}") for minute in range(-720, 1440, 30)]


def reconciled(engine: DuckDB, orders: list[dict[str, Any]], events: list[dict[str, Any]]) -> Reconciliation:
    logs.load(engine, [*RUNNING, *events])
    logs.load_orders(engine, orders)
    build(engine, "events")
    return reconciliation(engine)


def states(found: Reconciliation) -> dict[str, int]:
    return {**found.states.certain}


def ledger(engine: DuckDB, columns: str) -> list[tuple[Any, ...]]:
    return engine.rows(f"select {columns} from ledger order by row_ref").rows


def test_the_five_states(engine: DuckDB) -> None:
    orders = [order(n, f"100{n}") for n in range(5)]
    events = [
        told(0, "browser", event_id="a", order="1000"), told(0.1, event_id="a", order="1000"),
        told(1, "browser", event_id="b", order="1001"), told(1.1, event_id="c", order="1001"),
        told(2, "browser", event_id="d", order="1002"),
        told(3, event_id="e", order="1003"),
    ]  # fmt: skip
    found = reconciled(engine, orders, events)
    assert [row[0] for row in ledger(engine, "state")] == ["merged", "twice", "browser_only", "server_only", "lost"]
    assert (found.twice, found.lost) == ({"id_mismatch": 1}, {"never_sent": 1})
    assert found.accuracy == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("shop", "event", "by"),
    [
        ({"order_id": "1001"}, {"order": "1001"}, "order_id"),
        ({"order_id": "1001", "order_name": "6104500000000"}, {"order": "6104500000000"}, "order_id"),
        ({"order_id": "1001"}, {"event_id": "1001"}, "event_id"),
        ({"order_id": "1001", "order_name": "6104500000000"}, {"event_id": "6104500000000"}, "event_id"),
        ({"order_id": "EMB-1001"}, {"order": "1001"}, "number"),
        ({"order_id": "1001"}, {"order": "gid://shop/Order/1001"}, "number"),
        ({"order_id": "#1001-DE"}, {"order": "001001"}, "number"),
        ({"order_id": "1001"}, {"event_id": "purchase_1001"}, "number"),
    ],
)
def test_an_order_goes_by_many_names(engine: DuckDB, shop: dict[str, Any], event: dict[str, Any], by: str) -> None:
    found = reconciled(engine, [{**order(0, "x"), **shop}], [told(0, **event)])
    assert ledger(engine, "state, joined, joined_by") == [("server_only", "certain", by)]
    assert found.fits


@pytest.mark.parametrize(
    "event",
    [
        {"order": "91001"},
        {"order": "2026-1001"},
        {"event_id": "a1b2c1001"},
        {"order": "1001x", "minute": HOURS_48 / MINUTE + 1},
    ],
)
def test_digits_by_chance_are_no_name(engine: DuckDB, event: dict[str, Any]) -> None:
    reconciled(engine, [order(0, "EMB1001")], [told(event.pop("minute", 0), **event)])
    assert ledger(engine, "joined") == [("none",)]


def test_numbers_that_rarely_fit_do_not_count(engine: DuckDB) -> None:
    strangers = [told(n, order=f"T-{5000 + n}") for n in range(9)]
    reconciled(engine, [order(0, "EMB1001")], [told(0, order="T-1001"), *strangers])
    assert ledger(engine, "joined") == [("none",)]


def test_a_name_known_by_its_number_is_known_for_good(engine: DuckDB) -> None:
    again = told(5 * 24 * 60, "browser", event_id="b", order="gid/Order/1001")
    failed = told(1, event_id="c", order="gid/Order/1002", delivery="rejected")
    tested = told(2, event_id="d", order="gid/Order/1003", test=True)
    orders = [order(0, "1001"), order(1, "1002"), order(2, "1003")]
    found = reconciled(
        engine, orders, [told(0, "browser", event_id="a", order="gid/Order/1001"), again, failed, tested]
    )
    assert (found.twice, found.lost) == ({"new_id": 1}, {"rejected": 1, "test_code": 1})
    assert [(sale.kind, sale.n) for sale in found.sales] == [("paid", 2)]


def test_one_channel_writes_the_name_and_the_other_the_number_in_it(engine: DuckDB) -> None:
    events = [
        event for n in range(4) for event in (
            told(n, "browser", event_id=f"b{n}", order=f"100{n}"), told(n, event_id=f"s{n}", order=f"gid/Order/100{n}"),
        )
    ]  # fmt: skip
    found = reconciled(engine, [order(n, f"100{n}") for n in range(5)], events)
    assert (states(found), found.twice) == ({"twice": 4, "lost": 1}, {"id_mismatch": 4})


def test_an_order_whose_event_was_rejected_under_its_number_as_event_id(engine: DuckDB) -> None:
    events = [told(0, event_id="1000"), told(1, event_id="1001", delivery="rejected")]
    assert reconciled(engine, [order(0, "1000"), order(1, "1001")], events).lost == {"rejected": 1}


def test_a_failure_that_came_through_under_another_id_and_name_is_none(engine: DuckDB) -> None:
    shop = {"order_name": "6104500000000"}
    events = [told(0, event_id="a", order="6104500000000", delivery="throttled"), told(1, event_id="b", order="1000")]
    reconciled(engine, [order(0, "1000", **shop)], events)
    assert engine.rows("select count(*) from missed").rows == [(0,)]


@pytest.mark.parametrize("token", [f"c{n}token" for n in range(6)])
def test_what_the_other_channel_calls_the_order_is_a_name_of_it(engine: DuckDB, token: str) -> None:
    """Whichever of the two hashes is the smaller one."""
    events = [
        told(0, "browser", event_id="a", order=token), told(1, event_id="a", order="1000"),
        told(90, "browser", event_id="b", order=token),
    ]  # fmt: skip
    found = reconciled(engine, [order(0, "1000")], events)
    assert ledger(engine, "state, cause, joined, joined_by") == [("twice", "new_id", "certain", "order_id")]
    assert [(sale.kind, sale.n) for sale in found.sales] == [("paid", 2)]


def test_an_order_that_browser_and_server_name_and_number_differently(engine: DuckDB) -> None:
    person = {"email_hash": "p"}
    events = [
        told(0, "browser", event_id="a", order="token", **person), told(0.5, event_id="b", order="1000", **person),
        told(1, event_id="c", order="another", **person),
    ]  # fmt: skip
    found = reconciled(engine, [order(0, "1000"), order(60, "1001")], events)
    assert ledger(engine, "state, cause, joined")[0] == ("twice", "id_mismatch", "probable")
    assert {sale.kind: sale.n for sale in found.sales} == {"paid": 2, "unknown": 1}


def test_what_says_a_probable_purchase_again_is_of_its_order(engine: DuckDB) -> None:
    events = [
        told(0, "browser", event_id="a", order="token", email_hash="p"),
        told(4 * 24 * 60, "browser", event_id="b", order="token", email_hash="p"),
        told(1, "browser", event_id="z", order="1001"),
    ]  # fmt: skip
    found = reconciled(engine, [order(0, "1000", email_hash="p"), order(1, "1001")], events)
    assert found.states.probable == {"twice": 1}
    assert found.never_paid == 0


def test_a_failure_of_a_known_person_is_the_probable_cause(engine: DuckDB) -> None:
    orders = [order(0, "1000"), order(1, "1001", email_hash="p"), order(200, "1002", email_hash="p")]
    failed = told(1, event_id="e", order="token", email_hash="p", delivery="blocked")
    assert reconciled(engine, orders, [told(0, order="1000"), failed]).lost == {"blocked": 1, "never_sent": 1}


def test_orders_of_a_marketplace_are_rightly_not_sent(engine: DuckDB) -> None:
    orders = [order(0, "1000"), order(1, "1001", origin="marketplace"), order(2, "1002", origin="marketplace")]
    found = reconciled(engine, orders, [told(0, order="1000"), told(2, order="1002")])
    assert found.ignored == {"marketplace": 1}
    assert {sale.kind: sale.n for sale in found.sales} == {"paid": 1, "marketplace": 1}


def test_probable_orders_stay_apart(engine: DuckDB) -> None:
    orders = [order(0, "1000"), order(10, "1001", email_hash="p1"), order(20, "1002", email_hash="p2")]
    events = [
        told(0, order="1000"),
        told(12, "browser", event_id="a", email_hash="p1", value=50.4), told(12.1, event_id="a", email_hash="p1", value=50.4),
        told(31, email_hash="p2", value=20.0),
    ]  # fmt: skip
    found = reconciled(engine, orders, events)
    assert ledger(engine, "state, joined") == [("server_only", "certain"), ("merged", "probable"), ("lost", "none")]
    assert (found.states.certain["merged"], found.states.probable["merged"]) == (0, 1)
    assert found.lost_money[0].n == (1, 1, 2)


@pytest.mark.parametrize(
    ("sent", "word"), [({"value": 5000.0}, "cents"), ({"value": None}, None), ({"currency": "USD"}, "currency")]
)
def test_a_wrong_value_loses_no_order(engine: DuckDB, sent: dict[str, Any], word: str | None) -> None:
    orders = [order(0, "1000"), order(10, "1001", email_hash="p1"), order(14, "1002", email_hash="p1", total=20.0)]
    events = [told(0, order="1000"), told(11, email_hash="p1", **sent), told(14, email_hash="p1", value=20.0)]
    reconciled(engine, orders, events)
    assert ledger(engine, "joined, value_match")[1:] == [("probable", word), ("probable", "equal")]


def test_the_hour_and_the_phone_of_a_probable_order(engine: DuckDB) -> None:
    orders = [order(-5, "1000"), order(0, "1001", phone_hash="t"), order(5, "1002", email_hash="p")]
    events = [told(-5, order="1000"), told(30, event_id="a", phone_hash="t"), told(66, event_id="b", email_hash="p")]
    reconciled(engine, orders, events)
    assert [row[0] for row in ledger(engine, "joined")] == ["certain", "probable", "none"]


def test_what_stands_behind_a_purchase(engine: DuckDB) -> None:
    orders = [
        order(0, "1000", paid_ms=T0), order(1, "1001", status="pending"), order(2, "1002", status="cancelled"),
        order(3, "1003", status="cancelled", paid_ms=T0), order(4, "1004", origin="pos", paid_ms=T0),
        order(5, "1005", origin="subscription", paid_ms=T0), order(6, "1006", status="test"),
        order(7, "1007", status="refunded", paid_ms=T0), order(9, "1009", status="pending"),
    ]  # fmt: skip
    events = [told(n, order=f"100{n}") for n in range(9)] + [told(-60, order="0999"), told(60, order="2000")]
    found = reconciled(engine, orders, events)
    assert {sale.kind: (sale.n, sale.never_paid) for sale in found.sales if sale.kind != "cancelled"} == {
        "paid": (1, False), "refunded": (1, False), "pending": (1, True), "pos": (1, False), "subscription": (1, False),
        "test": (1, True), "unknown": (1, True), "outside": (2, False),
    }  # fmt: skip
    assert sorted((sale.n, sale.never_paid) for sale in found.sales if sale.kind == "cancelled") == [
        (1, False),
        (1, True),
    ]
    assert found.never_paid == 4
    assert found.ignored == {"pending": 1}


def test_an_export_that_never_says_when_it_was_paid_accuses_nobody(engine: DuckDB) -> None:
    found = reconciled(engine, [order(0, "1000"), order(1, "1001", status="cancelled")], [told(1, order="1001")])
    assert found.never_paid == 0


@pytest.mark.parametrize("delivery", ["rejected", "throttled", "blocked"])
def test_lost_by_an_answer(engine: DuckDB, delivery: str) -> None:
    events = [told(0, order="1000"), told(1, order="1001", event_id="e", delivery=delivery)]
    assert reconciled(engine, [order(0, "1000"), order(1, "1001")], events).lost == {delivery: 1}


def test_lost_by_a_test_code_or_a_shared_id(engine: DuckDB) -> None:
    orders = [order(n, f"100{n}") for n in range(5)]
    events = [told(0, order="1000", test=True), *(told(n, order=f"100{n}", event_id="ID1") for n in range(1, 5))]
    found = reconciled(engine, orders, [*events, told(4.5, order="1004", event_id="own")])
    assert found.lost == {"shared_id": 2, "test_code": 1}


def test_orders_outside_of_the_log_are_not_lost(engine: DuckDB) -> None:
    orders = [order(0, "1000"), order(-1000, "0999"), order(3000, "1001"), order(3000, "1002", origin="pos")]
    found = reconciled(engine, orders, [told(0, order="1000")])
    assert states(found) == {"server_only": 1, "outside": 2, "ignored": 1}


def test_a_stray_event_does_not_stretch_the_log(engine: DuckDB) -> None:
    year = 365 * 24 * 60
    stray = told(-year, order="0001")
    found = reconciled(engine, [order(0, "1000"), order(-year / 2, "0500")], [told(0, order="1000"), stray])
    assert states(found)["outside"] == 1


def test_where_the_names_do_not_fit_nobody_is_lost(engine: DuckDB) -> None:
    orders = [order(n, f"{1000 + n}") for n in range(10)]
    events = [told(n, order=f"token-{'abcdefghij'[n]}") for n in range(9)] + [told(9, order="1009")]
    found = reconciled(engine, orders, events)
    assert (found.fits, found.accuracy) == (False, None)
    assert states(found) == {"server_only": 1}
    assert found.never_paid == 0


def test_one_order_in_two_exports_is_one_order(engine: DuckDB) -> None:
    rows = [order(0, "1000", status="paid"), order(0, "1000", status="refunded")]
    found = reconciled(engine, rows, [told(0, order="1000")])
    assert found.orders == 1
    assert ledger(engine, "status, state") == [("refunded", "server_only")]


def test_a_number_of_two_shops_names_nobody(engine: DuckDB) -> None:
    rows = [order(0, "1000"), order(300, "1000"), order(5, "1001")]
    found = reconciled(engine, rows, [told(0, order="1000"), told(5, order="1001")])
    assert (found.orders, states(found)["server_only"]) == (3, 1)


@pytest.mark.parametrize(
    ("value", "currency", "word"),
    [(119.0, "EUR", "equal"), (119.01, "eur", "equal"), (100.0, "EUR", "basis"), (109.0, "EUR", "basis"),
     (110.0, "EUR", "basis"), (11900.0, "EUR", "cents"), (1.19, "EUR", "cents"), (119.0, "USD", "currency"),
     (25.0, "EUR", "unit_price"), (77.0, "EUR", "other"), (0.0, "EUR", "other"), (119.0, None, "equal")],
)  # fmt: skip
def test_values(engine: DuckDB, value: float, currency: str | None, word: str) -> None:
    row = order(0, "1000", total=119.0, subtotal=100.0, tax=9.0, shipping=10.0)
    assert reconciled(engine, [row], [told(0, order="1000", value=value, currency=currency)]).values == {word: 1}


def test_a_constant_value(engine: DuckDB) -> None:
    orders = [order(n, f"{1000 + n}", total=20.0 + n) for n in range(60)]
    found = reconciled(engine, orders, [told(n, order=f"{1000 + n}", value=49.0) for n in range(60)])
    assert found.constant == (49.0, 1.0)
    same = [{**row, "total": 49.0} for row in orders]
    assert reconciled(engine, same, [told(n, order=f"{1000 + n}", value=49.0) for n in range(60)]).constant is None


@pytest.mark.parametrize("hours", [0, 2, -8])
def test_whole_hours_between_orders_and_events(engine: DuckDB, hours: int) -> None:
    orders = [order(n, f"{1000 + n}") for n in range(30)]
    events = [told(n + hours * 60 + 0.2, order=f"{1000 + n}") for n in range(30)]
    assert reconciled(engine, orders, events).lag_hours == hours


def test_currencies_stay_apart(engine: DuckDB) -> None:
    orders = [order(0, "1000"), order(1, "1001", total=30.0), order(2, "1002", currency="USD", total=70.0)]
    found = reconciled(engine, orders, [told(0, order="1000")])
    assert {(item.currency, item.n[1], item.value[1]) for item in found.lost_money} == {
        ("EUR", 1, 30.0),
        ("USD", 1, 70.0),
    }
