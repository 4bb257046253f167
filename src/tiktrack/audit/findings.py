"""Verdicts → findings: the sentence, the segment with the slice that carries it, the series, the fingerprint."""

from __future__ import annotations

import hashlib
import math

from tiktrack.audit.judge import Verdict
from tiktrack.audit.series import Series
from tiktrack.model.report import DayCount, Finding, Impact
from tiktrack.model.rule import Detect, Ratio, Rule, Value

NONE = "(none)"


def segment_of(rule: Rule, series_key: tuple[object, ...]) -> dict[str, str]:
    """Keys of the rule with their values as text."""
    return {name: NONE if value is None else str(value) for name, value in zip(rule.by, series_key, strict=True)}


def fingerprint(rule_id: str, segment: dict[str, str]) -> str:
    """Stable name of a finding: rule and segment, whatever the numbers and the words."""
    text = "|".join([rule_id, *(f"{key}={value}" for key, value in sorted(segment.items()))])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def finding(
    rule: Rule,
    series: Series,
    verdict: Verdict,
    *,
    slices: dict[str, str],
    impact: Impact,
    part: float,
) -> Finding:
    """One finding."""
    segment = segment_of(rule, series.key)
    return Finding(
        fingerprint=fingerprint(rule.id, segment),
        outcome=verdict.outcome,
        segment={**segment, **slices},
        value=_finite(verdict.value),
        unit=_unit(rule),
        n=verdict.n,
        bad=verdict.bad,
        unknown=verdict.unknown,
        interval=None
        if verdict.interval is None
        else (verdict.interval[0], _finite(verdict.interval[1]) or verdict.interval[0]),
        limit=verdict.limit.text if verdict.limit else None,
        since=verdict.since.isoformat() if verdict.since else None,
        until=verdict.until.isoformat() if verdict.until else None,
        confidence=verdict.confidence,
        message=sentence(rule, verdict),
        why=rule.why,
        fix=rule.fix,
        owner=rule.owner,
        effort=rule.effort,
        loss=round(verdict.loss, 4),
        part=round(part, 4),
        impact=impact,
        series=tuple(
            DayCount(day.isoformat(), float(n), float(bad))
            for day, n, bad in zip(series.days, series.n, series.bad, strict=True)
        ),
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _unit(rule: Rule) -> str:
    match rule.measure:
        case Ratio():
            return "ratio"
        case Value(_, unit):
            return unit
        case Detect("drop" | "rise" | "rates" | "silence", _):
            return "seen ÷ expected"
        case _:
            return "share"


def sentence(rule: Rule, verdict: Verdict) -> str:
    """What was counted, in words."""
    n, bad = f"{verdict.n:,.0f}", f"{verdict.bad:,.0f}"
    over = "" if verdict.until is None else f" (until {verdict.until:%-d %b})"
    few = " Few rows, so this may be chance." if verdict.confidence == "few rows" else ""
    value = verdict.value or 0.0
    match rule.measure:
        case Ratio():
            return f"{bad} against {n} {rule.unit}, a ratio of {value:,.2f}{over}.{few}"
        case Value(_, unit):
            return f"{_quantity(value, unit)} over {n} {rule.unit}."
        case Detect("drop" | "rise", _):
            return f"{bad} {rule.unit} where {n} were expected, {_change(value)}{over}."
        case Detect("silence", _):
            return f"{bad} {rule.unit} in hours where about {n} were expected{over}."
        case Detect("rates", _):
            return f"{bad} {rule.unit} where the account's other campaigns would have made {n}; {verdict.reason}."
        case Detect(_, _):
            return f"{value:.1%} of {n} {rule.unit}, {verdict.reason}{over}."
        case _:
            return f"{bad} of {n} {rule.unit} ({percent(value)}){over}.{few}"


def percent(value: float) -> str:
    """A share as people read it: no false 0% and no false 100%."""
    if 0 < value < 0.001:
        return "< 0.1%"
    if 0.999 < value < 1:
        return "> 99.9%"
    return f"{value * 100:.1f}%".replace(".0%", "%")


def _change(ratio: float) -> str:
    return f"{abs(1 - ratio) * 100:.0f}% {'fewer' if ratio < 1 else 'more'}"


def _quantity(value: float, unit: str) -> str:
    if unit != "ms":
        return f"{value:,.2f} {unit}".strip()
    for limit, scale, name in (
        (60_000, 1000, "seconds"),
        (3_600_000, 60_000, "minutes"),
        (math.inf, 3_600_000, "hours"),
    ):
        if abs(value) < limit:
            return f"{value / scale:,.1f} {name}"
    raise AssertionError("infinity is above everything")
