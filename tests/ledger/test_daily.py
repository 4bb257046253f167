"""Report, events and orders side by side: the days add up, and only days that all of them cover are compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ledger import logs
from tests.ledger.naive import Sent
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger import build
from tiktrack.ledger.daily import Daily, daily
from tiktrack.ledger.remedies import reported

T0, DAY = 1_790_000_000_000, 86_400_000


@pytest.fixture(name="engine")
def _engine() -> Iterator[DuckDB]:
    with logs.engine() as made:
        yield made


def view(engine: DuckDB, sold: range, told: range, copies: int = 1) -> Daily:
    """One order a day of ``sold``; one purchase a day of ``told``, under ``copies`` ids."""
    orders = [{"order_id": f"{1000 + n}", "created_ms": T0 + n * DAY} for n in sold]
    events: list[dict[str, Any]] = [
        logs.event(Sent("C1", "Purchase", f"{n}-{copy}", "server", T0 + n * DAY), order_hash=f"{1000 + n}",
                   order_id=f"{1000 + n}", value=50.0, currency="EUR")
        for n in told for copy in range(copies)
    ]  # fmt: skip
    logs.load(engine, events)
    logs.load_orders(engine, orders)
    build(engine, "events")
    return daily(engine)


def test_days_add_up_to_the_window(engine: DuckDB) -> None:
    found = view(engine, range(10), range(10), copies=2)
    assert found.whole is not None
    assert (found.whole.counted, found.whole.true, found.whole.orders) == (20, 10, 10)
    assert (found.whole.counted_value, found.whole.orders_value) == (1000.0, 500.0)
    assert sum(day.counted or 0 for day in found.days) == 20
    assert any("more purchases than the shop was paid for" in text for text in found.meanings)


def test_a_log_that_is_shorter_than_the_orders_says_nothing_is_missing(engine: DuckDB) -> None:
    found = view(engine, range(30), range(20, 30))
    assert found.whole is not None
    assert (found.whole.counted, found.whole.orders) == (10, 30)
    assert found.meanings == ()


def test_purchases_that_are_missing_on_common_days(engine: DuckDB) -> None:
    found = view(engine, range(30), range(0, 30, 2))
    assert any("fewer purchases" in text for text in found.meanings)


def test_a_report_counts_whatever_its_currency(engine: DuckDB) -> None:
    """An export may name no currency; then its numbers stand beside the others, and its values do not."""
    engine.run(
        "create table ads as select date '2026-09-21' + cast(n as integer) as day, null::varchar as currency, "
        "2.0 as purchases, 100.0 as purchase_value, 20.0 as spend from range(10) r(n)"
    )
    found = view(engine, range(10), range(10))
    assert found.whole is not None
    assert (found.currency, found.whole.reported, found.whole.reported_value) == ("EUR", 20.0, None)


def test_roas_is_of_the_days_of_the_log(engine: DuckDB) -> None:
    engine.run(
        "create table ads as select date '2026-09-21' + cast(n as integer) as day, 'EUR' as currency, "
        "2.0 as purchases, case when n < 10 then 100.0 else 900.0 end as purchase_value, 50.0 as spend from range(99) r(n)"
    )
    view(engine, range(10), range(10))
    found = reported(engine)
    assert found is not None
    assert found.roas == 2.0
