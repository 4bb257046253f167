"""Headers of ads reports in all their names: one table, field → language or tool → headers.

Ads Manager's wording is from genuine exports and the metric pages: the newest name first, older ones behind it. Only
confirmed strings are listed; a column map covers the rest. ``api`` holds the metric ids of the reporting API, which
connectors hand on; ``total_complete_payment_rate`` is, against its name, the value of the purchases.
"""

from __future__ import annotations

_Names = dict[str, tuple[str, ...]]

TEXTS: dict[str, _Names] = {
    "day": {
        "en": ("by day", "date", "day"),
        "ko": ("일별",),
        "es": ("por día",),
        "api": ("stat_time_day",),
        "tools": ("report_date", "date_start", "date_day", "stat_time"),
    },
    "hour": {"en": ("by hour", "hour"), "api": ("stat_time_hour",)},
    "account": {
        "en": ("account name", "account id", "advertiser name", "advertiser id"),
        "api": ("advertiser_name", "advertiser_id"),
        "tools": ("account_name", "account_id", "account"),
    },
    "campaign_id": {"en": ("campaign id",), "ko": ("캠페인 id",), "id": ("id campaign",), "api": ("campaign_id",)},
    "campaign": {
        "en": ("campaign name",),
        "ko": ("캠페인 이름",),
        "es": ("nombre de la campaña",),
        "pt": ("nome da campanha",),
        "id": ("nama kampanye",),
        "api": ("campaign_name",),
        "tools": ("campaign",),
    },
    "adgroup_id": {"en": ("ad group id",), "ko": ("광고 그룹 id",), "api": ("adgroup_id",), "tools": ("ad_group_id",)},
    "adgroup": {
        "en": ("ad group name",),
        "ko": ("광고 그룹 이름",),
        "api": ("adgroup_name",),
        "tools": ("ad_group_name", "ad group", "ad_group", "adgroup"),
    },
    "ad_id": {"en": ("ad id",), "ko": ("광고 id",), "api": ("ad_id", "ad_id_v2")},
    "ad": {
        "en": ("ad name",),
        "ko": ("광고 이름",),
        "es": ("nombre del anuncio",),
        "api": ("ad_name",),
        "tools": ("ad",),
    },
    "objective": {
        "en": ("advertising objective", "objective", "optimization goal", "optimisation goal"),
        "api": ("objective_type",),
        "tools": ("optimize_goal",),
    },
    "currency": {
        "en": ("currency",),
        "ko": ("통화",),
        "es": ("moneda",),
        "id": ("mata uang",),
        "tools": ("currency_code", "account_currency", "advertiser_currency"),
    },
    "timezone": {
        "en": ("time zone", "timezone"),
        "api": ("display_timezone",),
        "tools": ("advertiser_timezone", "account_timezone", "account_time_zone"),
    },
    "pulled": {
        "tools": ("pulled_at", "_airbyte_extracted_at", "_airbyte_emitted_at", "_fivetran_synced", "_sdc_extracted_at",
                  "_sdc_batched_at", "time_extracted"),
    },
    "network": {
        "tools": ("datasource", "data source", "source", "data source type", "data source name", "channel", "platform",
                  "network", "ad platform", "advertising platform", "ad network", "ad channel", "paid channel",
                  "marketing channel", "traffic source", "media source", "source / medium", "publisher", "provider",
                  "vendor"),
    },
}  # fmt: skip

