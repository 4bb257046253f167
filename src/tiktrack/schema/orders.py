"""``orders``: one row for each order of the shop."""

from tiktrack.schema.column import Column, Table, status

STATUSES = ("paid", "pending", "cancelled", "refunded", "test")
ORIGINS = ("web", "pos", "draft", "subscription", "marketplace")

ORDERS = Table(
    "orders",
    "orders",
    "One row for each order of the shop, whatever number of lines it has in the export.",
    (
        Column("order_id", "text", "number or id of the order as customers see it"),
        Column("order_name", "text", "the shop's other name for it"),
        Column("order_hash", "ubigint", "64-bit hash of order_id without a leading #"),
        Column("order_name_hash", "ubigint", "64-bit hash of order_name without a leading #"),
        Column("created_ms", "bigint", "when it was placed, ms since 1970 UTC"),
        Column("offset_minutes", "bigint", "offset of created_ms as written, minutes east of UTC"),
        Column("paid_ms", "bigint", "when it was paid; NULL where it was not or the export does not say"),
        Column("day", "date", "day of created_ms in the account's time zone"),
        status("status", "what became of it", *STATUSES),
        Column("total", "double", "total in `currency`"),
        Column("subtotal", "double", "goods less discounts, without what is added for shipping; in `currency`"),
        Column("tax", "double", "taxes of the order, in `currency`"),
        Column("shipping", "double", "shipping of the order, in `currency`"),
        Column("currency", "text", "currency of the order"),
        Column("email_hash", "ubigint", "64-bit hash of the SHA-256 of the email address", personal=True),
        Column("phone_hash", "ubigint", "64-bit hash of the SHA-256 of the phone number", personal=True),
        status("origin", "where it came from", *ORIGINS),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "line in the file, counted from 1"),
    ),
)
