"""Orders as shops, plugins and people write them, in the languages of most shops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import taken_in
from tiktrack.sources.orders_status import states


def _orders(tmp_path: Path, text: str, columns: str) -> list[tuple[object, ...]]:
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    with taken_in(path) as (engine, _):
        return engine.rows(f"select {columns} from orders order by row_ref").rows


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Bestellnr.;Datum;Summe;Status", "7;02.03.2026 10:00;1.049,90;Abgeschlossen"),
        ("N° de commande;Date;Total TTC;Statut", "7;02/03/2026 10:00;1 049,90 €;Expédiée"),
        ("Número de pedido;Fecha;Importe total;Estado", "7;2026-03-02 10:00;1.049,90;Completado"),
        ("Numero ordine;Data;Totale;Stato", "7;2026-03-02 10:00;1.049,90;Pagato"),
        ("Número do pedido;Data do pedido;Valor total;Situação", "7;2026-03-02 10:00;R$ 1.049,90;Pago"),
        ("Bestelnummer;Besteldatum;Totaal;Status", "7;2026-03-02 10:00;€ 1.049,90;Voltooid"),
        ("Numer zamówienia;Data zamówienia;Kwota;Status", "7;2026-03-02 10:00;1 049,90 zł;Zrealizowane"),
        ("注文番号;注文日時;合計金額;ステータス", "7;2026/03/02 10:00;1,049.90;支払済み"),
        ("주문번호;주문일시;결제금액;주문상태", "7;2026-03-02 10:00;1049.90;배송완료"),
        ("id;order_number;order_date_time;amount_total;amount_net", "ab12;7;2026-03-02 10:00:00.000;1049.9;882.27"),
        ("ID;Reference;Total;Payment;Status;Date", "7;XKBKN;€1,049.90;Card;Payment accepted;2026-03-02 10:00:00"),
        ("Order number;Date created;Time;Total;Payment status", '7;"Mar 2, 2026";10:00:00 AM;1049.90;Paid'),
    ],
)
def test_any_language(tmp_path: Path, header: str, row: str) -> None:
    other_day = row.replace("02/03", "14/03").replace("7;", "8;", 1)
    found = _orders(tmp_path, f"{header}\n{row}\n{other_day}\n", "order_id, created_ms, total, status")
    assert found[0] == ("7", 1_772_445_600_000, 1049.9, "paid")


def test_the_other_name_of_an_order_is_kept(tmp_path: Path) -> None:
    text = "order_id,order_number,created_at,total\n90001,S-7,2026-03-02T10:00:00Z,9.9\n"
    assert _orders(tmp_path, text, "order_id, order_name") == [("S-7", "90001")]


def test_a_column_that_says_utc_needs_no_zone(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("id,Created (UTC),Amount,Currency,Captured,Status\nch_1,2026-03-02 10:00,9.9,usd,true,Paid\n")
    with taken_in(path) as (_, intake):
        assert intake.inputs[0].notes == ()


def test_payments_beside_the_orders_of_the_shop_are_left_out(tmp_path: Path) -> None:
    payments, shop = tmp_path / "payments.csv", tmp_path / "orders.csv"
    payments.write_text("id,Created (UTC),Amount,Currency,Captured,Status\nch_1,2026-03-02 10:00,9.9,usd,true,Paid\n")
    shop.write_text("order_id,created_at,total\n1001,2026-03-02T10:00:00Z,9.9\n")
    with taken_in(payments) as (engine, _):
        assert engine.rows("select order_id from orders").rows == [("ch_1",)]
    with taken_in(payments, shop) as (engine, intake):
        assert engine.rows("select order_id from orders").rows == [("1001",)]
        assert "1 × set aside: payments" in intake.inputs[0].notes[0]
        assert intake.inputs[0].rows == 1


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Awaiting bank wire payment", "pending"), ("En attente de paiement", "pending"), ("Nicht bezahlt", "pending"),
        ("Unpaid", "pending"), ("Pendiente de pago", "pending"), ("Zahlung ausstehend", "pending"),
        ("Annulée", "cancelled"), ("Storniert", "cancelled"), ("Payment error", None), ("Rifiutato", "cancelled"),
        ("Remboursé", "refunded"), ("Teilweise rückerstattet", "paid"), ("partially_refunded", "paid"),
        ("wc-processing", "paid"), ("In Bearbeitung", "paid"), ("Ada Example", None),
    ],
)  # fmt: skip
def test_parts_of_words_tell_the_state(word: str, state: str | None) -> None:
    assert [*states([word], {}).values()] == ([state] if state else [])