NUMBERS: dict[str, _Names] = {
    "spend": {
        "en": ("cost", "total cost", "spend"),
        "ko": ("비용",),
        "es": ("coste", "gasto"),
        "pt": ("custo",),
        "id": ("biaya",),
        "api": ("spend",),
    },
    "impressions": {
        "en": ("impressions", "impression"),
        "ko": ("노출수",),
        "es": ("impresiones",),
        "pt": ("impressões",),
        "id": ("impresi iklan produk",),
    },
    "clicks": {
        "en": ("clicks (destination)", "clicks"),
        "ko": ("클릭수(목적지)",),
        "es": ("clics (destino)",),
        "pt": ("cliques (destino)",),
        "vi": ("lượt nhấp (đích đến)",),
        "id": ("jumlah klik iklan produk",),
    },
    "conversions": {
        "en": ("conversions", "total conversions", "total conversion"),
        "ko": ("전환수",),
        "es": ("conversiones",),
        "api": ("conversion",),
    },
    "conversions_event_time": {
        "en": ("conversions by conversion time", "real-time conversions"),
        "ko": ("전환 시간별 전환",),
        "api": ("real_time_conversion",),
    },
    "purchases": {
        "en": ("purchases (website)", "payments completed (website)", "complete payment (website)",
               "total complete payment", "complete payment"),
        "ko": ("구매 수(웹사이트)",),
        "api": ("complete_payment",),
    },
    "purchase_value": {
        "en": ("purchase value (website)", "total purchase value (website)", "total complete payment value",
               "complete payment value"),
        "ko": ("구매 금액(웹사이트)",),
        "api": ("total_complete_payment_rate",),
    },
    "checkouts": {
        "en": ("checkouts initiated (website)", "initiate checkouts (website)", "initiate checkout"),
        "ko": ("결제 시작(웹사이트)",),
        "api": ("initiate_checkout",),
    },
    "add_to_cart": {
        "en": ("adds to cart (website)", "add to cart (website)", "add to cart"),
        "ko": ("장바구니에 추가(웹사이트)",),
        "api": ("web_event_add_to_cart",),
    },
    "content_views": {
        "en": ("content views (website)", "product page views (website)", "view content"),
        "api": ("page_content_view_events",),
    },
    "landing_page_views": {
        "en": ("landing page views (website)", "landing page views"),
        "ko": ("랜딩 페이지 조회(웹사이트)",),
        "api": ("total_landing_page_view",),
    },
    "click_purchases": {
        "en": ("cta purchases (website)",),
        "ko": ("cta 구매 수(웹사이트)",),
        "api": ("website_cta_purchase",),
    },
    "view_purchases": {
        "en": ("vta purchases (website)",),
        "ko": ("vta 구매 수(웹사이트)",),
        "api": ("vta_complete_payment",),
    },
    "engaged_purchases": {
        "en": ("evta purchases (website)",),
        "ko": ("evta 구매 수(웹사이트)",),
        "api": ("evta_payments_completed",),
    },
}  # fmt: skip

BREAKDOWNS = (
    "country", "country_code", "country/region", "region", "province_id", "age", "gender", "placement", "placements",
    "platform", "language", "ac", "device brand", "operating system", "event_source_id", "custom_event_type",
    "page_id", "post_id", "search_terms", "ad_type", "component_name",
)  # fmt: skip
"""Columns that cut a day of a campaign, ad group or ad into further rows."""

APP_PURCHASES = ("purchases (app)", "unique purchases (app)", "purchase", "total_purchase")
"""Purchases in apps: 0 on a website account, which says nothing about its shop."""

ALL_CHANNELS = ("총 구매 수(모든 채널)",)
"""Purchases of website, app, shop and offline together."""

NETWORKS = frozenset((
    "adwords", "amazon", "amazonads", "apple", "applesearchads", "applovin", "bing", "bingads", "criteo", "facebook",
    "facebookads", "fb", "google", "googleads", "instagram", "linkedin", "linkedinads", "meta", "metaads", "microsoft",
    "microsoftads", "microsoftadvertising", "outbrain", "pinterest", "pinterestads", "reddit", "redditads", "snap",
    "snapchat", "snapchatads", "taboola", "twitter", "twitterads", "xads", "youtube",
))  # fmt: skip
"""Other networks, as tables of several networks call them; without blanks and marks."""

OF_OTHERS = {
    **dict.fromkeys(("impr.", "avg. cpc", "avg. cost", "cost / conv.", "conv. value", "conv. rate", "interaction rate",
                     "campaign state", "ad group state", "search impr. share", "cost_micros"), "Google Ads"),
    "gregorian date": "Microsoft Advertising",
    **dict.fromkeys(("ad set name", "ad set id", "adset_name", "adset_id", "amount spent", "link clicks",
                     "reporting starts"), "Meta"),
    **dict.fromkeys(("swipe ups", "paid impressions", "ad squad name"), "Snapchat"),
    **dict.fromkeys(("pin clicks", "pin promotion name"), "Pinterest"),
    "campaign group name": "LinkedIn",
}  # fmt: skip
"""Columns that only reports of other networks have → the network."""

MONEY = frozenset({"spend", "purchase_value"})

FOOTERS = (
    r"total of [\d,. ]+ results?",
    r"총 ?[\d,. ]+개 결과",
    r"total: ?[\d,. ]+ resultados?",
)
"""First cell of the row of sums, in the languages confirmed."""


def listed(table: dict[str, _Names]) -> dict[str, tuple[str, ...]]:
    """Field → headers in all languages."""
    return {field: tuple(name for group in names.values() for name in group) for field, names in table.items()}


ALIASES = listed({**TEXTS, **NUMBERS})
