"""``changes``: what somebody changed, and when."""

from tiktrack.schema.column import Column, Table, status

CHANGES = Table(
    "changes",
    "changes",
    "One row for each change: TikTok's change log of the account, and the user's own notes. Who did it is not kept.",
    (
        Column("day", "date", "day of the change, in the account's time zone"),
        Column("hour", "bigint", "hours since 1970, in the account's time zone; NULL where only the day is known"),
        status("origin", "who noted it", "tiktok", "notes"),
        status("kind", "what was changed", "budget", "bid", "status", "targeting", "site", "other"),
        Column("account", "text", "advertiser id"),
        Column("object", "text", "what kind of thing: campaign, adgroup, ad, advertiser"),
        Column("object_id", "text", "its id"),
        Column("campaign", "text", "name of its campaign, where the settings are known"),
        Column("adgroup", "text", "name of its ad group, where the settings are known"),
        Column("what", "text", "the change in words"),
        Column("before", "text", "value before"),
        Column("after", "text", "value after"),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "record number in the file, counted from 1"),
    ),
)
