"""What a finding costs, in lines of words."""

from __future__ import annotations

import math

from tiktrack.model.report import Finding, Impact
from tiktrack.render.words import money, number

Range = tuple[float, float, float]


def impact_lines(finding: Finding) -> list[str]:
    """Conversions, value and exposed spend, as far as they are known."""
    cost = finding.impact
    lines = []
    if cost.conversions:
        lines.append(_range(cost.conversions, "conversions affected"))
    if cost.value:
        lines.append(_range(cost.value, f"{cost.currency or ''} of value affected".strip()))
    if cost.spend:
        lines.append(f"{money(cost.spend, cost.currency)} of spend in that time")
    return lines


def at_stake(impact: Impact) -> float:
    """Likely money, for ordering only: currencies are not converted."""
    likely = impact.value[1] if impact.value else impact.spend or 0.0
    return likely if math.isfinite(likely) else 0.0


def _range(values: Range, what: str) -> str:
    """``about 275 conversions affected (241 to 303)``; one number where there is no range."""
    low, likely, high = (number(round(value) if abs(value) >= 10 else value) for value in values)
    return f"about {likely} {what}" if low == high else f"about {likely} {what} ({low} to {high})"
