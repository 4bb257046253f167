"""Words of TikTok's Business API → canonical ones. Source: the SDK's enums and the Go client's restated documents."""

from tiktrack.schema.names import EventName, normalise

OPTIMISATION_EVENTS = {
    "SHOPPING": "Purchase",
    "INITIATE_ORDER": "InitiateCheckout",
    "ON_WEB_CART": "AddToCart",
    "ON_WEB_DETAIL": "ViewContent",
    "ON_WEB_REGISTER": "CompleteRegistration",
    "FORM": "Lead",
    "ADD_BILLING": "AddPaymentInfo",
    "CONSULT": "Contact",
    "DOWNLOAD_START": "Download",
    "ON_WEB_SUBSCRIBE": "Subscribe",
    "ON_WEB_SEARCH": "Search",
    "ON_WEB_ADD_TO_WISHLIST": "AddToWishlist",
    "ON_WEB_ORDER": "PlaceAnOrder",
    "BUTTON": "ClickButton",
    "PAGE_VIEW": "Pageview",
    "LANDING_PAGE_VIEW": "LandingPageView",
    "USER_REGISTRATION": "CompleteRegistration",
    "ONLINE_CONSULT": "Contact",
}
"""Event of an ad group or of pixel statistics → today's standard name of the event."""

WEB_GOALS = ("CONVERT", "VALUE")
"""Optimisation goals that learn from the events of a pixel when the ad group has a website event."""

APP_OBJECTIVES = ("APP_PROMOTION", "APP_INSTALL", "RF_APP_INSTALL")
"""Objectives of app campaigns: the website metrics of their reports are 0, which means nothing."""

WINDOWS = {
    "OFF": 0,
    "ONE_DAY": 1,
    "SEVEN_DAYS": 7,
    "FOURTEEN_DAYS": 14,
    "TWENTY_EIGHT_DAYS": 28,
    "THIRTY_DAYS": 30,
    "THIRTY_TWO_DAYS": 32,
}
"""Attribution window → days."""


def event_of(code: str, *, custom: bool = False) -> EventName:
    """Today's name of an event as the API words it; a custom event keeps its own name, whatever it looks like."""
    if custom:
        return EventName(code, "custom", "custom")
    return normalise(OPTIMISATION_EVENTS.get(code, code))


def stands_for(custom_name: str) -> str | None:
    """The standard event that a custom name is another word for; None where it is a name of its own."""
    known = normalise(OPTIMISATION_EVENTS.get(custom_name, custom_name))
    return None if known.status in ("custom", "placeholder") else known.event
