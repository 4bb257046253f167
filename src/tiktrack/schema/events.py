"""``events``: one row for each event that somebody sent to TikTok."""

from tiktrack.schema.column import Column, Table, flag, status

CHANNELS = ("browser", "server", "app", "offline", "crm", "unknown")
KEY_STATES = ("missing", "hashed", "plain", "junk", "bad_format", "ok")
MATCH_KEYS = ("email", "phone", "external_id", "ttclid", "ttp", "ip", "user_agent")

_KEY_MEANINGS = {
    "email": "email address: hashed is right, plain is a privacy fault, junk is the hash of nothing or a test address",
    "phone": "phone number: hashed is right, plain is a privacy fault",
    "external_id": "the shop's own customer id",
    "ttclid": "TikTok click id; junk is an unexpanded macro",
    "ttp": "TikTok's first-party cookie `_ttp`",
    "ip": "address of the person; junk is a private or unusable address",
    "user_agent": "browser of the person; junk is a server library",
}

EVENTS = Table(
    "events",
    "events",
    "One row for each event sent to TikTok by browser, server or app.",
    (
        Column("ts_ms", "bigint", "when the event happened, ms since 1970 UTC"),
        Column(
            "received_ms", "bigint", "when it was received or sent, ms since 1970 UTC; NULL where the log does not say"
        ),
        Column("lag_ms", "bigint", "received_ms − ts_ms"),
        Column("day", "date", "day of ts_ms in the account's time zone", few=True),
        Column("hour", "bigint", "hours since 1970 of ts_ms, in the account's time zone"),
        status("channel", "who sent it", *CHANNELS),
        Column("event_raw", "text", "event name as sent", few=True),
        Column("event", "text", "today's standard name, or the raw name of a custom event", few=True),
        status(
            "event_class",
            "what the event stands for",
            "page",
            "browse",
            "funnel",
            "conversion",
            "custom",
        ),
        status(
            "name_status",
            "how the raw name relates to TikTok's list of names",
            "standard",
            "legacy",
            "case",
            "foreign",
            "custom",
            "placeholder",
        ),
        Column("event_id", "text", "id for deduplication, as sent"),
        Column("event_id_hash", "ubigint", "64-bit hash of event_id; NULL where there is none"),
        status(
            "event_id_state", "whether event_id can serve for deduplication", "ok", "missing", "placeholder", "not_text"
        ),
        Column("message_hash", "ubigint", "64-bit hash of TikTok's own id of one browser hit; NULL without one"),
        Column("order_id", "text", "the shop's order, as sent"),
        Column("order_hash", "ubigint", "64-bit hash of order_id without a leading #; NULL where there is none"),
        Column("pixel_code", "text", "pixel or event set that the event was sent to", few=True),
        status("pixel_code_status", "shape of pixel_code", "ok", "missing", "numeric", "odd"),
        Column("value", "double", "value in units of the currency, where it can be read as a number"),
        status(
            "value_status",
            "what was sent as value",
            "ok",
            "missing",
            "numeric_text",
            "unparsable",
            "zero",
            "negative",
        ),
        Column("currency", "text", "currency as sent", few=True),
        status(
            "currency_status",
            "what was sent as currency",
            "ok",
            "missing",
            "lower_case",
            "unsupported",
            "bad_format",
        ),
        Column("content_ids", "bigint", "number of content ids"),
        status("content_state", "whether the event names its products", "ok", "missing"),
        Column("content_type", "text", "content_type as sent"),
        status("content_type_status", "content_type against product and product_group", "ok", "missing", "wrong"),
        *(status(f"{key}_state", _KEY_MEANINGS[key], *KEY_STATES) for key in MATCH_KEYS),
        *(
            Column(f"{key}_hash", "ubigint", f"64-bit hash of {key}, for joining", personal=True)
            for key in ("email", "phone", "external_id", "ttp")
        ),
        Column("page_host", "text", "host of the page"),
        Column("page_path", "text", "path of the page without query"),
        status("page_state", "whether the page address was sent", "ok", "missing"),
        status("page_host_kind", "production or not", "production", "test", "missing"),
        flag("page_pii", "the page address carries an email address or a phone number"),
        flag("page_ttclid", "the page address carries a ttclid"),
        Column("referrer_host", "text", "host of the referrer"),
        Column("browser", "text", "browser family, from the user agent", few=True),
        Column("country", "text", "country of the person as sent, else region of the locale"),
        status(
            "time_status", "shape of the event time", "ok", "milliseconds", "microseconds", "text", "missing", "future"
        ),
        flag("test", "sent with a test event code: TikTok does not count it"),
        flag("ldu", "limited data use was asked for"),
        status(
            "delivery",
            "what TikTok answered",
            "accepted",
            "rejected",
            "partial",
            "throttled",
            "blocked",
            "unknown",
        ),
        Column("api_code", "bigint", "code of TikTok's answer", few=True),
        Column("api_message", "text", "message of TikTok's answer"),
        Column("api_field", "text", "the field that TikTok's message names, without the number of the event", few=True),
        status(
            "signal_verdict",
            "what TikTok's pixel itself says about the match keys; NULL where the log does not hold it",
            "missing",
            "valid",
            "invalid",
        ),
        Column("signal_faults", "text", "the match keys that TikTok's pixel calls invalid, and its reasons", few=True),
        Column("sender", "text", "the connector that sent it, where it leaves a mark", few=True),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "record number in the file, counted from 1"),
    ),
)
