"""Logs of frameworks: JSON among words, other messages between, lines that a logger cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import purchase, request, taken_in

ANSWER = {"code": 0, "message": "OK", "request_id": "1", "data": {}}
STAMP = "[2026-03-02 10:00:00] production.INFO:"


def _sent(number: int) -> str:
    return json.dumps(request(purchase(number)))


def _read(tmp_path: Path, lines: list[str], name: str = "laravel.log") -> tuple[int, int, tuple[str, ...]]:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        return read.rows, read.rejected, read.notes


def test_other_messages_are_no_rejected_rows(tmp_path: Path) -> None:
    lines = [
        line
        for number in range(5)
        for line in (f"{STAMP} sent {_sent(number)} ", f"{STAMP} cache cleared", "#0 vendor/x.php(12): run()", "")
    ]
    rows, rejected, notes = _read(tmp_path, lines)
    assert (rows, rejected) == (5, 0)
    assert "10 × lines without JSON, as a log's other messages" in notes


def test_words_behind_an_object_are_part_of_its_line(tmp_path: Path) -> None:
    lines = [f"{STAMP} sent {_sent(number)} in 0.31s, 200 [] []" for number in range(5)]
    assert _read(tmp_path, lines)[:2] == (5, 0)


def test_numbers_beside_an_object_are_no_rows(tmp_path: Path) -> None:
    lines = ["id\tname\tpayload\tcode", *(f"{number}\tPurchase\t{_sent(number)}\t0" for number in range(5))]
    assert _read(tmp_path, lines, "table.tsv")[:2] == (5, 0)


@pytest.mark.parametrize("cut", [60, 90, 150, 200])
def test_a_line_that_was_cut_off_costs_itself_and_no_other(tmp_path: Path, cut: int) -> None:
    lines = [f"{STAMP} sent {_sent(number)[: cut if number % 3 == 0 else None]}" for number in range(12)]
    assert _read(tmp_path, lines)[:2] == (8, 4)


@pytest.mark.parametrize("end", ["{", ",", ":"])
def test_however_it_was_cut(tmp_path: Path, end: str) -> None:
    whole = _sent(1)
    torn = whole[: whole.index(end, 40) + 1]
    lines = [
        f"2026-03-02T10:00:00Z INFO sent {torn}",
        *(f"2026-03-02T10:00:00Z INFO sent {_sent(n)}" for n in range(4)),
    ]
    assert _read(tmp_path, lines)[:2] == (4, 1)


def test_objects_over_several_lines_stay_whole(tmp_path: Path) -> None:
    pretty = [json.dumps(request(purchase(number)), indent=2) for number in range(3)]
    assert _read(tmp_path, [f"{STAMP} sent {text}" for text in pretty])[:2] == (3, 0)


def test_what_should_be_an_object_is_rejected(tmp_path: Path) -> None:
    lines = [f"{STAMP} sent {_sent(1)}", f"{STAMP} sent {_sent(2)}", "17", '"user": "x", "value": 9}']
    assert _read(tmp_path, lines)[:2] == (2, 2)


def test_a_line_of_brackets_is_a_rejected_row(tmp_path: Path) -> None:
    lines = [f"{STAMP} sent {_sent(1)}", "[" * 500, f"{STAMP} sent {_sent(2)}", "[" * 100_000]
    assert _read(tmp_path, lines)[:2] == (2, 2)
