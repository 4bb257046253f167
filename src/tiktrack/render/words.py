"""Numbers, moments and codes of a report in words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime

from tiktrack.model.report import Finding
from tiktrack.model.words import Outcome, Severity
from tiktrack.render import text

SEVERITY = {severity: severity.value.capitalize() for severity in Severity}
OUTCOME = {
    Outcome.PASSED: "Passed",
    Outcome.WARNED: "Warning",
    Outcome.FAILED: "Failed",
    Outcome.UNKNOWN: "Not checked",
    Outcome.ERRORED: "Check failed to run",
    Outcome.SUPPRESSED: "Accepted",
    Outcome.NOT_APPLICABLE: "Does not apply",
}
SYMPTOM = {
    Outcome.PASSED: "Not found",
    Outcome.WARNED: "Suspected",
    Outcome.FAILED: "Found",
    Outcome.UNKNOWN: "Not checked",
}
OWNER = {
    "developer": "Developer",
    "media_buyer": "Media buyer",
    "analyst": "Analyst",
    "platform": "TikTok or the shop platform",
}
CAUSE = {
    "tracking_break": "Tracking broke",
    "tracking_fix": "Tracking was fixed",
    "site_break": "The site broke",
    "demand": "Demand changed",
    "delivery_change": "Delivery changed",
    "reporting_lag": "Reporting lag",
    "attribution_change": "Attribution changed",
    "unknown": "Cause unknown",
}
KEY = {
    "pixel_code": "pixel",
    "event_raw": "event",
    "page_host": "host",
    "page_path": "page",
    "adgroup": "ad group",
}
"""Keys of segments by the words that people use for them."""
_UNITS = {"m": ("minute", "minutes"), "h": ("hour", "hours"), "d": ("day", "days"), "w": ("week", "weeks")}
_MS = (
    (1_000, 1, "ms"),
    (60_000, 1_000, "seconds"),
    (3_600_000, 60_000, "minutes"),
    (math.inf, 3_600_000, "hours"),
)


def label(code: str) -> str:
    """A code such as ``media_buyer`` or ``match_key`` as words."""
    known = OWNER.get(code)
    return known or key(code).capitalize()


def key(code: str) -> str:
    """The key of a segment inside a sentence: ``pixel`` for ``pixel_code``."""
    return KEY.get(code) or code.replace("_", " ").replace("-", " ").strip()


def segment(keys: Mapping[str, str]) -> str:
    """``pixel C4…, channel server``; empty where a rule knows no segments."""
    return ", ".join(f"{key(code)} {text.name(value)}" for code, value in keys.items())


def number(value: float | None) -> str:
    """A count or a measured number; no decimals where it is whole or large."""
    if value is None or not math.isfinite(value):
        return "–"
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.3g}"


def percent(value: float | None) -> str:
    """A share; no false 0 % and no false 100 %."""
    if value is None or not math.isfinite(value):
        return "–"
    if 0 < value < 0.001:
        return "< 0.1%"
    if 0.999 < value < 1:
        return "> 99.9%"
    return f"{value * 100:.1f}%".replace(".0%", "%")


def money(value: float | None, currency: str | None) -> str:
    """An amount with its currency code; cents only where they matter."""
    if value is None or not math.isfinite(value):
        return "–"
    amount = f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:,.2f}"
    return f"{amount} {currency}" if currency else amount


def day(moment: str | None) -> str:
    """An ISO date or moment as ``9 Nov 2026`` or ``9 Nov 2026, 14:05``; other text as it is."""
    if not moment:
        return ""
    try:
        if len(moment) == 10:
            found = date.fromisoformat(moment)
            return f"{short_day(found)} {found:%Y}"
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.day} {at:%b %Y, %H:%M}"


def short_day(moment: date) -> str:
    """``9 Nov``."""
    return f"{moment.day} {moment:%b}"


def period(since: str | None, until: str | None) -> str:
    """From when to when; what is open says so."""
    if not since:
        return f"until {day(until)}" if until else "throughout the period"
    return f"{day(since)} to {day(until)} (ended)" if until else f"since {day(since)}"


def effort(written: str) -> str:
    """``30m`` as ``about 30 minutes``; other text as it is."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([mhdw])", written.strip())
    if not match:
        return written
    return f"about {match[1]} {_UNITS[match[2]][match[1] != '1']}"


def measured(finding: Finding, value: float | None) -> str:
    """``value`` in the unit of the finding."""
    if finding.unit == "share":
        return percent(value)
    if finding.unit == "seen ÷ expected":
        return f"{percent(value)} of what was expected"
    if finding.unit == "ms" and value is not None and math.isfinite(value):
        scale, unit = next((scale, unit) for limit, scale, unit in _MS if abs(value) < limit)
        return f"{number(value / scale)} {unit}"
    return number(value) if finding.unit in ("ratio", "") else f"{number(value)} {finding.unit}"


def interval(finding: Finding) -> str:
    """The interval of the value: ``31.3% to 40.5%``; empty where there is none."""
    if finding.interval is None:
        return ""
    low, high = (measured(finding, end).removesuffix(" of what was expected") for end in finding.interval)
    return f"{low} to {high}"


def limit(finding: Finding) -> str:
    """The limit that was crossed, in the unit of the finding."""
    match = re.fullmatch(r"([<>]=?)\s*(\d+(?:\.\d+)?)", (finding.limit or "").strip())
    if finding.unit != "ms" or not match:
        return finding.limit or ""
    return f"{match[1]} {measured(finding, float(match[2]))}"


def gain(points: float, lifts_cap: bool) -> str:
    """What fixing gives: points, and whether a cap goes; empty where there is neither."""
    more = f"+{points:.1f} points" if points >= 0.05 else ""
    return " and ".join(part for part in (more, "lifts the grade cap" if lifts_cap else "") if part)
