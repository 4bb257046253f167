"""Causes: each kind of fault by hand, and what it makes of counted and true."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger import logs
from tests.ledger.naive import HOURS_48, Sent
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger import build
from tiktrack.ledger.remedies import Reported, remedies
from tiktrack.ledger.simulation import Row, Simulation, Tally, simulation, total

T0 = 1_790_000_000_000
MINUTE = 60_000


@pytest.fixture(scope="module", name="engine")
def _engine() -> Iterator[DuckDB]:
    with logs.engine() as made:
        yield made


def told(channel: str, after_ms: int, event_id: str | None, order: str | None = None, **more: Any) -> dict[str, Any]:
    sent = Sent(
        more.pop("pixel", "C1"), more.pop("name", "Purchase"), event_id, channel, T0 + after_ms,
        delivery=more.pop("delivery", "unknown"),
    )  # fmt: skip
    return logs.event(sent, order_hash=order, value=50.0, currency="EUR", **more)


def simulated(engine: DuckDB, rows: list[dict[str, Any]]) -> Simulation:
    logs.load(engine, rows)
    build(engine, "events")
    return simulation(engine)


def outcome(engine: DuckDB, *rows: dict[str, Any]) -> tuple[int, int, dict[str, int], dict[str, int]]:
    """Counted, true, over by cause, under by cause."""
    tally = total(simulated(engine, list(rows)).rows)
    assert tally.received == tally.counted + tally.merged + tally.dropped
    return tally.counted, tally.true, tally.over, tally.under


def test_a_healthy_pair(engine: DuckDB) -> None:
    assert outcome(engine, told("browser", 0, "e1", "o1"), told("server", 900, "e1", "o1")) == (1, 1, {}, {})


def test_id_mismatch(engine: DuckDB) -> None:
    assert outcome(engine, told("browser", 0, "b1", "o1"), told("server", 900, "s1", "o1")) == (
        2,
        1,
        {"id_mismatch": 1},
        {},
    )


def test_reload_with_a_new_id_in_both_channels(engine: DuckDB) -> None:
    pair = [told("browser", 0, "e1", "o1"), told("server", 900, "e1", "o1")]
    again = [told("browser", MINUTE, "e2", "o1"), told("server", MINUTE + 900, "e2", "o1")]
    assert outcome(engine, *pair, *again) == (2, 1, {"new_id": 1}, {})


def test_sent_again_without_an_id(engine: DuckDB) -> None:
    assert outcome(engine, told("browser", 0, "e1", "o1"), told("server", 900, None, "o1")) == (2, 1, {"no_id": 1}, {})


def test_an_id_in_one_channel_only(engine: DuckDB) -> None:
    for first, then in ((None, "s1"), ("b1", None)):
        rows = told("browser", 0, first, "o1"), told("server", 900, then, "o1")
        assert outcome(engine, *rows) == (2, 1, {"no_id": 1}, {})


def test_two_names(engine: DuckDB) -> None:
    found = simulated(engine, [told("browser", 0, "e1"), told("server", 900, "e1", name="CompletePayment")])
    tally = total(found.rows)
    assert (tally.counted, tally.true, tally.over) == (2, 1, {"name_mismatch": 1})
    assert found.names[0].counted == {"CompletePayment": 1, "Purchase": 1}


def test_again_after_48_hours(engine: DuckDB) -> None:
    late = HOURS_48 + 1000
    assert outcome(engine, told("server", 0, "e1"), told("server", late, "e1")) == (2, 1, {"repeat_48h": 1}, {})
    assert outcome(engine, told("browser", 0, "e1"), told("server", late, "e1")) == (2, 1, {"late_twin": 1}, {})


def test_two_pixels(engine: DuckDB) -> None:
    pixels = [told("browser", 0, "e1", "o1"), told("browser", 1, "e1", "o1", pixel="C2")]
    assert outcome(engine, *pixels) == (2, 1, {"two_pixels": 1}, {})


def test_two_shops_may_both_have_an_order_1001(engine: DuckDB) -> None:
    shops = [told("browser", 0, "a", "1001"), told("browser", 5 * HOURS_48, "b", "1001", pixel="C2")]
    assert outcome(engine, *shops) == (2, 2, {}, {})


def test_one_id_for_several_orders(engine: DuckDB) -> None:
    rows = [told(channel, n * 1000, "ID1", f"o{n}") for n in range(5) for channel in ("browser", "server")]
    assert outcome(engine, *rows) == (1, 5, {}, {"shared_id": 4})


def test_one_id_for_several_people(engine: DuckDB) -> None:
    rows = [told("browser", n * 1000, "ID1", email_hash=f"p{n}") for n in range(5)]
    assert outcome(engine, *rows) == (1, 5, {}, {"shared_id": 4})


def test_a_placeholder_without_orders(engine: DuckDB) -> None:
    rows = [told("browser", n * 1000, "undefined", event_id_state="placeholder") for n in range(4)]
    assert outcome(engine, *rows) == (1, 4, {}, {"shared_id": 3})


def test_a_shared_id_does_not_lose_what_another_id_tells(engine: DuckDB) -> None:
    rows = [told("browser", n * 1000, "ID1", f"o{n}") for n in range(3)] + [told("server", 0, "s2", "o2")]
    assert outcome(engine, *rows) == (2, 3, {}, {"shared_id": 1})


def test_the_two_channels_may_write_one_order_in_two_ways(engine: DuckDB) -> None:
    pair = [told("browser", 0, "e1", "1001"), told("server", 900, "e1", "gid/9")]
    assert outcome(engine, *pair) == (1, 1, {}, {})


def test_one_person_in_half_an_hour(engine: DuckDB) -> None:
    reload = [told("browser", 0, "a", email_hash="p"), told("browser", 29 * MINUTE, "b", email_hash="p")]
    assert outcome(engine, *reload) == (2, 1, {"new_id": 1}, {})
    later = [told("browser", 0, "a", email_hash="p"), told("browser", 31 * MINUTE, "b", email_hash="p")]
    assert outcome(engine, *later) == (2, 2, {}, {})
    other = [told("browser", 0, "a", email_hash="p"), told("browser", MINUTE, "b", email_hash="q")]
    assert outcome(engine, *other) == (2, 2, {}, {})


def test_a_person_who_buys_twice_has_two_orders(engine: DuckDB) -> None:
    rows = [told("browser", n * MINUTE, f"e{n}", f"o{n}", email_hash="p") for n in range(2)]
    assert outcome(engine, *rows) == (2, 2, {}, {})


def test_a_person_without_an_order_number_joins_the_one_order_of_the_session(engine: DuckDB) -> None:
    rows = [told("browser", 0, "a", email_hash="p"), told("server", 900, "s", "o1", email_hash="p")]
    assert outcome(engine, *rows) == (2, 1, {"id_mismatch": 1}, {})


def test_carts_of_one_person_are_carts(engine: DuckDB) -> None:
    rows = [told("browser", n * MINUTE, f"e{n}", email_hash="p", name="AddToCart") for n in range(3)]
    assert outcome(engine, *rows) == (3, 3, {}, {})


@pytest.mark.parametrize("delivery", ["rejected", "throttled", "blocked"])
def test_failures(engine: DuckDB, delivery: str) -> None:
    failed = told("server", 0, "e1", "o1", delivery=delivery)
    assert outcome(engine, failed, failed) == (0, 1, {}, {delivery: 1})
    assert outcome(engine, failed, told("server", MINUTE, "e1", "o1")) == (1, 1, {}, {})
    assert outcome(engine, failed, told("browser", MINUTE, "b1", "o1")) == (1, 1, {}, {})


def test_an_order_that_failed_and_shares_an_id_is_lost_once(engine: DuckDB) -> None:
    failed = told("browser", 0, "a", "o1", delivery="rejected")
    sharing = [told("browser", 400, "b", order) for order in ("o1", "o2")]
    assert outcome(engine, failed, *sharing) == (1, 2, {}, {"shared_id": 1})
    assert outcome(engine, failed, *reversed(sharing)) == (1, 2, {}, {"shared_id": 1})


def test_names_and_windows_of_one_id_may_lack_the_order(engine: DuckDB) -> None:
    rows = [told("browser", 0, "a"), told("browser", HOURS_48 + 1000, "a", "o1"), told("server", 900, "s", "o1")]
    assert outcome(engine, *rows) == (3, 1, {"id_mismatch": 1, "repeat_48h": 1}, {})


def test_hints_are_no_counts(engine: DuckDB) -> None:
    rows = [told("browser", n, f"b{n}", name="AddToCart") for n in range(9)]
    rows += [told("server", n, f"s{n}", name="AddToCart") for n in range(7)]
    rows += [told("server", n, None, name="AddToCart", ttp_hash="cookie") for n in range(3)]
    tally = total(simulated(engine, rows).rows)
    assert (tally.counted, tally.true) == (19, 19)
    assert tally.hints == {"loose_copies": 9, "cookie_repeats": 2}


def test_a_remedy_says_what_it_changes() -> None:
    tally = Tally(counted=125, over={"id_mismatch": 25}, values={(None, "EUR"): 5000.0, ("id_mismatch", "EUR"): 1250.0})
    (remedy,) = remedies([Row("C1", "Purchase", None, tally)], Reported("EUR", 1000.0, 3125.0))
    assert (remedy.before, remedy.after) == (125, 100)
    assert remedy.roas == pytest.approx((3.125, 2.5))


_ROWS = st.lists(
    st.builds(
        told,
        channel=st.sampled_from(["browser", "server"]),
        after_ms=st.sampled_from([0, 400, 900, MINUTE, 20 * MINUTE, HOURS_48, HOURS_48 + 1000]),
        event_id=st.sampled_from(["a", "b", "c", None]),
        order=st.sampled_from(["o1", "o2", None]),
        email_hash=st.sampled_from(["p", None]),
        name=st.sampled_from(["Purchase", "CompletePayment"]),
        pixel=st.sampled_from(["C1", "C2"]),
        delivery=st.sampled_from(["unknown", "unknown", "rejected"]),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_ROWS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(engine: DuckDB, rows: list[dict[str, Any]], random: Random) -> None:
    first = outcome(engine, *rows)
    random.shuffle(rows)
    assert outcome(engine, *rows) == first
    counted_, true, over, under = first
    assert counted_ == true + sum(over.values()) - sum(under.values())
    assert true >= 0
