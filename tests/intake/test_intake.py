"""Recognition, time zones, windows, and the lock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.helpers import ALL_COLUMNS, jsonl, purchase, request, taken_in
from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import EngineError, InputError
from tiktrack.intake import take_in

DAY = 86_400
NOON = 1_792_843_200  # 2026-10-24 12:00 UTC; clocks in Berlin go back on the 25th


def test_names_do_not_matter(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "shopify_orders.csv", request(purchase()))
    with taken_in(log) as (_, intake):
        assert intake.inputs[0].kind == "events-api-2.0"


def test_a_folder_goes_on_past_what_it_cannot_read(tmp_path: Path) -> None:
    jsonl(tmp_path / "log.jsonl", request(purchase()))
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    (tmp_path / "README.txt").write_text("no data")
    (tmp_path / ".DS_Store").write_bytes(b"\0\1")
    with taken_in(tmp_path) as (_, intake):
        assert [read.rows for read in intake.inputs] == [1]
        assert [unknown.what for unknown in intake.unknowns] == ["notes.csv"]
        assert "its columns are: a, b" in intake.unknowns[0].why


def test_what_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log.jsonl", request(purchase()))
    (tmp_path / "export.csv").mkdir()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    names = ("missing.csv", "export.csv", "empty.csv", "gone.csv", "none-*.csv")
    told: list[str] = []
    with taken_in(log, *(tmp_path / name for name in names), warn=told.append) as (_, intake):
        assert [read.rows for read in intake.inputs] == [1]
        assert sorted(unknown.what for unknown in intake.unknowns) == sorted(names)
    assert len(told) == len(names)
    assert all("→" in text and str(tmp_path) in text for text in told)


def test_files_named_twice_are_read_once(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log.jsonl", request(purchase()))
    (tmp_path / "link.jsonl").symlink_to(log)
    with taken_in(log, tmp_path / "." / "log.jsonl", tmp_path, tmp_path / "*.jsonl") as (_, intake):
        assert [read.rows for read in intake.inputs] == [1]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"\n \n", "empty"), (b"hello\n", "not recognised"), (b"\x00\xff\x00", "not recognised")],
)
def test_nothing_to_read(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with DuckDB(memory_bytes=1 << 29) as engine, pytest.raises(InputError, match=words) as caught:
        take_in(engine, [str(path)], ALL_COLUMNS)
    assert caught.value.place is not None
    assert caught.value.hint


def test_days_follow_the_zone_and_its_clock_changes(tmp_path: Path) -> None:
    late = [NOON + 10 * 3600 + 1800, NOON + DAY + 10 * 3600 + 1800]  # 22:30 UTC on both days
    log = jsonl(tmp_path / "log", *(request(purchase(i, event_time=t)) for i, t in enumerate(late)))
    with taken_in(log, timezone="Europe/Berlin") as (engine, _):
        found = engine.rows("select day::varchar, hour % 24 from events order by ts_ms").rows
        assert found == [("2026-10-25", 0), ("2026-10-25", 23)]


@pytest.mark.parametrize(
    ("offsets", "zone"),
    [
        (("+0200", "+0100"), "Europe/Berlin"),
        (("-0400", "-0500"), "America/New_York"),
        (("+0900", "+0900"), "Asia/Tokyo"),
    ],
)
def test_zone_by_the_clock_of_the_orders(tmp_path: Path, offsets: tuple[str, str], zone: str) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"#{i},paid,EUR,9,2026-1{i}-10 12:00:00 {offset},Tea" for i, offset in enumerate(offsets)]
    path.write_text("\n".join(["Name,Financial Status,Currency,Total,Created at,Lineitem name", *rows]) + "\n")
    with taken_in(path) as (_, intake):
        assert intake.timezone == zone


def test_window(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log", *(request(purchase(i, event_time=NOON + i * DAY)) for i in range(10)))
    with taken_in(log, since=date(2026, 10, 26), until=date(2026, 10, 28)) as (engine, _):
        assert engine.rows("select min(day)::varchar, max(day)::varchar, count(*) from events").rows == [
            ("2026-10-26", "2026-10-28", 3)
        ]
        assert engine.rows("select sum(w)::int from events_cube").rows == [(3,)]


@pytest.mark.parametrize("sql", ["select * from read_text('/etc/passwd')", "copy events to 'x.csv'", "attach 'x.db'",
                                 "set enable_external_access = true"])  # fmt: skip
def test_locked_after_the_intake(tmp_path: Path, sql: str) -> None:
    log = jsonl(tmp_path / "log", request(purchase()))
    with taken_in(log) as (engine, _), pytest.raises(EngineError):
        engine.rows(sql)


def test_what_nobody_needs_is_not_stored(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log", request(purchase()))
    with DuckDB(memory_bytes=1 << 29) as engine:
        take_in(engine, [str(log)], frozenset({"value_status", "event"}))
        columns = engine.columns("events_store")
        assert "page_path" not in columns
        assert engine.rows("select value_status, event_raw from events").rows == [("ok", "Purchase")]
