"""A flat CSV of events: one row an event, one column a field, in any order and under the usual names."""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.csvfile import Sheet, cell, columns, mapping, read_csv, sheet
from tiktrack.sources.event_fields import RAW, projection
from tiktrack.sources.times import epoch_or_instant_ms

ALIASES: dict[str, tuple[str, ...]] = {
    "event": ("event", "event_name", "event name", "event_type", "event type"),
    "time": ("event_time", "timestamp", "time", "event time", "event_timestamp", "ts", "created_at", "date"),
    "received_ms": ("received_at", "received_time", "receive_time", "ingested_at", "sent_at"),
    "channel": ("channel", "source", "event_source", "connection", "origin", "sent_by"),
    "event_id": ("event_id", "event id", "eventid", "dedup_id", "deduplication_id"),
    "pixel_code": ("pixel_code", "pixel", "pixel_id", "event_source_id", "pixel code", "pixel id"),
    "order_id": ("order_id", "order id", "transaction_id", "order", "order_number"),
    "value": ("value", "revenue", "amount", "total", "order_value"),
    "currency": ("currency", "currency_code"),
    "content_ids": ("content_ids", "content_id", "contents", "item_ids", "product_ids"),
    "content_type": ("content_type",),
    "email": ("email", "email_hash", "email_sha256", "sha256_email", "hashed_email", "em"),
    "phone": ("phone", "phone_hash", "phone_number", "phone_sha256", "sha256_phone_number", "sha256_phone", "ph"),
    "external_id": ("external_id", "external_id_hash", "user_id", "customer_id"),
    "ttclid": ("ttclid", "click_id", "callback"),
    "ttp": ("ttp", "_ttp"),
    "ip": ("ip", "ip_address", "client_ip"),
    "user_agent": ("user_agent", "useragent", "ua"),
    "url": ("url", "page_url", "page", "event_source_url", "page_location"),
    "referrer": ("referrer", "page_referrer"),
    "country": ("country", "country_code"),
    "test_code": ("test_event_code", "test_code"),
    "ldu": ("limited_data_use", "ldu"),
    "api_code": ("api_code", "response_code", "code"),
    "api_message": ("api_message", "response_message", "message"),
    "http_status": ("http_status", "status_code", "response_status"),
    "sender": ("partner_name", "sender", "library"),
}
_REQUIRED = ("event", "time")
_HINTS = ("event_id", "pixel_code", "ttclid", "email", "value", "channel", "ttp", "url")
_SERVER_WORDS = "'server', 'api', 'events_api', 'events api', 's2s', 'capi', 'server-side', 'web'"
_BROWSER_WORDS = "'browser', 'pixel', 'client', 'web_pixel', 'js'"


class EventsCsv:
    """Flat event exports."""

    name = "events-csv"
    table = "events"
    about = "A flat event CSV: a column for the event name, one for the time, and any of the usual fields"

    def sniff(self, head: Head) -> int:
        table = sheet(head)
        if table is None:
            return 0
        found = columns(table, ALIASES)
        if any(field not in found for field in _REQUIRED):
            return 0
        return min(90, 50 + 10 * sum(field in found for field in _HINTS))

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = sheet(head)
        if table is None:
            raise AssertionError("sniffed as a table")
        found = columns(table, ALIASES)
        absent = frozenset(ALIASES) - frozenset(found)
        raw = f"select {_raw(table, found)} from {read_csv(head, table)}"
        notes = ("no column says who sent the events; they count as channel 'unknown'",) if "channel" in absent else ()
        return Reading(
            projection(raw, needed=needed, literal=False, absent=absent),
            mapping=mapping(table, found),
            notes=notes,
            first_row=table.header_line + 1,
            csv=True,
        )


def _raw(table: Sheet, found: dict[str, int]) -> str:
    cells = {field: cell(index) for field, index in found.items()}
    special = {
        "record_start": "true",
        "reject": f"case when coalesce({cells['event']}, '') = '' and coalesce({cells['time']}, '') = '' "
        "then 'neither an event name nor a time' end",
        "received_ms": _received(cells.get("received_ms")),
        "channel": _channel(cells.get("channel")),
        "content_ids": _count(cells.get("content_ids")),
        "api_code": f"try_cast({cells['api_code']} as bigint)" if "api_code" in cells else "null::bigint",
        "http_status": f"try_cast({cells['http_status']} as bigint)" if "http_status" in cells else "null::bigint",
    }
    return ", ".join(f"{special.get(field) or cells.get(field, 'null::varchar')} as {field}" for field in RAW)


def _received(x: str | None) -> str:
    if x is None:
        return "null::bigint"
    return epoch_or_instant_ms(f"try_cast({x} as double)", x)


def _channel(x: str | None) -> str:
    if x is None:
        return "null::varchar"
    low = f"lower(trim({x}))"
    server = f"when {low} in ({_SERVER_WORDS}) then 'server'"
    return f"case {server} when {low} in ({_BROWSER_WORDS}) then 'browser' else {low} end"


def _count(x: str | None) -> str:
    if x is None:
        return "null::bigint"
    commas = f"length({x}) - length(replace({x}, ',', ''))"
    return f"case when coalesce(trim({x}), '') in ('', '[]', 'null') then 0 else 1 + {commas} end"
