"""Days of a log when some visitors' clocks are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import audited, jsonl, purchase, request
from tiktrack.intake.stray import span_of_log

USUAL = dict.fromkeys(range(100, 140), 500)


@pytest.mark.parametrize(
    ("more", "span"),
    [
        ({}, (100, 139)),
        ({140: 2}, (100, 139)),
        ({140: 60}, (100, 140)),  # the hours of the last morning
        ({141: 3, 170: 1, 9000: 1}, (100, 139)),
        ({60: 1, 99: 4}, (100, 139)),
        ({144: 300}, (100, 144)),  # a hole, and the log goes on
    ],
)
def test_days_with_next_to_nothing_at_the_ends_are_none_of_the_log(more: dict[int, int], span: tuple[int, int]) -> None:
    assert span_of_log({**USUAL, **more}) == span


def test_a_small_log_keeps_its_days_and_loses_the_far_ones() -> None:
    small = dict.fromkeys(range(100, 140), 12)
    assert span_of_log({**small, 140: 1, 141: 1}) == (100, 141)
    assert span_of_log({**small, 300: 1}) == (100, 139)


def test_where_orders_go_on_a_trickle_is_a_pixel_that_died() -> None:
    assert span_of_log({**USUAL, 140: 1, 141: 2, 142: 1}, (90, 143)) == (100, 142)
    assert span_of_log({**USUAL, 99: 1, 170: 1}, (100, 139)) == (100, 139)


def test_a_clock_that_is_ahead_moves_no_day_of_the_report(tmp_path: Path) -> None:
    start, day = 1_790_000_000 - 1_790_000_000 % 86_400, 86_400
    usual = [purchase(i, event_time=start + i * day // 50 + 60) for i in range(30 * 50)]
    wrong = [purchase(9000 + i, event_time=start + (40 + 100 * i) * day) for i in range(4)]
    clean, report = (
        audited(jsonl(tmp_path / f"{i}.jsonl", *[request(event) for event in events]))
        for i, events in enumerate((usual, [*usual, *wrong]))
    )
    assert report.window == clean.window
    assert report.as_of == clean.as_of
    assert [r.outcome for r in report.results] == [r.outcome for r in clean.results]
    assert any("4 events have no usable time" in note for note in report.notes)
