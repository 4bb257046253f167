"""Times as spreadsheets, browsers and logs write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers import taken_in

STARTS = [datetime(2026, 2, 20, 23, 7, tzinfo=UTC) + timedelta(days=n) for n in range(20)]


def _moments(tmp_path: Path, cells: list[str]) -> list[int | None]:
    path = tmp_path / "events.csv"
    rows = [f'Purchase,"{cell}",e{n},1,EUR' for n, cell in enumerate(cells)]
    path.write_text("\n".join(["event_name,event_time,event_id,value,currency", *rows]) + "\n", encoding="utf-8")
    with taken_in(path) as (engine, _):
        return [ms for (ms,) in engine.rows("select ts_ms from events order by row_ref").rows]


@pytest.mark.parametrize(
    "form",
    [
        "%m/%d/%y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%y %H:%M", "%d.%m.%y %H:%M", "%y.%m.%d %H:%M", "%y/%m/%d %H:%M",
        "%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)", "%Y-%m-%d %H:%M:%S GMT",
    ],
)  # fmt: skip
def test_a_whole_column_tells_how_it_is_written(tmp_path: Path, form: str) -> None:
    cells = [moment.strftime(form) for moment in STARTS]
    assert _moments(tmp_path, cells) == [int(moment.timestamp() * 1000) for moment in STARTS]


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-03-02 19:07:27 EST", "2026-03-03T00:07:27"),
        ("2026-07-02 19:07:27 EDT", "2026-07-02T23:07:27"),
        ("2026-07-02 19:07:27 BST", "2026-07-02T18:07:27"),
        ("Jul 2, 2026 7:07 PM CEST", "2026-07-02T17:07:00"),
        ("Thu Jul 02 2026 19:07:27 GMT+0200 (Central European Summer Time)", "2026-07-02T17:07:27"),
        ("Thu Jul 02 2026 19:07:27 GMT-0330", "2026-07-02T22:37:27"),
    ],
)
def test_a_zone_in_letters_is_an_offset(tmp_path: Path, cell: str, utc: str) -> None:
    expected = int(datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp() * 1000)
    assert _moments(tmp_path, [cell, cell]) == [expected, expected]
