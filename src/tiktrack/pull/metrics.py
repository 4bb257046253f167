"""What a report is asked for, per family and level. Names and meanings: facts 3.1 to 3.4.

A web account gets 0, not "-", for every app metric, so the app family is asked of app campaigns only.
"""

from __future__ import annotations

import re

from tiktrack.pull.failures import BadRequest, InvalidMetrics

NAMES = {
    "campaign": ("campaign_name",),
    "adgroup": ("campaign_id", "campaign_name", "adgroup_name"),
    "ad": ("campaign_id", "campaign_name", "adgroup_id", "adgroup_name", "ad_name"),
}
"""Attributes that come as metrics, so that a row names its parents."""

DELIVERY = ("spend", "billed_cost", "impressions", "clicks", "engagements")

CONVERSIONS = (
    "conversion",
    "real_time_conversion",
    "result",
    "cta_conversion",
    "vta_conversion",
    "engaged_view_through_conversions",
)
"""Dated by the click (``conversion``) and by the event itself (``real_time_…``); then by kind of touch."""

WEBSITE = (
    "complete_payment",
    "total_complete_payment_rate",
    "website_cta_purchase",
    "vta_complete_payment",
    "evta_payments_completed",
    "website_cta_purchase_value",
    "vta_complete_payment_value",
    "initiate_checkout",
    "total_initiate_checkout_value",
    "web_event_add_to_cart",
    "total_web_event_add_to_cart_value",
    "page_content_view_events",
    "total_page_view_content_events_value",
    "add_billing",
    "user_registration",
    "form",
    "online_consult",
    "page_event_search",
    "download_start",
    "on_web_add_to_wishlist",
    "on_web_subscribe",
    "on_web_order",
    "custom_page_events",
    "total_pageview",
    "total_landing_page_view",
)
"""``total_complete_payment_rate`` is, against its name, the VALUE of the purchases."""

APP = (
    "spend",
    "real_time_app_install",
    "app_install",
    "registration",
    "purchase",
    "total_purchase",
    "total_purchase_value",
    "cta_purchase",
    "vta_purchase",
    "evta_purchase",
    "total_app_event_add_to_cart",
    "checkout",
    "view_content",
)

CORE = frozenset({"spend", "impressions", "clicks", "conversion"})
"""Without any of these a report is of no use."""

CONFLICT = re.compile(r"conflict|no relation", re.IGNORECASE)
"""TikTok's words for metrics and dimensions that do not go together."""

SYNC_ONLY = frozenset({"billed_cost"})
"""Not available to asynchronous tasks."""


def metrics_of(level: str, family: str) -> tuple[str, ...]:
    """The metrics of a report, ``family`` being ``web`` or ``app``."""
    return NAMES[level] + (APP if family == "app" else DELIVERY + CONVERSIONS + WEBSITE)


class MetricChoice:
    """The metrics still asked for; those that TikTok names as invalid are left out from then on."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted
        self.names = list(wanted)

    @property
    def dropped(self) -> list[str]:
        return [name for name in self.wanted if name not in self.names]

    def keep_core(self, refused: BadRequest) -> None:
        """Only what every report knows, where TikTok finds a conflict and names nobody; else raises it."""
        core = [name for name in self.names if name in CORE or name.endswith(("_name", "_id"))]
        if not CONFLICT.search(refused.message) or core == self.names:
            raise refused
        self.names = core

    def drop(self, refused: InvalidMetrics) -> list[str]:
        """Leave out what TikTok named; returns it. Raises BadRequest when nothing useful would remain."""
        bad = [name for name in self.names if name in refused.names]
        if not bad or CORE & set(bad):
            raise BadRequest(refused.message, hint="A report without these metrics is of no use.") from None
        self.names = [name for name in self.names if name not in bad]
        return bad
