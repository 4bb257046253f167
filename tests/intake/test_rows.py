"""Row numbers are those of the user's file, and no row is lost to a stray quote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import purchase, request, taken_in
from tiktrack.intake.places import records_of
from tiktrack.intake.rows import Rows

HEADER = "event_name,event_time,event_id,value,url\n"


def lines(first: int, last: int) -> list[str]:
    return [f"Purchase,{1_790_000_000 + n},e{n},9.5,https://shop.example/\n" for n in range(first, last)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (Rows(), [1, 2, 3, 4]), (Rows(2), [2, 3, 4, 5]), (Rows(2, (3, 4, 6)), [2, 5, 7, 8]), (Rows(1, (1, 2)), [3, 4, 5, 6]),
    ],
)  # fmt: skip
def test_gaps_move_rows_on(rows: Rows, expected: list[int]) -> None:
    assert [rows.row(record) for record in range(4)] == expected


def found_at(path: Path) -> list[tuple[str, int]]:
    with taken_in(path) as (engine, intake):
        stored = engine.rows("select event_id, row_ref from events order by row_ref").rows
        records = records_of(engine, "events", [ref for _, ref in stored])
        return [(event_id, intake.rows[records[ref][0]].row(records[ref][1])) for event_id, ref in stored]


def test_rows_behind_blank_and_refused_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(HEADER + "".join([*lines(0, 2), "\n", "too,short\n", *lines(2, 3), "\n\n", *lines(3, 4)]))
    assert found_at(path) == [("e0", 2), ("e1", 3), ("e2", 6), ("e3", 9)]


def test_rows_behind_blank_lines_of_a_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(
        "\n".join(["", json.dumps(request(purchase(1))), "  ", "", "{broken", json.dumps(request(purchase(2)))])
    )
    assert found_at(path) == [("e1", 2), ("e2", 6)]
    with taken_in(path) as (_, intake):
        assert [reject.row for reject in intake.inputs[0].rejects] == [5]


@pytest.mark.parametrize("stray", ['Purchase,"1790000009,e9,1,\n', 'Purchase,1790000009,e9,1,https://a.example/"x\n'])
def test_a_stray_quote_costs_its_own_row(tmp_path: Path, stray: str) -> None:
    path = tmp_path / "events.csv"
    cell = '"https://shop.example/\nwith a line end"'
    whole = f"Purchase,1790000001,e1,9.5,{cell}\n"
    path.write_text(HEADER + whole + stray + "".join(lines(2, 500)) + whole)
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        assert read.rows + read.rejected == 501
        assert read.rejected <= 1
        assert [reject.row for reject in read.rejects] == [3] * read.rejected


def test_a_row_of_endless_cells_is_one_rejected_row(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(HEADER + "".join(lines(0, 3)) + "1," * 100_000 + "\n" + "".join(lines(3, 6)))
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        assert (read.rows, read.rejected, read.rejects[0].row) == (6, 1, 5)


def test_endless_cells_under_a_header_in_braces(tmp_path: Path) -> None:
    path = tmp_path / "adjust.csv"
    row = "abc,event,Purchase,1790000000,5,EUR\n"
    header = "{app_token},{activity_kind},{event_name},{created_at},{revenue_float},{currency}\n"
    path.write_text(header + row + "1," * 200_000 + "\n" + row)
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected, read.rejects[0].row) == ("adjust", 2, 1, 3)


def test_line_ends_that_differ(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes((HEADER + "".join(lines(0, 3)).replace("\n", "\r\n") + "".join(lines(3, 5))).encode())
    assert [row for _, row in found_at(path)] == [2, 3, 4, 5, 6]


def test_thousands_of_names_are_all_known(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(HEADER + "".join(f"it's item {i},179{i:07d},e{i},1,\n" for i in range(2_001)))
    with taken_in(path) as (engine, _):
        asked = "select count(distinct event), count_if(event_class = 'custom') from events"
        assert engine.rows(asked).rows == [(2_001, 2_001)]
