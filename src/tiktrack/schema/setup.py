"""``setup``: the account as it is configured now, one row for each account, campaign, ad group, ad and pixel."""

from tiktrack.schema.column import Column, Table, flag, status

SETUP = Table(
    "setup",
    "settings",
    "One row for each account, campaign, ad group, ad and pixel as it was configured at the newest pull; no days.",
    (
        Column("day", "date", "always NULL: settings have no course"),
        status("object", "what the row is", "account", "campaign", "adgroup", "ad", "pixel"),
        Column("account", "text", "advertiser id"),
        Column("name", "text", "name of the object"),
        Column("campaign_id", "text", "campaign of the object"),
        Column("campaign", "text", "name of that campaign"),
        Column("adgroup_id", "text", "ad group of the object"),
        Column("adgroup", "text", "name of that ad group"),
        Column("ad_id", "text", "the ad"),
        status("state", "whether it can deliver; deleted objects belong to the past", "live", "off", "deleted"),
        Column("status_word", "text", "TikTok's secondary status"),
        Column("objective", "text", "objective of the campaign, as TikTok words it"),
        Column("goal", "text", "what the ad group optimises for, for example CONVERT, VALUE or CLICK"),
        Column("event_raw", "text", "event that the ad group optimises for, as TikTok words it: SHOPPING"),
        Column("event", "text", "today's standard name of it: Purchase; NULL for what is no website event"),
        flag("web_goal", "the ad group optimises for conversions on a website, so that it needs a pixel"),
        Column("pixel_id", "text", "number of the pixel: its own, or the one the ad group uses"),
        Column(
            "pixel_code",
            "text",
            "code of that pixel, as it stands in the site; NULL where the account does not list it",
        ),
        status(
            "pixel_link", "how the ad group is tied to a pixel", "ok", "none", "unbound", "not_listed", "shared", "idle"
        ),
        Column("click_days", "bigint", "click-through window, days; 0 is off"),
        Column("view_days", "bigint", "view-through window, days; 0 is off"),
        Column("engaged_days", "bigint", "engaged-view window, days; 0 is off"),
        status("event_count", "how many conversions of one person count", "once", "every", "unset"),
        Column("partner", "text", "shop platform or tag manager that the pixel was set up with"),
        status("matching", "advanced matching of the pixel: email and phone, one of them, none", "on", "part", "off"),
        flag("first_party_cookies", "the pixel may set first-party cookies"),
        status("ownership", "whose pixel it is", "own", "shared", "unbound"),
        Column("page_host", "text", "host that the ad leads to"),
        Column("currency", "text", "currency of the account"),
        Column("timezone", "text", "time zone of the account"),
        Column("created_ms", "bigint", "when it was created, ms since 1970 UTC"),
        Column("pulled_ms", "bigint", "when it was read, ms since 1970 UTC"),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "record number in the file, counted from 1"),
    ),
)
