"""The merge rule against its naive replay: each boundary by hand, and 200 random logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger import logs
from tests.ledger.naive import HOURS_48, MINUTES_5, Sent, replay
from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import replay as replayed

T0 = 1_790_000_000_000
SECOND = 1_000


@pytest.fixture(scope="module", name="engine")
def _engine() -> Iterator[DuckDB]:
    with logs.engine() as made:
        yield made


def counted(engine: DuckDB, log: list[Sent]) -> Counter[tuple[object, ...]]:
    """What the engine keeps."""
    logs.load(engine, [logs.event(sent) for sent in log])
    replayed(engine, "events")
    ids = {engine.rows(f"select hash({logs.literal(i)})").rows[0][0]: i for i in {s.event_id for s in log} if i}
    rows = engine.rows(
        "select pixel_code, event_raw, event_id_hash, at_ms, channel, merged, dropped, late from kept"
    ).rows
    return Counter((pixel, name, ids.get(key), *rest) for pixel, name, key, *rest in rows)


def naive(log: list[Sent]) -> Counter[tuple[object, ...]]:
    return Counter(kept.row() for kept in replay(log))


def sent(channel: str, after_ms: int, event_id: str | None = "e1", *, name: str = "Purchase", pixel: str = "C1",
         received_ms: int | None = None) -> Sent:  # fmt: skip
    return Sent(pixel, name, event_id, channel, T0 + after_ms, received_ms)


CASES = {
    "server 5:00 after the browser is merged": ([sent("browser", 0), sent("server", MINUTES_5)], (1, 1, 0)),
    "server 5:01 after the browser is dropped": ([sent("browser", 0), sent("server", MINUTES_5 + SECOND)], (1, 0, 1)),
    "browser 5:00 after the server is merged": ([sent("server", 0), sent("browser", MINUTES_5)], (1, 1, 0)),
    "repeat at 48:00:00 is dropped": ([sent("browser", 0), sent("browser", HOURS_48)], (1, 0, 1)),
    "repeat at 48:00:01 counts again": ([sent("browser", 0), sent("browser", HOURS_48 + SECOND)], (2, 0, 0)),
    "twin at 48:00:00 is dropped": ([sent("browser", 0), sent("server", HOURS_48)], (1, 0, 1)),
    "twin at 48:00:01 counts again": ([sent("browser", 0), sent("server", HOURS_48 + SECOND)], (2, 0, 0)),
    "a dropped repeat does not prolong the 48 hours": (
        [sent("server", 0), sent("server", HOURS_48), sent("server", HOURS_48 + SECOND)], (2, 0, 1)),
    "what counts again begins 48 hours of its own": (
        [sent("server", hours * 3_600_000) for hours in (0, 40, 60, 100, 109)], (3, 0, 2)),
    "three copies across channels": (
        [sent("browser", 0), sent("server", SECOND), sent("browser", 2 * SECOND)], (1, 1, 1)),
    "the second server copy is a resend, however near": (
        [sent("browser", 0), sent("server", SECOND), sent("server", 2 * SECOND)], (1, 1, 1)),
    "rows out of order": ([sent("server", MINUTES_5 + SECOND), sent("browser", 0)], (1, 0, 1)),
    "the time of receipt decides": (
        [sent("browser", 0, received_ms=T0 + HOURS_48 + SECOND), sent("server", SECOND, received_ms=T0)], (2, 0, 0)),
    "one id on two events": ([sent("browser", 0), sent("browser", 0, name="AddToCart")], (2, 0, 0)),
    "one id on an old and a new name": ([sent("browser", 0), sent("server", 0, name="CompletePayment")], (2, 0, 0)),
    "names that differ in case": ([sent("browser", 0), sent("server", 0, name="purchase")], (2, 0, 0)),
    "one id on two pixels": ([sent("browser", 0), sent("browser", 0, pixel="C2")], (2, 0, 0)),
    "no id": ([sent("browser", 0, None), sent("server", 0, None), sent("browser", 0, None)], (3, 0, 0)),
    "ids that differ in case": ([sent("browser", 0, "Ab1"), sent("server", 0, "aB1")], (2, 0, 0)),
    "a placeholder is an id": ([sent("browser", 0, "undefined"), sent("browser", SECOND, "undefined")], (1, 0, 1)),
    "a channel that nobody knows is never merged": ([sent("unknown", 0), sent("server", SECOND)], (1, 0, 1)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_by_hand(engine: DuckDB, case: str) -> None:
    log, (kept, merged, dropped) = CASES[case]
    found = counted(engine, log)
    assert found == naive(log)
    assert sum(found.values()) == kept
    assert sum(row[5] * n for row, n in found.items()) == merged  # type: ignore[operator]
    assert sum(row[6] * n for row, n in found.items()) == dropped  # type: ignore[operator]


def test_what_tiktok_never_took_in_does_not_count(engine: DuckDB) -> None:
    log = [
        Sent("C1", "Purchase", "e1", "server", T0, delivery="rejected"),
        Sent("C1", "Purchase", "e1", "browser", T0 + HOURS_48, delivery="blocked"),
        Sent("C1", "Purchase", "e1", "server", T0, test=True),
        Sent("C1", "Purchase", "e1", "server", T0 + HOURS_48 + SECOND, delivery="partial"),
    ]
    assert counted(engine, log) == naive(log)
    assert sum(counted(engine, log).values()) == 1


# Moments near the limits, with few ids, so that windows, channels and names collide all the time.
_MOMENTS = st.one_of(
    st.builds(
        lambda base, off: T0 + base + off,
        st.sampled_from([0, MINUTES_5, HOURS_48, HOURS_48 + MINUTES_5, 2 * HOURS_48, 5 * HOURS_48 // 2]),
        st.sampled_from([0, 1, -1, SECOND, -SECOND]),
    ),
    st.integers(T0, T0 + 8 * HOURS_48),
)
_EVENTS = st.builds(
    Sent,
    pixel=st.sampled_from(["C1", "C2"]),
    name=st.sampled_from(["Purchase", "CompletePayment", "AddToCart"]),
    event_id=st.sampled_from(["a", "A", "b", "undefined", None]),
    channel=st.sampled_from(["browser", "server", "browser", "server", "app"]),
    ts_ms=_MOMENTS,
    received_ms=st.one_of(st.none(), _MOMENTS),
    test=st.sampled_from([False, False, False, True]),
    delivery=st.sampled_from(["unknown", "accepted", "partial", "rejected", "throttled", "blocked"]),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=st.lists(_EVENTS, max_size=60))
def test_random_logs(engine: DuckDB, log: list[Sent]) -> None:
    assert counted(engine, log) == naive(log)
