"""Ads reports and orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import taken_in
from tiktrack.errors import InputError

NEW = "By Day,Campaign name,Campaign ID,Cost,Impressions,Clicks (destination),Conversions,Purchases (website),Purchase value (website),Currency"
OLD = "Campaign name,Ad Group Name,Date,Ad Name,Cost,CPC (Destination),CPM,Impression,Clicks (Destination),CTR (Destination),Conversions,CPA,Currency"


def test_new_headers_and_footer(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = ['2026-11-01,"A, B",1812300441028609,"1,234.50",1000,50,5,4,200.00,EUR', "2026-11-02,A,2,-,10,0,0,0,0,EUR",
            "Total of 2 results,-,-,1234.50,1010,50,5,4,200.00,EUR"]  # fmt: skip
    path.write_bytes(("\ufeff" + "\n".join([NEW, *rows]) + "\n").encode())
    with taken_in(path) as (engine, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected) == ("ads-manager-csv", 2, 0)
        assert "footer" in read.notes[0]
        assert read.mapping["purchases"] == "Purchases (website)"
        found = engine.rows(
            "select day::varchar, campaign, campaign_id, spend, clicks, purchases, level from ads order by day"
        ).rows
        assert found == [
            ("2026-11-01", "A, B", "1812300441028609", 1234.5, 50.0, 4.0, "campaign"),
            ("2026-11-02", "A", "2", None, 0.0, 0.0, "campaign"),
        ]


def test_a_currency_in_small_letters_is_the_same_currency(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("By Day,Campaign name,Cost,Impressions,Currency\n2026-11-01,A,1,10,usd\n2026-11-02,A,1,10,USD\n")
    with taken_in(path) as (engine, _):
        assert engine.rows("select distinct currency from ads").rows == [("USD",)]


def test_old_headers(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text(OLD + "\nC,G,2024-04-01,Video 1,22222,600,8000,26144,355,1.36,4,55597,IDR\n")
    with taken_in(path) as (engine, _):
        assert engine.rows(
            "select campaign, adgroup, ad, level, clicks, conversions, currency, purchases from ads"
        ).rows == [("C", "G", "Video 1", "ad", 355.0, 4.0, "IDR", None)]


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Cost (EUR)", "EUR"), ("Cost (€)", "EUR"), ("COST [US$]", "USD"), ("Cost, GBP", "GBP"), ("Total Cost - ₩", "KRW"),
     ("Cost in EUR", "EUR"), ("비용（KRW）", "KRW"), ("Cost ($)", None), ("Cost", None)],
)  # fmt: skip
def test_a_currency_stands_in_the_header(tmp_path: Path, header: str, currency: str | None) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f'By Day,Campaign name,"{header}",Impressions\n2026-11-01,A,10.5,100\n')
    with taken_in(path) as (engine, _):
        assert engine.rows("select spend, currency from ads").rows == [(10.5, currency)]


def test_without_a_day_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tab.csv"
    path.write_text("Campaign name,Cost,Impressions,Clicks (destination)\nA,10,1000,50\n")
    with taken_in(path) as (_, intake):
        assert "no day column" in intake.inputs[0].notes[0]


@pytest.mark.parametrize("cells", ["1,2026-11-01 10:00:00 +0100,,,49.90,EUR", ",,,,,,"])
def test_rows_above_the_header_are_told(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "orders.csv"
    row = "{0},2026-11-0{0} 10:00:00 +0100,{1},49.90,EUR\n"
    path.write_text(
        cells + "\n" + "order_id,created_at,paid_at,email,status,total,currency\n" + row.format(2, ",,paid")
    )
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected) == ("orders-csv", 1, 0)
        assert "the header is on line 2; rows above it, which were not read: 1" in read.notes


def test_a_line_of_brackets_without_end_is_one_rejected_row(tmp_path: Path) -> None:
    path = tmp_path / "owox.jsonl"
    row = '{"stat_time_day": "2026-11-01", "ad_id": "1", "cost": "1.5", "impressions": "10", "clicks": "1"}'
    path.write_text("\n".join([row, "[" * 100_000, '{"a":' * 100_000, row]) + "\n")
    with taken_in(path) as (_, intake):
        assert [(read.rows, read.rejected) for read in intake.inputs] == [(2, 2)]


def test_rows_that_do_not_fit_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(
        "By Day,Campaign name,Cost,Impressions\n2026-11-01,A,1,10\n2026-11-02,A\nsometime,A,1,10\n2026-11-03,A,x,1\n"
    )
    with taken_in(path) as (_, intake):
        (read,) = intake.inputs
        assert (read.rows, read.rejected) == (1, 3)
        assert {reject.reason for reject in read.rejects} == {
            "date not understood", "cost is not a number", "not a row of this table: missing columns",
        }  # fmt: skip


SHOPIFY = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem name,Cancelled at,Refunded Amount,Source,Tags,Id"


@pytest.mark.parametrize(
    ("cells", "status", "origin"),
    [
        ("paid,2026-11-01 10:00:00 +0100,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,,0.00,web,,77", "paid", "web"),
        ("refunded,,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,,49.90,web,,77", "refunded", "web"),
        ("paid,,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,2026-11-02 10:00:00 +0100,0,web,,77", "cancelled", "web"),
        ("pending,,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,,0,shopify_draft_order,,77", "pending", "draft"),
        ("paid,,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,,0,pos,,77", "paid", "pos"),
        ("paid,,EUR,40,49.9,2026-11-01 10:00:00 +0100,Tea,,0,web,Test,77", "test", "web"),
    ],
)
def test_shopify_statuses(tmp_path: Path, cells: str, status: str, origin: str) -> None:
    path = tmp_path / "orders_export.csv"
    path.write_text(
        f"{SHOPIFY}\n#1001,a@example.com,{cells}\n#1001,a@example.com,,,,,,2026-11-01 10:00:00 +0100,Cup,,,,,\n"
    )
    with taken_in(path) as (engine, intake):
        assert (intake.inputs[0].rows, intake.inputs[0].rejected) == (1, 0)
        columns = "order_id, order_name, status, origin, total, created_ms"
        assert engine.rows(f"select {columns} from orders").rows == [
            ("1001", "77", status, origin, 49.9, 1_793_523_600_000)
        ]
        assert "example.com" not in str(engine.rows("select * from orders").rows)


def test_numbers_that_a_spreadsheet_shortened_are_not_used(tmp_path: Path) -> None:
    """1.79E+12 was a moment to the millisecond; as it stands, all events happened at once."""
    path = tmp_path / "events.csv"
    rows = [f"Purchase,1.79E+12,e{i},1.0023E+12,{i}.5E+1,USD" for i in range(1, 4)]
    path.write_text("\n".join(["event,timestamp,event_id,order_id,value,currency", *rows]) + "\n")
    with taken_in(path) as (engine, intake):
        found = engine.rows("select distinct ts_ms, order_hash, time_status, event_id_state from events").rows
        assert found == [(None, None, None, "ok")]
        assert engine.rows("select sum(value) from events").rows == [(75.0,)]
        assert sum("a spreadsheet shortened the numbers" in note for note in intake.inputs[0].notes) == 2


def test_powers_that_lost_nothing_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("event,timestamp,event_id,value,currency\nPurchase,1.790000000123e+12,7e93847562,5,USD\n")
    with taken_in(path) as (engine, _):
        assert engine.rows("select ts_ms, event_id_state from events").rows == [(1_790_000_000_123, "ok")]


def test_orders_whose_numbers_a_spreadsheet_shortened_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Order ID,Created at,Total,Currency\n" + "5.43E+12,2026-09-21 10:00:00,10,USD\n" * 3)
    with pytest.raises(InputError, match="a spreadsheet shortened its order numbers"), taken_in(path):
        pass


def test_commas_between_thousands_are_no_fault_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    values = ['"1,137.00"', "12.50", '"10,50"', '"2,001,000.5"']
    path.write_text("event,timestamp,value,currency\n" + "".join(f"Purchase,1790000000,{v},USD\n" for v in values))
    with taken_in(path) as (engine, _):
        found = engine.rows("select value, value_status from events order by row_ref").rows
        assert found == [(1137.0, "ok"), (12.5, "ok"), (None, "unparsable"), (2_001_000.5, "ok")]
