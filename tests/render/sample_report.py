"""A report built by hand: all outcomes, hostile names, several currencies; and two plain variants of it."""

from __future__ import annotations

from dataclasses import replace

from tests.render import sample_findings as f
from tiktrack.model.report import (
    Acceptance,
    Cap,
    Deduction,
    FamilyScore,
    Finding,
    Grade,
    Incident,
    InputRead,
    Reject,
    Report,
    RuleResult,
    Spend,
    SymptomResult,
    Tool,
    Unknown,
    Window,
)
from tiktrack.model.words import Outcome, Severity

SYMPTOMS = {
    "conversion-drop": "Sudden drop in conversions",
    "high-ctr-low-purchases": "High CTR, low purchases",
    "inconsistent-firing": "Pixel firing inconsistently",
    "duplicates": "Events API duplicates",
    "missing-value-or-currency": "Missing value or currency",
    "low-match-rate": "Low match rates",
    "setup": "Setup problems",
    "privacy": "Privacy problems",
}


def result(
    rule: str,
    title: str,
    family: str,
    symptom: str,
    severity: str,
    outcome: str,
    *findings: Finding,
    reason: str | None = None,
    cap: str | None = None,
) -> RuleResult:
    """A rule's result in one line."""
    return RuleResult(
        rule=rule,
        title=title,
        family=family,
        symptom=symptom,
        severity=Severity(severity),
        outcome=Outcome(outcome),
        findings=findings,
        reason=reason,
        cap=cap,
        judged=max(1, len(findings)),
        table="events",
    )


RESULTS = (
    result(
        "purchases-counted-twice",
        "Purchases are counted twice",
        "counting",
        "duplicates",
        "critical",
        "failed",
        f.COUNTED_TWICE,
        cap="D",
    ),
    result(
        "purchase-drop",
        "Purchases dropped",
        "firing",
        "conversion-drop",
        "critical",
        "failed",
        f.DROP,
        cap="D",
    ),
    result(
        "purchase-without-currency",
        "Purchases arrive without a currency",
        "value",
        "missing-value-or-currency",
        "critical",
        "failed",
        f.NO_CURRENCY,
    ),
    result(
        "purchase-without-email-or-phone",
        "Purchases cannot be matched to people",
        "matching",
        "low-match-rate",
        "high",
        "failed",
        f.KEYS_LOST,
    ),
    result(
        "email-in-plain-text",
        "Email addresses are sent in plain text",
        "privacy",
        "privacy",
        "critical",
        "failed",
        f.PLAIN_EMAIL,
        cap="C",
    ),
    result(
        "clicks-without-purchases",
        "Clicks that never buy",
        "reporting",
        "high-ctr-low-purchases",
        "medium",
        "warned",
        f.NEVER_BUY,
    ),
    result(
        "app-metrics-on-web",
        "App metrics read for a web campaign",
        "reporting",
        "setup",
        "low",
        "warned",
        *f.HOSTILE_NAMES,
    ),
    result("events-arrive-late", "Events arrive late", "firing", "inconsistent-firing", "info", "warned", f.LATE),
    result(
        "pixel-silent-for-hours",
        "The pixel is silent for hours",
        "firing",
        "inconsistent-firing",
        "medium",
        "suppressed",
        f.ACCEPTED,
        reason="planned maintenance of the shop",
    ),
    result(
        "value-differs-from-order",
        "Value differs from the order",
        "value",
        "missing-value-or-currency",
        "high",
        "unknown",
        reason="12 purchases have an order to compare with, 20 are needed",
    ),
    result(
        "catalog-ids-unknown",
        "Content ids are not in the catalogue",
        "matching",
        "low-match-rate",
        "medium",
        "errored",
        reason="the measure could not be computed: <division by zero>",
    ),
    result(
        "offline-upload-late",
        "Offline conversions are uploaded late",
        "reporting",
        "setup",
        "low",
        "not_applicable",
        reason="nothing is sent through the offline channel",
    ),
    result(
        "purchase-twice-in-one-channel",
        "One channel sends a purchase twice",
        "counting",
        "duplicates",
        "high",
        "passed",
    ),
    result(
        "value-missing",
        "Purchases arrive without a value",
        "value",
        "missing-value-or-currency",
        "critical",
        "passed",
    ),
    result(
        "phone-not-e164",
        "Phone numbers are not in E.164 before hashing",
        "matching",
        "low-match-rate",
        "medium",
        "passed",
    ),
)

