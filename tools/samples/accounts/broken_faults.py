"""What was broken on purpose, in the order in which it broke. Each fault keeps to a segment of its own."""

from __future__ import annotations

from datetime import date

from tools.samples.accounts.broken_places import MAIN, OUTLET, OUTLET_CAMPAIGN, VIRAL
from tools.samples.faults import (
    Fault,
    Hits,
    email_in_plain,
    lose,
    lose_currency,
    lose_customer,
    own_event_id,
    rename,
    value_as_text,
    value_in_cents,
)

A, B = MAIN[1], OUTLET[1]


def where(segment: dict[str, str]) -> Hits:
    """Copies whose fields equal ``segment``."""
    return lambda copy: all(getattr(copy, name) == wanted for name, wanted in segment.items())


def valued_in(segment: dict[str, str]) -> Hits:
    """The same, of events that carry a value."""
    return lambda copy: copy.value is not None and where(segment)(copy)


CARTS = {"pixel_code": A, "channel": "browser", "event": "AddToCart"}
OUTLET_BROWSER = {"pixel_code": B, "channel": "browser"}
LEADS = {"pixel_code": A, "event": "Lead"}
OUTLET_SERVER_SALES = {"pixel_code": B, "channel": "server", "event": "Purchase"}
SERVER_SALES = {"pixel_code": A, "channel": "server", "event": "Purchase"}
SAFARI = {"pixel_code": A, "channel": "browser", "browser": "Safari"}
SERVER_CHECKOUTS = {"pixel_code": A, "channel": "server", "event": "InitiateCheckout"}
OUTLET_SALES = {"pixel_code": B, "event": "Purchase"}

FAULTS = (
    Fault(
        id="value-as-text",
        symptom="missing-value-or-currency",
        rule_idea="value is a JSON string, not a number",
        segment=CARTS,
        since=date(2026, 10, 19),
        hits=where(CARTS),
        spoil=value_as_text,
        note='The cart script formats the price: AddToCart of the main pixel sends "49.00" instead of 49.0.',
    ),
    Fault(
        id="currency-missing",
        symptom="missing-value-or-currency",
        rule_idea="events with a value but no currency",
        segment=OUTLET_BROWSER,
        since=date(2026, 10, 21),
        hits=valued_in(OUTLET_BROWSER),
        spoil=lose_currency,
        note="Since a release of the outlet's data layer its browser events carry a value but no currency.",
        echoes=({"symptom": "missing-value-or-currency", "about": "twins of one event id differ in currency"},),
    ),
    Fault(
        id="legacy-name-mixed",
        symptom="setup",
        rule_idea="old and new names of one event in the same days",
        segment=LEADS,
        since=date(2026, 10, 23),
        hits=where(LEADS),
        spoil=rename("SubmitForm", 0.45),
        note="A new pop-up sends SubmitForm in both channels while the footer form goes on sending Lead.",
    ),
    Fault(
        id="value-in-cents",
        symptom="missing-value-or-currency",
        rule_idea="value is 100 times the order's total",
        segment=OUTLET_SERVER_SALES,
        since=date(2026, 10, 26),
        hits=where(OUTLET_SERVER_SALES),
        spoil=value_in_cents,
        note="The outlet's server takes the total in cents: its purchases report a hundred times the order.",
        echoes=(
            {"symptom": "missing-value-or-currency", "about": "twins of one event id differ in value"},
            {
                "symptom": "missing-value-or-currency",
                "campaign": OUTLET_CAMPAIGN,
                "about": "the campaign's purchase value jumps: without a browser copy the cents count",
            },
        ),
    ),
    Fault(
        id="match-keys-lost",
        symptom="low-match-rate",
        rule_idea="server purchases with neither e-mail nor phone",
        segment=SERVER_SALES,
        since=date(2026, 10, 28),
        hits=where(SERVER_SALES),
        spoil=lose_customer,
        note="The server no longer passes the customer on: no e-mail, phone or customer id on purchases.",
        echoes=({"symptom": "low-match-rate", "about": "external_id of the same purchases is gone too"},),
    ),
    Fault(
        id="clicks-that-never-buy",
        symptom="high-ctr-low-purchases",
        rule_idea="CTR far above the account's median, purchases per click far below",
        segment={"campaign": VIRAL},
        since=date(2026, 10, 30),
        note="A viral Spark campaign starts: CTR twice the others', landing pages load, nearly nobody buys.",
    ),
    Fault(
        id="safari-silent",
        symptom="inconsistent-firing",
        rule_idea="browser copies absent in one browser, server copies present",
        segment=SAFARI,
        since=date(2026, 11, 2),
        hits=where(SAFARI),
        spoil=lose(1.0),
        note="A script error keeps the main store's pixel from loading in Safari; its server events go on.",
        echoes=(
            {
                "symptom": "conversion-drop",
                "pixel_code": A,
                "channel": "browser",
                "about": "all browser events of the pixel fall by Safari's share, about a third",
            },
            {
                "symptom": "inconsistent-firing",
                "pixel_code": A,
                "about": "server to browser ratio leaves its range",
            },
        ),
    ),
    Fault(
        id="email-in-plain",
        symptom="privacy",
        rule_idea="e-mail addresses that are not hashed",
        segment=SERVER_CHECKOUTS,
        since=date(2026, 11, 4),
        hits=where(SERVER_CHECKOUTS),
        spoil=email_in_plain,
        note="A new checkout handler forgot to hash: InitiateCheckout sends addresses in plain text.",
    ),
    Fault(
        id="own-event-ids",
        symptom="duplicates",
        rule_idea="browser and server ids of the same order never meet",
        segment={"pixel_code": A, "event": "Purchase"},
        since=date(2026, 11, 9),
        hits=where(SERVER_SALES),
        spoil=own_event_id,
        note="The server makes up its own event_id: TikTok counts each order with both copies twice.",
        echoes=(
            {
                "symptom": "duplicates",
                "about": "conversions of the main store's campaigns rise by half without more orders",
            },
            {
                "symptom": "conversion-drop",
                "about": "not a fault: any later fall back to the old level would be the repair",
            },
        ),
    ),
    Fault(
        id="outlet-purchases-drop",
        symptom="conversion-drop",
        rule_idea="purchases fall in both channels while checkouts, clicks and orders go on",
        segment=OUTLET_SALES,
        since=date(2026, 11, 12),
        hits=where(OUTLET_SALES),
        spoil=lose(0.72),
        note="The outlet's thank-you page lost its data layer: seven in ten purchases never reach TikTok.",
        echoes=(
            {
                "symptom": "conversion-drop",
                "campaign": OUTLET_CAMPAIGN,
                "about": "the campaign's conversions collapse while its clicks go on",
            },
            {"symptom": "inconsistent-firing", "pixel_code": B, "about": "paid orders without any event"},
        ),
    ),
)
