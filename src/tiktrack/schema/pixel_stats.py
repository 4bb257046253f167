"""``pixel_stats``: what TikTok received on a pixel, by day and event and channel."""

from tiktrack.schema.column import Column, Table, status

PIXEL_STATS = Table(
    "pixel_stats",
    "events that TikTok received",
    "One row for each day, pixel and event: how many events TikTok received by browser and by server. Days are UTC and "
    "not the account's. Whether TikTok counts before or after deduplication is not documented.",
    (
        Column("day", "date", "day in UTC"),
        Column("account", "text", "advertiser id"),
        Column("pixel_id", "text", "number of the pixel"),
        Column("pixel_code", "text", "code of the pixel, where the account lists it"),
        Column("event_raw", "text", "event as TikTok words it; NULL where the pixel received nothing on the day"),
        Column("event", "text", "today's standard name, or the name of a custom event"),
        status("event_class", "what the event stands for", "page", "browse", "funnel", "conversion", "custom"),
        status("event_kind", "standard, or made up by the advertiser", "standard", "custom"),
        Column("twin_of", "text", "standard event that a custom event is another word for; else NULL"),
        Column("total", "double", "events received"),
        Column("browser", "double", "of them by the browser"),
        Column("server", "double", "of them by the server"),
        Column("attributed", "double", "of them attributed to ads"),
        Column("preview", "double", "of them from previews of ads"),
        Column("catalog_events", "double", "events that shopping ads could use, where a catalogue was pulled"),
        Column("catalog_with_id", "double", "of them with the id of a product"),
        Column("catalog_matched", "double", "of them with an id that the catalogue knows"),
        Column("pulled_ms", "bigint", "when it was read, ms since 1970 UTC"),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "record number in the file, counted from 1"),
    ),
)
