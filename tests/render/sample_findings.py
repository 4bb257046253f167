"""Findings for the hand-built report: every shape that a face has to cope with, in the story of one shop."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from tiktrack.model.report import DayCount, Evidence, Finding, Impact
from tiktrack.model.words import Outcome

SINCE, UNTIL = date(2026, 10, 14), date(2026, 11, 22)
MAIN, OUTLET = "CT8P4LJC77U9E1SDQ6F0", "D1M5WXBC77UA04RJHKZG"
LONG_NAME = "Prospecting | " + "broad audience · " * 234 + "end"
HOSTILE = {
    "script": "<script>alert('campaign')</script><img src=x onerror=alert(1)>",
    "link": "javascript:alert(1) [click](javascript:alert(2)) | `tick` ::error::boo",
    "bidi": "Spring \u202elaS\u202c sale \u200fמבצע\u200e \x1b[31mred\x1b[0m \x07\x00bell\r\n\ttab",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "long": LONG_NAME,
}


def series(n: float, before: float, after: float, onset: str, until: str = "2999") -> tuple[DayCount, ...]:
    """Forty days with weekends; the share of bad rows is ``after`` from onset to until, ``before`` else."""
    days = []
    for at in range((UNTIL - SINCE).days + 1):
        day = SINCE + timedelta(days=at)
        wave = 1 + 0.18 * math.sin(at * 1.7) - (0.22 if day.weekday() >= 5 else 0.0)
        count = max(0, round(n * wave))
        share = (after if onset <= day.isoformat() <= until else before) * (1 + 0.12 * math.sin(at * 2.3))
        days.append(DayCount(day.isoformat(), count, min(count, round(count * share))))
    return tuple(days)


def finding(fingerprint: str, message: str, segment: dict[str, str], **given: Any) -> Finding:
    """A finding with quiet defaults."""
    values: dict[str, Any] = {
        "outcome": Outcome.FAILED,
        "value": None,
        "unit": "share",
        "n": 0,
        "bad": 0,
        "unknown": 0,
        "interval": None,
        "limit": None,
        "since": None,
        "until": None,
        "confidence": "high",
        "why": "It makes the numbers wrong.",
        "fix": "Mend it.",
        "owner": "developer",
        "effort": "1h",
    }
    return Finding(fingerprint=fingerprint, message=message, segment=segment, **{**values, **given})


COUNTED_TWICE = finding(
    "f-own-ids",
    "275 of 881 purchases (31.2%).",
    {"pixel_code": MAIN, "event": "Purchase"},
    value=0.312,
    n=881,
    bad=275,
    interval=(0.282, 0.344),
    limit="> 15%",
    since="2026-11-09",
    why="TikTok merges browser and server copies by event_id within 48 hours. With different ids both count, "
    "so purchases, value and ROAS are too high and bidding learns from orders that do not exist.",
    fix="Create one event_id in the browser, hand it to the server with the order, send the same from both.",
    points=13.2,
    lifts_cap=True,
    loss=0.8,
    effort="2h",
    impact=Impact(conversions=(241.0, 275.0, 303.0), value=(19840.0, 22632.5, 24936.9), currency="USD", spend=8120.44),
    evidence=Evidence(
        ("source_file", "source_row", "channel", "event_id", "order_id", "value"),
        (
            ("pixel_hits.jsonl", 8812, "browser", "p-1042", "1042", 82.5),
            ("events_api.jsonl", 7731, "server", "order-1042", "1042", 82.5),
            ("pixel_hits.jsonl", 8840, "browser", "p-1045", "1045", 49.0),
            ("events_api.jsonl", 7755, "server", "order-1045", "1045", 49.0),
        ),
        total=550,
    ),
    series=series(24, 0.012, 0.93, "2026-11-09"),
)

DROP = finding(
    "f-drop",
    "37 purchases where 118 were expected, 69 % fewer.",
    {"pixel_code": OUTLET, "event": "Purchase"},
    value=0.31,
    unit="seen ÷ expected",
    n=118,
    bad=37,
    interval=(0.24, 0.4),
    confidence="confirmed",
    since="2026-11-12",
    why="The shop sold as before, so it is the tracking that broke and not the demand.",
    fix="Put the order's data layer back on the thank-you page before the pixel's Purchase call.",
    points=9.6,
    lifts_cap=True,
    effort="1h",
    impact=Impact(conversions=(66.0, 81.0, 97.0), value=(5544.0, 6804.0, 8148.0), currency="EUR", spend=3911.02),
    series=series(310, 0.035, 0.011, "2026-11-12"),
)

NO_CURRENCY = finding(
    "f-currency",
    "140 of 412 purchases (34%) (over since 16 Nov).",
    {"pixel_code": OUTLET, "channel": "browser"},
    value=0.341,
    n=412,
    bad=140,
    unknown=3,
    interval=(0.297, 0.388),
    limit="> 5%",
    since="2026-10-21",
    until="2026-11-16",
    why="Without a currency TikTok cannot report value or ROAS.",
    fix="Send the ISO 4217 code of the order next to `value`.",
    points=4.1,
    effort="30m",
    impact=Impact(value=(9800.0, 11480.0, 13020.0), currency="EUR"),
    evidence=Evidence(
        ("time", "source_file", "source_row", "event_id", "currency", "page_path"),
        (("2026-11-16T09:12:44Z", "pixel_hits.jsonl", 2201, "p-77", None, "/checkout/thank-you"),),
        total=140,
    ),
    series=series(11, 0.0, 0.62, "2026-10-21", "2026-11-16"),
)

KEYS_LOST = finding(
    "f-keys",
    "471 of 664 purchases (70.9%).",
    {"pixel_code": MAIN, "channel": "server", "event": "Purchase"},
    value=0.71,
    n=664,
    bad=471,
    interval=(0.674, 0.743),
    limit="> 40%",
    since="2026-10-28",
    why="A purchase that matches nobody is not attributed and teaches the bidding nothing.",
    fix="Pass the customer's email and phone on to the sender, trimmed, lower case, hashed with SHA-256.",
    points=3.4,
    effort="3h",
    impact=Impact(conversions=(40.0, 95.0, 160.0)),
    series=series(22, 0.18, 0.97, "2026-10-28"),
)

PLAIN_EMAIL = finding(
    "f-email",
    "38 of 1,291 events (2.9%).",
    {"pixel_code": MAIN, "channel": "server", "event": "InitiateCheckout"},
    value=0.029,
    n=1291,
    bad=38,
    interval=(0.021, 0.04),
    limit="> 0%",
    since="2026-11-04",
    why="TikTok asks for hashed addresses only; plain ones are personal data in a third party's log.",
    fix="Hash the address before it is sent.\nThen ask TikTok to delete the plain ones.",
    points=2.0,
    effort="30m",
    evidence=Evidence(("source_file", "source_row", "email"), (("events_api.jsonl", 9114, "a…@e…"),), total=38),
    series=series(32, 0.0, 0.06, "2026-11-04"),
)

NEVER_BUY = finding(
    "f-clicks",
    "20 purchases where the account's other campaigns would have made 182; CTR 2.4% against 1.2%.",
    {"campaign": HOSTILE["script"]},
    outcome=Outcome.WARNED,
    value=0.11,
    unit="seen ÷ expected",
    n=182,
    bad=20,
    interval=(0.07, 0.17),
    since="2026-10-30",
    confidence="suspected",
    owner="media_buyer",
    effort="15m",
    points=0.8,
    why="Landing pages load and nearly nobody buys: accidental clicks are likelier than a fault.",
    fix="Exclude the placement that brings the clicks, then look at the landing page on a phone.",
    impact=Impact(spend=1904.5, currency="USD"),
    series=series(700, 0.001, 0.001, "2026-10-30"),
)

HOSTILE_NAMES = tuple(
    finding(
        f"f-name-{key}",
        f"Spend of “{name}” rests on app metrics that are 0 on the web.",
        {"campaign": name},
        outcome=Outcome.WARNED,
        unit="days",
        value=3.0,
        n=14,
        bad=3,
        limit="> 2",
        since="2026-11-01",
        points=0.1,
        owner="media_buyer",
        effort="5m",
        confidence="low",
        evidence=Evidence(("campaign", "spend"), ((name, 12.5),), total=3),
    )
    for key, name in HOSTILE.items()
)

LATE = finding(
    "f-late",
    "1.5 hours over 5,671 events.",
    {"channel": "server"},
    outcome=Outcome.WARNED,
    value=5_400_000,
    unit="ms",
    n=5671,
    bad=0,
    limit="> 3600000",
    owner="platform",
    confidence="medium",
    effort="1d",
    points=0.3,
    impact=Impact(value=(100_000.0, 250_000.0, 900_000.0), currency="JPY"),
)

ACCEPTED = finding(
    "f-accepted",
    "no events where about 36 were expected (over since 02 Nov).",
    {"pixel_code": MAIN, "channel": "browser"},
    outcome=Outcome.SUPPRESSED,
    unit="seen ÷ expected",
    value=0.0,
    n=36,
    bad=0,
    since="2026-11-02",
    until="2026-11-02",
)