INPUTS = (
    InputRead(
        path="exports/ads_manager_campaign_report.csv",
        kind="ads-manager-csv",
        table="ads",
        rows=144,
        rejected=2,
        rejects=(Reject(17, "cost is no number: “n/a”"), Reject(None, "a row is cut off")),
        first="2026-10-14",
        last="2026-11-22",
        mapping={"day": "By Day", "campaign": "Campaign name", "spend": "Cost"},
        notes=("1 footer row was left out",),
    ),
    InputRead(
        path="logs/pixel_hits.jsonl",
        kind="pixel-hits",
        table="events",
        rows=6088,
        first="2026-10-14T00:02:11",
        last="2026-11-22T23:58:40",
    ),
    InputRead(
        path="logs/events_api.jsonl",
        kind="events-api-requests",
        table="events",
        rows=5671,
        first="2026-10-14T00:02:12",
        last="2026-11-22T23:59:02",
    ),
    InputRead(
        path="shopify_orders.csv",
        kind="shopify-orders",
        table="orders",
        rows=1152,
        first="2026-10-14",
        last="2026-11-22",
    ),
)

GRADE = Grade(
    letter="D",
    score=64.3,
    floor=51.0,
    ceiling=69.0,
    coverage=0.86,
    provisional=False,
    caps=(Cap(rule="purchases-counted-twice", letter="D"), Cap(rule="purchase-drop", letter="D")),
    families=(
        FamilyScore(family="firing", weight=25.0, score=62.0, coverage=1.0),
        FamilyScore(family="counting", weight=25.0, score=48.5, coverage=0.9),
        FamilyScore(family="value", weight=20.0, score=71.0, coverage=0.7),
        FamilyScore(family="matching", weight=15.0, score=66.7, coverage=0.8),
        FamilyScore(family="reporting", weight=10.0, score=93.0, coverage=0.9),
        FamilyScore(family="privacy", weight=5.0, score=None, coverage=0.0),
    ),
    deductions=(
        Deduction(rule="purchases-counted-twice", points=13.2, why="31 % against a limit of 15 %"),
        Deduction(rule="purchase-drop", points=9.6, why="69 % of purchases are missing"),
        Deduction(rule="purchase-without-currency", points=4.1, why="34 % against a limit of 5 %"),
    ),
)

INCIDENTS = (
    Incident(
        id="i-1",
        cause="tracking_break",
        title="The outlet's thank-you page lost its data layer",
        since="2026-11-12",
        until=None,
        findings=("f-drop",),
        evidence_for=("the shop's orders continued as before", "clicks did not change"),
        evidence_against=("a campaign of the outlet was paused on 2026-11-13",),
        ruled_out=("reporting lag: the days are older than the lag of this account",),
    ),
    Incident(
        id="i-2",
        cause="tracking_break",
        title="The server makes up its own event ids",
        since="2026-11-09",
        until=None,
        findings=("f-own-ids",),
        evidence_for=("ids changed their shape on one day",),
    ),
)

UNKNOWNS = (
    Unknown(
        what="Whether the value equals the order's total",
        why="Only 12 purchases carry an order id.",
        how_to_get="Send order_id with every Purchase, or export orders with their event_id.",
    ),
    Unknown(
        what="Acme GmbH costs.pdf",
        why="this is no table",
        how_to_get="it begins with: 'Rechnung an Erika Muster'. Readable are: CSV and JSON lines",
        file="exports/Acme GmbH costs.pdf",
    ),
    Unknown(
        what="Content ids against the catalogue",
        why="The check ended with an error.",
        how_to_get="Run again with -v and report the message.",
    ),
)

