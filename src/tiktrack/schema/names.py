"""Event names: today's standard names, and what connectors really send.

Sources: TikTok help "Supported standard events" (18 web names), Android SDK (app names), GA4, Meta and connector
spellings as seen in their code. Names are case-sensitive at TikTok, so another case is a fault and not an alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CONVERSION = (
    "Purchase",
    "Lead",
    "CompleteRegistration",
    "Subscribe",
    "StartTrial",
    "SubmitApplication",
    "ApplicationApproval",
    "Schedule",
    "Contact",
    "Download",
)
FUNNEL = ("AddToCart", "InitiateCheckout", "AddPaymentInfo", "AddToWishlist", "CustomizeProduct")
BROWSE = ("ViewContent", "Search", "FindLocation")
PAGE = ("Pageview",)
APP = (
    "AchieveLevel",
    "Checkout",
    "CompleteTutorial",
    "CreateGroup",
    "CreateRole",
    "GenerateLead",
    "InAppADClick",
    "InAppADImpr",
    "InAppAdImpr",
    "InstallApp",
    "JoinGroup",
    "LaunchAPP",
    "LoanApplication",
    "LoanApproval",
    "LoanDisbursal",
    "Login",
    "Rate",
    "Registration",
    "SpendCredits",
    "UnlockAchievement",
    "2Dretention",
)

CLASSES = {
    **dict.fromkeys(CONVERSION, "conversion"),
    **dict.fromkeys(FUNNEL, "funnel"),
    **dict.fromkeys(BROWSE, "browse"),
    **dict.fromkeys(PAGE, "page"),
}
STANDARD = frozenset(CLASSES) | frozenset(APP)

LEGACY = {
    "CompletePayment": "Purchase",
    "SubmitForm": "Lead",
    "PlaceAnOrder": "PlaceAnOrder",  # an order that is not paid yet: it has no name of today
    "ClickButton": "ClickButton",
}

_FOREIGN = {
    # GA4 and gtag
    "page_view": "Pageview",
    "view_item": "ViewContent",
    "add_to_cart": "AddToCart",
    "begin_checkout": "InitiateCheckout",
    "add_payment_info": "AddPaymentInfo",
    "add_to_wishlist": "AddToWishlist",
    "generate_lead": "Lead",
    "sign_up": "CompleteRegistration",
    "view_search_results": "Search",
    # Segment and RudderStack
    "orderCompleted": "Purchase",
    "checkoutStarted": "InitiateCheckout",
    "productAdded": "AddToCart",
    "productViewed": "ViewContent",
    "paymentInfoEntered": "AddPaymentInfo",
    "productsSearched": "Search",
    "productAddedToWishlist": "AddToWishlist",
    "signedUp": "CompleteRegistration",
    "orderPlaced": "PlaceAnOrder",
    "checkout_completed": "Purchase",
    "product_viewed": "ViewContent",
    "product_added_to_cart": "AddToCart",
    "checkout_started": "InitiateCheckout",
    "payment_info_submitted": "AddPaymentInfo",
    "page_viewed": "Pageview",
    "search_submitted": "Search",
    # Klaviyo
    "placedOrder": "Purchase",
    "startedCheckout": "InitiateCheckout",
    "viewedProduct": "ViewContent",
    "addedToCart": "AddToCart",
    # plain words
    "buy_now": "Purchase",
    "cart_add": "AddToCart",
    "order": "Purchase",
    "checkout": "InitiateCheckout",
}

_PLACEHOLDERS = frozenset({"", "undefined", "null", "none", "nan", "gtmjs", "gtmdom", "gtmload", "event"})


@dataclass(frozen=True, slots=True)
class EventName:
    """What a raw name stands for."""

    event: str
    status: str
    klass: str


def key(raw: str) -> str:
    """A name as it is compared: its letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]", "", raw.lower())


_BY_KEY = {key(name): name for name in (*STANDARD, *LEGACY)}
_FOREIGN_BY_KEY = {key(name): target for name, target in _FOREIGN.items()}


def today() -> dict[str, str]:
    """Every known name as :func:`key` → today's name."""
    ours = {word: LEGACY.get(name, name) for word, name in _BY_KEY.items()}
    return ours | _FOREIGN_BY_KEY


def normalise(raw: str) -> EventName:
    """Today's name for a raw name, and how the two relate; a custom event keeps its own name."""
    word = key(raw)
    if word in _PLACEHOLDERS or "{{" in raw:
        return EventName(raw or "(no name)", "placeholder", "custom")
    if raw in STANDARD:
        return _named(raw, "standard")
    if raw in LEGACY:
        return _named(LEGACY[raw], "legacy")
    if word in _FOREIGN_BY_KEY and raw == raw.lower():
        return _named(_FOREIGN_BY_KEY[word], "foreign")
    if word in _BY_KEY:
        name = _BY_KEY[word]
        return _named(LEGACY.get(name, name), "case")
    if word in _FOREIGN_BY_KEY:
        return _named(_FOREIGN_BY_KEY[word], "foreign")
    return EventName(raw, "custom", "custom")


def _named(event: str, status: str) -> EventName:
    return EventName(event, status, CLASSES.get(event, "custom"))
