"""What is counted does not depend on the log it is read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import taken_in
from tests.sources import six_shapes
from tests.sources.six_shapes import Event

WRITERS: dict[str, Callable[[list[Event]], str]] = {
    "events-api-2.0": six_shapes.events_api_2,
    "events-api-1.0": six_shapes.events_api_1,
    "har": six_shapes.har,
    "sgtm-log": six_shapes.sgtm_log,
    "segment": six_shapes.segment,
    "events-csv": six_shapes.flat_csv,
}
COUNTS = """
    select day::varchar, event, value_status, currency_status, event_id_state, email_state, ttclid_state, ip_state,
           user_agent_state, content_state, page_host, page_path, browser, time_status, test, count(*),
           count(distinct event_id_hash), count(distinct order_hash), count(distinct email_hash), min(ts_ms), max(ts_ms),
           coalesce(sum(value), 0), coalesce(sum(content_ids), 0)
    from events group by all order by all
"""


def counted(path: Path, text: str, kind: str) -> list[tuple[Any, ...]]:
    path.write_text(text, encoding="utf-8")
    with taken_in(path, timezone="Europe/Berlin") as (engine, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected) == (kind, 120, 1), read.rejects
        return engine.rows(COUNTS).rows


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    path = tmp_path_factory.mktemp("same") / "log"
    return counted(path, six_shapes.events_api_2(six_shapes.events()), "events-api-2.0")


def test_the_events_hold_what_is_to_be_compared(expected: list[tuple[Any, ...]]) -> None:
    statuses = {row[2] for row in expected} | {row[3] for row in expected} | {row[5] for row in expected}
    assert statuses >= {"ok", "missing", "zero", "lower_case", "hashed"}
    assert len({row[0] for row in expected}) == 4
    assert sum(row[15] for row in expected) == 120


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_events_give_the_same_counts(tmp_path: Path, kind: str, expected: list[tuple[Any, ...]]) -> None:
    assert counted(tmp_path / "log", WRITERS[kind](six_shapes.events()), kind) == expected