SUPPRESSIONS = (
    Acceptance(
        rule="pixel-silent-for-hours",
        segment={"pixel_code": f.MAIN},
        reason="planned maintenance of the shop",
        until="2026-12-31",
        state="active",
        findings=("f-accepted",),
    ),
    Acceptance(
        rule="purchase-drop",
        segment={"pixel_code": f.OUTLET},
        reason="the outlet was to close in October",
        until="2026-10-31",
        state="expired",
    ),
    Acceptance(
        rule="app-metrics-on-web", segment={"campaign": f.HOSTILE["link"]}, reason="old", until=None, state="unmatched"
    ),
    Acceptance(
        rule="offline-upload-late", segment={}, reason="the till sends once a week", until=None, state="not_judged"
    ),
)

TOTALS = {
    "ads": {
        "spend": 22123.32,
        "currency": "USD",
        "impressions": 3322133,
        "clicks": 48734,
        "conversions": 842,
        "purchases": 842,
        "purchase_value": 93306.35,
    },
    "events": {"rows": 11759, "purchases": {"browser": 791, "server": 1029, "counted": 1455, "unique": 1180}},
    "orders": {"rows": 1152, "paid": 1060, "value": 68739.9, "currency": "USD"},
}


def symptoms() -> tuple[SymptomResult, ...]:
    """The documented six and two more, judged by the worst of their rules."""
    order = [Outcome.FAILED, Outcome.WARNED, Outcome.PASSED, Outcome.UNKNOWN]
    made = []
    for symptom, title in SYMPTOMS.items():
        rules = [r for r in RESULTS if r.symptom == symptom]
        worst = min((r.outcome for r in rules if r.outcome in order), key=order.index)
        made.append(SymptomResult(symptom=symptom, title=title, outcome=worst, rules=tuple(r.rule for r in rules)))
    return tuple(made)


def rich() -> Report:
    """The shop with everything that can happen."""
    return Report(
        tool=Tool(name="tiktrack", version="0.1.0", rules=15),
        made_at="2026-11-24T06:00:00+00:00",
        as_of="2026-11-22T23:59:02",
        window=Window(since="2026-10-14", until="2026-11-22", timezone="America/New_York"),
        inputs=INPUTS,
        totals=TOTALS,
        grade=GRADE,
        spend=Spend(total=22123.32, measured_correctly=9991.86, share=0.4516, currency="USD"),
        symptoms=symptoms(),
        results=RESULTS,
        incidents=INCIDENTS,
        unknowns=UNKNOWNS,
        suppressions=SUPPRESSIONS,
        grade_with_suppressed=replace(GRADE, score=61.8, floor=48.5, ceiling=66.5),
    )


def ungraded() -> Report:
    """Only an ads export: too little was checked for a letter, and nothing is wrong in it."""
    unknown = tuple(replace(s, outcome=Outcome.UNKNOWN) for s in symptoms())
    checked = tuple(r for r in RESULTS if r.outcome in (Outcome.PASSED, Outcome.UNKNOWN))
    grade = replace(
        GRADE,
        letter=None,
        score=92.0,
        floor=12.0,
        ceiling=97.0,
        coverage=0.41,
        provisional=True,
        caps=(),
        deductions=(),
    )
    return replace(
        rich(),
        inputs=INPUTS[:1],
        totals={"ads": TOTALS["ads"]},
        grade=grade,
        symptoms=unknown,
        results=checked,
        incidents=(),
        notes=(),
        suppressions=(),
        grade_with_suppressed=None,
        spend=Spend(total=22123.32, currency="USD"),
    )


def empty() -> Report:
    """Nothing but what must be there."""
    bare = Grade(
        letter=None,
        score=None,
        floor=0.0,
        ceiling=100.0,
        coverage=0.0,
        provisional=True,
        caps=(),
        families=(),
        deductions=(),
    )
    return replace(
        ungraded(),
        as_of=None,
        window=Window(since=None, until=None, timezone="UTC"),
        inputs=(),
        totals={},
        grade=bare,
        results=(),
        unknowns=(),
        spend=Spend(),
    )


VARIANTS = {"rich": rich, "ungraded": ungraded, "empty": empty}
