"""TikTok's return codes and what each asks of us.

Source: facts 2.2 (portal digest of 2026-08, the SDK's code list, what other connectors learnt). The HTTP
status is 200 for nearly all of them.
"""

from __future__ import annotations

import re
from enum import Enum, auto

OK = 0
PARTIAL = 20001


class Verdict(Enum):
    """What a return code asks of the client."""

    GOOD = auto()
    AGAIN = auto()
    SLOW_DOWN = auto()
    MAINTENANCE = auto()
    TOO_LONG = auto()
    NOT_READY = auto()
    BLOCKED = auto()
    TOKEN = auto()
    ACCOUNT = auto()
    PERMISSION = auto()
    UNAVAILABLE = auto()
    REQUEST = auto()


CODES = {
    OK: Verdict.GOOD,
    PARTIAL: Verdict.GOOD,
    40001: Verdict.PERMISSION,
    40006: Verdict.UNAVAILABLE,
    40007: Verdict.UNAVAILABLE,
    40008: Verdict.UNAVAILABLE,
    40009: Verdict.UNAVAILABLE,
    40013: Verdict.UNAVAILABLE,
    40014: Verdict.UNAVAILABLE,
    40011: Verdict.TOO_LONG,
    40016: Verdict.SLOW_DOWN,
    40051: Verdict.UNAVAILABLE,
    40100: Verdict.SLOW_DOWN,
    40101: Verdict.TOKEN,
    40102: Verdict.TOKEN,
    40104: Verdict.TOKEN,
    40105: Verdict.TOKEN,
    40106: Verdict.ACCOUNT,
    40110: Verdict.TOKEN,
    40113: Verdict.TOKEN,
    40118: Verdict.UNAVAILABLE,
    40119: Verdict.ACCOUNT,
    40125: Verdict.PERMISSION,
    40130: Verdict.PERMISSION,
    40132: Verdict.SLOW_DOWN,
    40133: Verdict.SLOW_DOWN,
    40200: Verdict.NOT_READY,
    40201: Verdict.NOT_READY,
    40202: Verdict.AGAIN,
    40300: Verdict.ACCOUNT,
    40301: Verdict.ACCOUNT,
    40700: Verdict.AGAIN,
    41000: Verdict.BLOCKED,
    41001: Verdict.UNAVAILABLE,
    41002: Verdict.UNAVAILABLE,
    51010: Verdict.TOO_LONG,
    60001: Verdict.MAINTENANCE,
    61000: Verdict.BLOCKED,
}
"""Codes of their own; the 50000s are system errors, the rest are wrong requests."""

SCOPES = {
    "advertiser/info/": "Ad Account Management (100)",
    "campaign/get/": "Ads Management: read campaigns (200)",
    "adgroup/get/": "Ads Management: read ad groups (210)",
    "ad/get/": "Ads Management: read ads (220)",
    "changelog/task/": "Ads Management: change log (230)",
    "report/": "Reporting: consolidated report (4)",
    "pixel/list/": "Measurement: pixels (800)",
    "pixel/event/stats/": "Measurement: Pixel Level Reporting (802)",
    "diagnostic/catalog/": "Catalog Management: event source diagnostics (960)",
    "catalog/get/": "Catalog Management: read catalogs",
    "tool/diagnosis/get/": "Ad diagnosis",
}
"""Beginning of an endpoint → the permission that the app must have and the advertiser must have approved."""

_REFUSED = r"(?:invalid|unsupported|unknown|unrecogni[sz]ed|not supported|not valid|not exist|incorrect)"
_INVALID_METRICS = (
    re.compile(rf"{_REFUSED}[^:\[.]*metrics?[^:\[.]*[:\[]\s*(?P<names>[^\].;]+)", re.IGNORECASE),
    re.compile(rf"metrics?[^:\[.]*[:\[]\s*(?P<names>[^\].;:]+?)\]?\W*(?:is|are|do|does)\s+{_REFUSED}", re.IGNORECASE),
)
"""``Invalid metric fields: ['a', 'b'].`` is what TikTok has said; the wording of such messages changes."""


def verdict(code: int) -> Verdict:
    """What ``code`` asks of us."""
    if code in CODES:
        return CODES[code]
    return Verdict.AGAIN if 50000 <= code < 60000 else Verdict.REQUEST


def scope_of(endpoint: str) -> str:
    """The permission that an endpoint needs, in the words of the app's settings page."""
    return next((scope for start, scope in SCOPES.items() if endpoint.startswith(start)), "of this endpoint")


def invalid_metrics(message: str) -> tuple[str, ...]:
    """Names in ``Invalid metric fields: ['voucher_spend', 'cash_spend'].``; empty for any other message."""
    found = next((found for pattern in _INVALID_METRICS if (found := pattern.search(message))), None)
    return tuple(re.findall(r"\w+", found["names"])) if found else ()
