"""Numbers and days as people write them: the whole column decides, and what stays open is said."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tiktrack.engine.duckdb import DuckDB
from tiktrack.sources.dates import days, period_in
from tiktrack.sources.numbers import missing, shape, styles, votes


def read(cells: list[str], *, whole: bool = False, delimiter: str = ",", beside: tuple[str, ...] = ()) -> list[object]:
    """The cells of a column as numbers; ``beside`` is another column of the file."""
    columns = {0: votes(Counter(map(shape, cells))), 1: votes(Counter(map(shape, beside)))}
    style = styles(columns, frozenset({0} if whole else ()), delimiter)[0]
    with DuckDB(memory_bytes=1 << 29) as engine:
        listed = ", ".join(f"({i}, '{cell.replace(chr(39), chr(39) * 2)}')" for i, cell in enumerate(cells))
        sql = f"select case when {missing('c')} then 'missing' else {style.sql('c')}::varchar end from (values {listed}) t(i, c)"
        return [row[0] for row in engine.rows(f"{sql} order by i").rows]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1234.56", "0", "-2.5"], ["1234.56", "0.0", "-2.5"]),
        (["1,234.56", "999.00"], ["1234.56", "999.0"]),
        (["1.234,56", "0,50"], ["1234.56", "0.5"]),
        (["1 234,56", "1\u202f000 000,00", "1\u00a0000,10"], ["1234.56", "1000000.0", "1000.1"]),
        (["1'234.56", "1’000’000.00"], ["1234.56", "1000000.0"]),
        (["12,34,567.50"], ["1234567.5"]),
        (["1.234.567"], ["1234567.0"]),
        (["€1,234.50", "US$ 2.50", "2.00 USD", "Rp 3.25", "₩1,500"], ["1234.5", "2.5", "2.0", "3.25", "1500.0"]),
        (["2.50%", "(1.25)", "−3.75", '="4.50"', "1.2E+3"], ["2.5", "-1.25", "-3.75", "4.5", "1200.0"]),
        (["1.50", "-", "", "n/a", "NaN", "<5"], ["1.5", *["missing"] * 5]),
        (["1.50", "x", "1,50", "1.2.3"], ["1.5", None, None, None]),
    ],
)  # fmt: skip
def test_a_column_tells_its_marks(cells: list[str], numbers: list[str]) -> None:
    assert read(cells) == numbers


def test_one_mark_alone_is_decided_by_what_stands_beside_it() -> None:
    assert read(["1.234"], whole=True) == ["1234.0"]
    assert read(["1,234"], whole=True) == ["1234.0"]
    assert read(["1.234"], beside=("12,50",)) == ["1234.0"]
    assert read(["1.234"], delimiter=";") == ["1234.0"]
    assert read(["1.234", "0.500"]) == ["1.234", "0.5"]
    assert read(["1.234"]) == ["1.234"]


def test_what_nothing_decides_is_marked() -> None:
    column = votes(Counter([shape("1.234"), shape("12.000")]))
    assert styles({0: column}, frozenset(), ",")[0].unsure
    assert not styles({0: column}, frozenset({0}), ",")[0].unsure


def as_days(cells: list[str], name: str = "export.csv") -> list[str | None]:
    told = days(cells, period_in(name))
    with DuckDB(memory_bytes=1 << 29) as engine:
        listed = ", ".join(f"({i}, '{cell}')" for i, cell in enumerate(cells))
        found = engine.rows(f"select {told.sql('c')}::varchar from (values {listed}) t(i, c) order by i").rows
    return [row[0] for row in found]


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        (["2026-11-01", "2026-11-02 13:00:00", "2026-11-03T00:00:00Z"], ["2026-11-01", "2026-11-02", "2026-11-03"]),
        (["2026/1/2", "2026.1.3", "20260104"], ["2026-01-02", "2026-01-03", "2026-01-04"]),
        (["01/02/2026", "13/02/2026"], ["2026-02-01", "2026-02-13"]),
        (["01/02/2026", "01/13/2026"], ["2026-01-02", "2026-01-13"]),
        (["01-02-26", "13-02-26"], ["2026-02-01", "2026-02-13"]),
        (["1.2.2026"], ["2026-02-01"]),
        (["Nov 1, 2026", "2 Nov 2026", "03-Nov-26"], ["2026-11-01", "2026-11-02", "2026-11-03"]),
        (["2026년 11월 1일", "2026. 11. 2.", "2026年11月3日"], ["2026-11-01", "2026-11-02", "2026-11-03"]),
        (["05/05/2026"], ["2026-05-05"]),
        (["26-11-01", "26-11-20"], ["2026-11-01", "2026-11-20"]),
        (["01-11-26", "20-11-26"], ["2026-11-01", "2026-11-20"]),
        (["Sun, Nov 1, 2026", "Monday, November 2, 2026"], ["2026-11-01", "2026-11-02"]),
        (["2026-11-01", "2026-13-45"], ["2026-11-01", None]),
    ],
)
def test_a_column_tells_its_days(cells: list[str], read_as: list[str | None]) -> None:
    assert as_days(cells) == read_as


def test_what_may_be_either_is_not_guessed() -> None:
    told = days(["03/04/2026", "05/04/2026"])
    assert told.problem is not None
    assert "03/04/2026" in told.problem
    assert as_days(["03/04/2026"]) == [None]


def test_the_name_of_the_file_or_a_run_of_days_decides() -> None:
    assert as_days(["03/04/2026"], "Tiktok Ads_r_a_20260401-20260430.csv") == ["2026-04-03"]
    assert as_days(["03/04/2026"], "Tiktok Ads_r_a_20260301-20260331.csv") == ["2026-03-04"]
    run = [f"0{day}/04/2026" for day in range(1, 6)]
    assert as_days(run) == [f"2026-04-0{day}" for day in range(1, 6)]
    assert days(run).note is not None


def test_both_orders_in_one_column_are_said() -> None:
    told = days(["13/02/2026", "02/13/2026"])
    assert told.note is not None
    assert as_days(["13/02/2026", "02/13/2026"]) == ["2026-02-13", None]


@pytest.mark.parametrize("left", ["13/11/2026", "11/13/2026"])
def test_what_a_spreadsheet_turned_around_is_not_read(left: str) -> None:
    assert days(["2026-01-11", "2026-02-11", left]).problem is not None
    assert days(["2026-01-11", "2026-02-13", left]).problem is None
    assert days(["2026-01-11", "2026-02-11"]).problem is None


def test_numbers_of_days() -> None:
    assert as_days(["46327", "46328.75", "x"]) == ["2026-11-01", "2026-11-02", None]
    assert as_days(["46327", "2026-11-02"]) == [None, "2026-11-02"]
    assert not days(["1234", "99999"]).serial


def test_weeks_and_months_are_no_days() -> None:
    assert days(["2026-11-02 ~ 2026-11-08"]).longer
    assert days(["2026-11"]).longer
    assert not days(["2026-11-02"]).longer


def test_a_period_in_a_name() -> None:
    assert period_in("Tiktok Ads_a_b_20260401-20260430.csv") == (date(2026, 4, 1), date(2026, 4, 30))
    assert period_in("export_20261399-20261400.csv") is None
    assert period_in("export.csv") is None
