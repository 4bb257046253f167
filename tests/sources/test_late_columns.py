"""What only later rows have is read as well: a log may begin with hundreds of page views."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.helpers import jsonl, taken_in

VIEW = {"event": "ViewContent", "event_time": 1790000000, "event_id": "v", "url": "https://shop.example/"}
SALE = {
    **VIEW,
    "event": "Purchase",
    "event_id": "p",
    "user": {"email": "a" * 64},
    "properties": {"value": 9.5, "currency": "EUR"},
}
READ = "select value, currency, email_state from events where event = 'Purchase'"


def test_json(tmp_path: Path) -> None:
    with taken_in(jsonl(tmp_path / "log", *[VIEW] * 5000, SALE)) as (engine, intake):
        assert intake.inputs[0].kind == "events-json"
        assert engine.rows(READ).rows == [(9.5, "EUR", "hashed")]


def test_parquet(tmp_path: Path) -> None:
    lines = jsonl(tmp_path / "log", *[{**VIEW, "user": None, "properties": None}] * 5000, SALE)
    duckdb.execute(f"copy (select * from read_json('{lines}', sample_size = -1)) to '{tmp_path}/in.parquet'")
    with taken_in(tmp_path / "in.parquet") as (engine, intake):
        assert intake.inputs[0].kind == "events-parquet"
        assert engine.rows(READ).rows == [(9.5, "EUR", "hashed")]


@pytest.mark.parametrize(("written", "value"), [("1.234,50", 1234.5), ("9,50", 9.5), ("9.50", 9.5), ("9", 9.0)])
def test_decimals(tmp_path: Path, written: str, value: float) -> None:
    rows = "event;event_time;event_id;value\n" + "ViewContent;1790000000;v;\n" * 5000
    path = tmp_path / "events.csv"
    path.write_text(rows + f"Purchase;1790000000;p;{written}\n", encoding="utf-8")
    with taken_in(path) as (engine, _):
        sql = "select value, value_status from events where event = 'Purchase'"
        assert engine.rows(sql).rows == [(value, "ok")]
