"""Which column of a flat table holds which field of an event, by the many names that people give them.

Words that only say where a field lay before the table was flattened are taken off the front of a name:
``properties.value``, ``user_email`` and ``context.page.url`` are value, email and url.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tiktrack.schema.currencies import CURRENCIES
from tiktrack.sources import header_words
from tiktrack.sources.header_words import Around, forms, key, words

ALIASES: dict[str, tuple[str, ...]] = {
    "event": ("event_name", "event", "event_type", "conversion_event", "conversion_name", "standard_event"),
    "time": (
        "event_time", "event_timestamp", "timestamp", "ts", "time", "datetime", "date_time", "occurred_at",
        "original_timestamp", "client_timestamp", "derived_tstamp", "event_date", "created_at", "created", "time_stamp",
        "date",
    ),
    "received_ms": (
        "received_at", "received_time", "receive_time", "received", "server_time", "ingested_at", "ingestion_time",
        "processed_at", "sent_at", "collector_tstamp",
    ),
    "channel": (
        "channel", "event_channel", "sent_by", "connection_method", "connection", "event_source", "source", "origin",
        "event_origin", "data_source", "action_source",
    ),
    "event_id": ("event_id", "dedup_id", "deduplication_id", "dedupe_id", "deduplication_key", "message_id"),
    "pixel_code": (
        "pixel_code", "pixel", "pixel_id", "event_source_id", "tiktok_pixel", "tiktok_pixel_id", "event_set_id",
        "sdkid",
    ),
    "order_id": (
        "order_id", "transaction_id", "order_number", "order_no", "order_name", "order", "purchase_id", "checkout_id",
        "tr_orderid",
    ),
    "value": (
        "value", "revenue", "event_value", "conversion_value", "purchase_value", "order_value", "order_total",
        "total_value", "amount", "total", "total_price", "total_price_amount", "tr_total", "price",
    ),
    "currency": ("currency", "currency_code", "value_currency", "order_currency", "tr_currency"),
    "content_ids": (
        "content_ids", "content_id", "contents", "item_ids", "items", "product_ids", "product_id", "products", "skus",
        "sku",
    ),
    "content_type": ("content_type",),
    "email": (
        "sha256_email", "sha256_email_address", "email_sha256", "hashed_email", "email_hash", "email_hashed", "em",
        "email", "email_address", "mail",
    ),
    "phone": (
        "sha256_phone_number", "sha256_phone", "phone_sha256", "hashed_phone", "phone_hash", "phone_hashed",
        "phone_number_hash", "ph", "phone_number", "phone", "mobile",
    ),
    "external_id": (
        "sha256_external_id", "external_id_hash", "external_id_sha256", "external_id", "user_id", "customer_id",
        "client_user_id", "uid",
    ),
    "ttclid": ("ttclid", "tiktok_click_id", "click_id", "callback", "tt_clid"),
    "ttp": ("ttp", "tt_p", "tiktok_cookie", "ttp_cookie", "cookie_ttp"),
    "ip": ("ip", "ip_address", "client_ip", "client_ip_address", "remote_ip", "remote_addr", "user_ip",
           "user_ipaddress"),
    "user_agent": ("user_agent", "useragent", "ua", "client_user_agent", "http_user_agent", "browser_user_agent"),
    "url": (
        "url", "page_url", "event_source_url", "page_location", "location_href", "location", "href", "landing_page",
        "page_uri", "page",
    ),
    "referrer": ("referrer", "page_referrer", "referer", "http_referrer", "http_referer"),
    "country": ("country", "country_code", "geo_country"),
    "test_code": ("test_event_code", "test_code"),
    "ldu": ("limited_data_use", "ldu"),
    "api_code": ("api_code", "response_code", "tiktok_code", "code"),
    "api_message": ("api_message", "response_message", "tiktok_message", "message"),
    "http_status": ("http_status", "http_status_code", "status_code", "response_status", "response_status_code"),
    "sender": ("partner_name", "sender", "integration", "connector", "library", "library_name", "event_trigger_source"),
}  # fmt: skip
"""Raw field → names of its column, the better one first. A hash is what was sent, so it goes before the plain text."""

MAYBE_EVENT = ("name", "action", "type", "label")
"""Names of columns that may hold the names of events: what stands in them decides."""

_AROUND = Around(front=frozenset((
    "properties", "property", "props", "params", "param", "parameters", "event", "user", "customer", "data", "payload",
    "context", "traits", "page", "body", "request", "response", "custom", "ad", "attributes", "record", "message",
    "pixel", "client", "tiktok", "tt", "hit", "details", "meta", "object", "library", "ecommerce", "checkout",
    "document", "navigator", "tealium",
)))  # fmt: skip

_OTHERS = frozenset(("actionsource", "fbp", "fbc", "fbclid", "distinctid", "amplitudeid"))
_OURS = frozenset(("ttclid", "ttp", "pixelcode", "tiktokpixel", "tiktokpixelid", "tiktokclickid", "eventsourceid"))


def currency_in(name: str) -> str | None:
    """The currency that a header ends with: ``Value (EUR)``."""
    last = words(name)[-1:]
    return last[0].upper() if last and last[0].upper() in CURRENCIES else None


def of_another_platform(header: Sequence[str]) -> bool:
    """Whether the names are those of Meta, Mixpanel or Amplitude, and none is TikTok's: what was sent elsewhere."""
    names = {form for name in header for form in (key(name), *(short for _, short in forms(name, _AROUND)))}
    return bool(names & _OTHERS) and not names & _OURS


def columns(header: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Field → position of its column; of the names that do not fit as they are, what lies around them is taken off."""
    return header_words.columns(header, aliases, _AROUND)
