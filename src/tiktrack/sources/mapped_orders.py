"""Orders of any shop, by a map of their columns."""

from __future__ import annotations

from tiktrack.settings import ColumnMap
from tiktrack.sources.base import Reading, quoted
from tiktrack.sources.flat import Flat
from tiktrack.sources.told import told_ms, told_number

ORDER_FIELDS: dict[str, tuple[str, ...]] = {
    "order_id": ("order_id", "order_number", "order", "order_no", "number"),
    "order_name": ("order_name", "reference", "transaction_id"),
    "created": ("created_at", "order_date", "date", "created", "placed_at"),
    "paid": ("paid_at", "payment_date", "paid_date"),
    "status": ("status", "order_status", "financial_status", "payment_status"),
    "total": ("total", "order_total", "grand_total", "amount", "revenue"),
    "subtotal": ("subtotal",),
    "tax": ("tax", "taxes"),
    "shipping": ("shipping", "shipping_total"),
    "currency": ("currency", "currency_code"),
    "email": ("email", "customer_email", "billing_email"),
    "phone": ("phone", "billing_phone"),
    "origin": ("source", "channel", "origin"),
}
_STATUS = {
    "test": ("test",),
    "cancelled": ("cancel", "void", "fail", "declin", "expired", "abandon"),
    "refunded": ("refund", "return", "chargeback"),
    "pending": ("pending", "unpaid", "hold", "open", "draft", "await", "authorized", "new"),
}
_ORIGIN = {
    "pos": ("pos", "store", "retail"),
    "draft": ("draft", "manual"),
    "subscription": ("subscription", "recurring"),
}


def read_orders(table: Flat, found: dict[str, int], column_map: ColumnMap) -> Reading:
    """How the table is read: a row without number, time or total is rejected; an order without a status is paid."""
    cells = {field: f"nullif(trim({table.cells[position]}), '')" for field, position in found.items()}
    text = {field: cells.get(field, "null::varchar") for field in ORDER_FIELDS}
    label = f"ltrim({text['order_id']}, '#')"
    created = told_ms(text["created"], column_map)
    columns = {
        "order_id": label,
        "order_name": text["order_name"],
        "order_hash": f"hash({label})",
        "order_name_hash": f"case when {text['order_name']} is not null then hash({text['order_name']}) end",
        "created_ms": created,
        "paid_ms": told_ms(text["paid"], column_map),
        "status": _word(text["status"], _STATUS, "paid"),
        **{field: _number(text[field], column_map) for field in ("total", "subtotal", "tax", "shipping")},
        "currency": f"coalesce({text['currency']}, {quoted(column_map.currency) if column_map.currency else 'null'})",
        "email_hash": _hashed(text["email"], f"lower({text['email']})"),
        "phone_hash": _hashed(text["phone"], f"'+' || regexp_replace({text['phone']}, '[^0-9]', '', 'g')"),
        "origin": _word(text["origin"], _ORIGIN, "web"),
        "reject": f"case when {label} is null then 'no order number' when {created} is null then 'no time of creation' "
        f"when {_number(text['total'], column_map)} is null then 'total is not a number' end",
    }
    listed = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    return Reading(
        f"select {listed} from {table.relation}",
        mapping={field: table.header[position] for field, position in found.items()},
        notes=table.notes,
        first_row=table.first_row,
        csv=table.csv,
    )


def _number(x: str, column_map: ColumnMap) -> str:
    return f"try_cast({told_number(x, column_map.decimal or '.')} as double)"


def _hashed(x: str, plain: str) -> str:
    return f"case when {x} is not null then hash(sha256({plain})) end"


def _word(x: str, words: dict[str, tuple[str, ...]], otherwise: str) -> str:
    branches = " ".join(
        "when " + " or ".join(f"contains(lower({x}), '{part}')" for part in parts) + f" then '{word}'"
        for word, parts in words.items()
    )
    return f"case {branches} else '{otherwise}' end"
