"""``counted``, ``sales`` and ``ledger``: what the audit works out from events and orders before rules are judged."""

from tiktrack.schema.column import Column, Table, flag, status
from tiktrack.schema.events import CHANNELS
from tiktrack.schema.orders import ORIGINS, STATUSES

OVER = ("id_mismatch", "new_id", "no_id", "name_mismatch", "repeat_48h", "late_twin", "two_pixels", "shared_id")
LOST = ("never_sent", "test_code", "shared_id", "rejected", "throttled", "blocked")
KINDS = (
    "paid", "refunded", "cancelled", "pending", "test", "pos", "draft", "subscription", "marketplace", "unknown",
    "outside",
)  # fmt: skip
STATES = ("merged", "twice", "browser_only", "server_only", "other_channel", "lost", "outside", "ignored")
MATCHES = ("equal", "basis", "cents", "currency", "unit_price", "other")

_EVENT = (
    Column("day", "date", "day on which the first copy arrived, in the account's time zone"),
    Column("at_ms", "bigint", "when the first copy was received (else sent), ms since 1970 UTC"),
    Column("pixel_code", "text", "pixel", few=True),
    status("channel", "channel of the first copy", *CHANNELS),
)
_CAUSE = status("cause", "why it says again what counted before; NULL where it does not", *OVER)

COUNTED = Table(
    "counted",
    "conversions as TikTok counts them",
    "One row for each conversion that counts after TikTok's merge rule, with the copies that went into it.",
    (
        *_EVENT,
        Column("event", "text", "today's standard name", few=True),
        Column("event_raw", "text", "event name as sent: part of TikTok's key", few=True),
        Column("event_class", "text", "always conversion", few=True),
        Column("event_id_hash", "ubigint", "64-bit hash of event_id; NULL where there is none"),
        Column("sends", "bigint", "copies that arrived"),
        Column("browser", "bigint", "copies of the browser"),
        Column("server", "bigint", "copies of the server"),
        Column("merged", "bigint", "1 where a copy of the other channel was merged into the first"),
        Column("dropped", "bigint", "copies dropped as duplicates"),
        Column("late", "bigint", "1 where the other channel's copy came after five minutes, and was dropped"),
        Column("order_hash", "ubigint", "64-bit hash of the order, as the shop writes it where it is known there"),
        Column("person", "ubigint", "64-bit hash of email, else phone", personal=True),
        Column("value", "double", "value of the first copy that has one"),
        Column("currency", "text", "currency of the first copy that has one", few=True),
        _CAUSE,
    ),
)

SALES = Table(
    "sales",
    "purchases as TikTok counts them",
    "One row for each Purchase that counts, with what stands behind it in the shop.",
    (
        *_EVENT,
        status("kind", "status of its order; unknown: no order in the shop; outside: before or after the export; NULL "
               "where nobody can tell", *KINDS),
        flag("unpaid", "the export knows payments, and none of this order"),
        flag("probable", "joined by hashed contact and time, not by number"),
        status("order_by", "by what its order is known", "order_id", "event_id", "number"),
        Column("value", "double", "value of the first copy that has one"),
        Column("currency", "text", "currency of the first copy that has one", few=True),
        _CAUSE,
    ),
)  # fmt: skip

LEDGER = Table(
    "ledger",
    "orders",
    "One row for each order of the shop, with what became of it at TikTok.",
    (
        Column("day", "date", "day of created_ms in the account's time zone"),
        Column("order_id", "text", "number or id of the order as customers see it"),
        Column("order_key", "ubigint", "64-bit hash that stands for the order"),
        Column("created_ms", "bigint", "when it was placed, ms since 1970 UTC"),
        Column("paid_ms", "bigint", "when it was paid"),
        status("status", "what became of it in the shop", *STATUSES),
        status("origin", "where it came from", *ORIGINS),
        flag("due", "TikTok should hear of it: placed on the web and paid, refunded later or not"),
        status(
            "state", "what became of it at TikTok; NULL where events and orders do not go by the same names", *STATES
        ),
        status("cause", "why it counts twice, is lost or rightly not sent", *dict.fromkeys((*OVER, *LOST, *KINDS))),
        status("joined", "how sure that is", "certain", "probable", "none"),
        status("joined_by", "by what", "order_id", "event_id", "number", "person"),
        Column("counted", "bigint", "times that TikTok counts it"),
        Column("total", "double", "total in `currency`"),
        Column("subtotal", "double", "goods less discounts, in `currency`"),
        Column("tax", "double", "taxes, in `currency`"),
        Column("shipping", "double", "shipping, in `currency`"),
        Column("currency", "text", "currency of the order", few=True),
        Column("value", "double", "value that was sent"),
        Column("value_currency", "text", "currency that was sent", few=True),
        status("value_match", "the value sent, against the order", *MATCHES),
        Column("lag_ms", "bigint", "purchase after the order, ms"),
        Column("hours_off", "bigint", "the same in hours, where it is within ten minutes of a whole number of them"),
    ),
)
