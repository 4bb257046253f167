"""``witness``: what a counter that has nothing to do with TikTok saw on the same shop."""

from tiktrack.schema.column import Column, Table, flag, status

WITNESS = Table(
    "witness",
    "events that another counter saw",
    "One row for each event of an independent counter. It is no signal to TikTok and never counted as one: it only "
    "bears witness to what happened.",
    (
        Column("ts_ms", "bigint", "when the event happened, ms since 1970 UTC"),
        Column("day", "date", "day of ts_ms in the account's time zone"),
        status("counter", "who counted: GA4, or a log of the shop itself", "ga4", "shop"),
        Column("event_raw", "text", "event name of the counter"),
        Column("event", "text", "TikTok's standard name for it, or the raw name"),
        Column("order_id", "text", "the shop's order"),
        Column("order_hash", "ubigint", "64-bit hash of order_id without a leading #; NULL where there is none"),
        Column("value", "double", "value in units of the currency"),
        Column("currency", "text", "currency"),
        Column("page_host", "text", "host of the page"),
        flag("from_tiktok", "the counter ascribes the visit to TikTok, or its page address carries a ttclid"),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "record number in the file, counted from 1"),
    ),
)
