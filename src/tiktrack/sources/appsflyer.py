"""AppsFlyer raw data: in-app events and installs, as its export page, its Pull API or Data Locker write them.

Columns as in AppsFlyer's raw data field dictionary, by display name (``Event Time``) or API name (``event_time``). The
file is AppsFlyer's own record: which events it posts to TikTok is set there and not in the file.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import renamed
from tiktrack.sources.event_cells import Cells, cells_of, count_of, reading
from tiktrack.sources.event_columns import columns
from tiktrack.sources.flat import any_flat, whole
from tiktrack.sources.header_words import keys

NAMES = {
    "install": "InstallApp",
    "af_purchase": "Purchase",
    "af_add_to_cart": "AddToCart",
    "af_add_to_wishlist": "AddToWishlist",
    "af_initiated_checkout": "Checkout",
    "af_add_payment_info": "AddPaymentInfo",
    "af_content_view": "ViewContent",
    "af_search": "Search",
    "af_complete_registration": "Registration",
    "af_login": "Login",
    "af_subscribe": "Subscribe",
    "af_start_trial": "StartTrial",
    "af_level_achieved": "AchieveLevel",
    "af_achievement_unlocked": "UnlockAchievement",
    "af_tutorial_completion": "CompleteTutorial",
    "af_spent_credits": "SpendCredits",
    "af_rate": "Rate",
    "af_ad_click": "InAppADClick",
    "af_ad_view": "InAppADImpr",
}
"""AppsFlyer's recommended names → TikTok's app names."""

_ALIASES = {
    "event": ("event_name",),
    "time": ("event_time",),
    "value": ("event_revenue",),
    "currency": ("event_revenue_currency",),
    "content_ids": ("event_value",),
    "ip": ("ip",),
    "user_agent": ("user_agent",),
    "country": ("country_code",),
    "primary": ("is_primary_attribution",),
}
_NOTES = (
    "AppsFlyer's own record of app events: which of them it posts to TikTok is set in AppsFlyer and not in this file",
)


class AppsFlyer:
    """Raw data of AppsFlyer."""

    name = "appsflyer"
    table = "events"
    about = "AppsFlyer raw data: Event Time, Event Name and AppsFlyer ID or Attributed Touch Type, as CSV or Parquet"
    limits = "What AppsFlyer posts to TikTok is set there; times carry no zone; no event id, so copies cannot be told"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        names = keys(table.header) if table else frozenset()
        return 95 if {"eventtime", "eventname"} <= names and names & {"appsflyerid", "attributedtouchtype"} else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        found = columns(table.header, _ALIASES)
        extra = {}
        if "primary" in found:
            second = table.cells[found.pop("primary")]
            extra["reject"] = f"when lower({second}) = 'false' then '#second attributions of an event'"
        cells = cells_of(table, found)
        fields = {**cells.fields, "channel": "'app'", "sender": "'AppsFlyer'"}
        fields["event"] = renamed(fields["event"], NAMES)
        if "content_ids" in found:
            details = f"try_cast({table.cells[found['content_ids']]} as json)"
            fields["content_ids"] = count_of(f"({details} ->> '$.af_content_id')")
            fields["order_id"] = f"coalesce({details} ->> '$.af_order_id', {details} ->> '$.af_receipt_id')"
        return reading(table, Cells(fields, cells.mapping, (*_NOTES, *cells.notes), extra), needed)
