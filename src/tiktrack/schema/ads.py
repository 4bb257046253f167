"""``ads``: one row for each campaign, ad group or ad and day of a report."""

from tiktrack.schema.column import Column, Table, status

COUNTS = (
    ("impressions", "times shown"),
    ("clicks", "clicks to the destination (not `Clicks (all)`)"),
    ("conversions", "conversions, dated by the day of the click or view"),
    ("conversions_event_time", "conversions, dated by the day they happened"),
    ("purchases", "purchases on the website, dated like conversions"),
    ("checkouts", "checkouts initiated on the website"),
    ("add_to_cart", "adds to cart on the website"),
    ("content_views", "content views on the website"),
    ("landing_page_views", "landing page views"),
    ("click_purchases", "purchases attributed to a click"),
    ("view_purchases", "purchases attributed to a view"),
    ("engaged_purchases", "purchases attributed to an engaged view"),
)

ADS = Table(
    "ads",
    "report rows",
    "One row for each campaign, ad group or ad and day of an ads report; money in the account's currency.",
    (
        Column("day", "date", "day of the report, in the account's time zone; NULL where the export has none"),
        Column("hour", "bigint", "hour of the day, 0 to 23, where the report is by hour"),
        status("grain", "what a row of TikTok's API covers; NULL for exports", "day", "hour"),
        Column("level", "text", "campaign, adgroup, ad or account", values=("account", "campaign", "adgroup", "ad")),
        Column("account", "text", "account name or id"),
        Column("campaign_id", "text", "campaign id, as text"),
        Column("campaign", "text", "campaign name, or its id where the export has no name"),
        Column("adgroup_id", "text", "ad group id, as text"),
        Column("adgroup", "text", "ad group name"),
        Column("ad_id", "text", "ad id, as text"),
        Column("ad", "text", "ad name"),
        Column("objective", "text", "objective or optimisation goal"),
        Column("breakdown", "text", "what else the row is cut by, as `country=US`"),
        Column("spend", "double", "cost, in `currency`"),
        *(Column(name, "double", meaning) for name, meaning in COUNTS),
        Column("purchase_value", "double", "value of the purchases, in `currency`"),
        Column("currency", "text", "currency of the account"),
        Column("timezone", "text", "time zone of the account, where the export says"),
        status("row_state", "whether anything was delivered on the row", "delivered", "idle"),
        status("totals_state", "whether the totals that the report gives of itself match its rows", "agree", "differ"),
        Column("pulled_ms", "bigint", "when the report was made, ms since 1970 UTC"),
        Column("source_file", "text", "file of the row"),
        Column("source_row", "bigint", "line in the file, counted from 1"),
    ),
)
