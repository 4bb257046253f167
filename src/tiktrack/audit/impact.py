"""What a finding costs, as a range, and how much of the spend was measured correctly.

Conversions are the bad rows of the finding (their interval is the range), or those that are missing or too many;
value is that times the average paid order. Spend that the delivery algorithm spent on wrong signals is a union over
days and campaigns and never a sum, so that ten findings about one day count it once. Where the account's settings say
which pixel and event the ad groups of a campaign learn from, only campaigns that learn from the broken signal count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tiktrack.audit.judge import Verdict
from tiktrack.audit.series import WHOLE
from tiktrack.engine import Engine
from tiktrack.model.report import Finding, Impact, RuleResult, Spend
from tiktrack.model.rule import Detect, Ratio, Rule, Value
from tiktrack.model.words import Outcome, Severity
from tiktrack.sources.base import quoted

_COUNTED_UNITS = ("purchase", "order", "conversion")


@dataclass(frozen=True)
class Money:
    """Spend by (day, campaign) in one currency, and the value of an average purchase. ``others`` are the currencies
    that are left out: money of several is never added up."""

    spend: dict[tuple[date | None, str | None], float]
    currency: str | None
    order_value: float | None
    value_currency: str | None
    others: tuple[str, ...] = ()
    signals: dict[str, frozenset[tuple[str | None, str | None]]] = field(default_factory=dict)
    """Campaign → (pixel code, event) that its ad groups learn from; only campaigns whose settings say."""

    def learns(self, campaign: str | None, segment: dict[str, str]) -> bool | None:
        """Whether a campaign learns from the pixel and event of a segment; None where nobody can tell."""
        if campaign not in self.signals or not segment.keys() & {"pixel_code", "event"}:
            return None
        return any(
            segment.get("pixel_code", pixel) in (pixel, None) and segment.get("event", event) in (event, None)
            for pixel, event in self.signals[campaign]
        )


def money(engine: Engine, currency: str | None) -> Money:
    """Spend and average order value, in ``currency`` or else in the one of most rows with spend: amounts in several
    cannot be compared."""
    spend: dict[tuple[date | None, str | None], float] = {}
    told: list[str | None] = []
    if engine.columns("ads"):
        rows = engine.rows("select currency, count_if(spend > 0) from ads group by 1 order by 2 desc, 1").rows
        told = [code for code, spent in rows if spent]
        currency = currency or next(iter(told), None)
        same = f"currency = {quoted(currency)}" if any(told) and currency else "true"
        cells = engine.rows(f"select day, campaign, sum(spend) from ads where {same} group by all").rows
        spend = {(day, campaign): float(amount or 0) for day, campaign, amount in cells}
    value, value_currency = _order_value(engine)
    others = tuple(code or "an unnamed currency" for code in told if code != currency) if any(told) else ()
    return Money(spend, currency, value, value_currency, others, _signals(engine))


def _signals(engine: Engine) -> dict[str, frozenset[tuple[str | None, str | None]]]:
    if not engine.columns("setup"):
        return {}
    rows = engine.rows(
        "select distinct campaign, pixel_code, event from setup "
        "where object = 'adgroup' and campaign is not null and pixel_code is not null and event is not null"
    ).rows
    found: dict[str, set[tuple[str | None, str | None]]] = {}
    for campaign, pixel, event in rows:
        found.setdefault(campaign, set()).add((pixel, event))
    return {campaign: frozenset(signals) for campaign, signals in found.items()}


def _order_value(engine: Engine) -> tuple[float | None, str | None]:
    if engine.columns("orders"):
        rows = engine.rows(
            "select avg(total), currency from orders where status = 'paid' group by 2 order by count(*) desc limit 1"
        ).rows
        if rows and rows[0][0]:
            return float(rows[0][0]), rows[0][1]
    if {"value", "currency"} <= engine.columns("events"):
        rows = engine.rows(
            "select median(value), currency from events where event = 'Purchase' and value_status = 'ok' "
            "and currency_status = 'ok' group by 2 order by count(*) desc limit 1"
        ).rows
        if rows and rows[0][0]:
            return float(rows[0][0]), rows[0][1]
    return None, None


def impact(rule: Rule, verdict: Verdict, segment: dict[str, str], purse: Money) -> Impact:
    """Cost of one finding."""
    if rule.exposure is None or verdict.outcome not in (Outcome.FAILED, Outcome.WARNED):
        return Impact()
    conversions = _conversions(rule, verdict)
    value = None
    if conversions and purse.order_value:
        value = tuple(round(c * purse.order_value, 2) for c in conversions)
    return Impact(
        conversions=conversions,
        value=value,  # type: ignore[arg-type]
        currency=purse.value_currency if value else purse.currency,
        spend=round(_exposed(verdict, segment, purse), 2) if purse.spend else None,
    )


def _conversions(rule: Rule, verdict: Verdict) -> tuple[float, float, float] | None:
    if not any(word in rule.unit for word in _COUNTED_UNITS) or isinstance(rule.measure, Ratio | Value):
        return None
    if isinstance(rule.measure, Detect):
        if rule.measure.kind == "shift" or verdict.value is None:
            return None
        low, high = verdict.interval or (verdict.value, verdict.value)
        sign = 1.0 if verdict.value < 1.0 else -1.0
        off = sorted(max(0.0, sign * verdict.n * (1 - ratio)) for ratio in (high, verdict.value, low))
        return round(off[0], 1), round(off[1], 1), round(off[2], 1)
    low, high = verdict.interval or (0.0, 0.0)
    return round(low * verdict.n, 1), round(verdict.bad, 1), round(high * verdict.n, 1)


def _exposed(verdict: Verdict, segment: dict[str, str], purse: Money) -> float:
    return sum(purse.spend[cell] for cell in _touched(_day(verdict.since), _day(verdict.until), segment, purse))


def _day(moment: date | None) -> date | None:
    """The day of a day or of an hour."""
    return moment.date() if isinstance(moment, datetime) else moment


def _touched(
    since: date | None, until: date | None, segment: dict[str, str], purse: Money
) -> Iterator[tuple[date | None, str | None]]:
    """Days of campaigns whose spend a finding touches."""
    campaigns = {
        campaign
        for campaign in {campaign for _, campaign in purse.spend}
        if segment.get("campaign", campaign) in (campaign, WHOLE) and purse.learns(campaign, segment) is not False
    }
    for day, campaign in purse.spend:
        inside = day is None or ((since is None or day >= since) and (until is None or day <= until))
        if inside and campaign in campaigns:
            yield day, campaign


def spend(results: Sequence[RuleResult], rules: dict[str, Rule], purse: Money, *, known: bool) -> Spend:
    """1 − union of exposed spend ÷ spend: a day of a campaign counts as wrong by the share of its worst finding."""
    total = sum(purse.spend.values())
    if not total:
        return Spend()
    if not known:  # too little was checked: nobody may say that the spend was measured correctly
        return Spend(total=round(total, 2), currency=purse.currency)
    wrong = dict.fromkeys(purse.spend, 0.0)
    for result in results:
        if result.outcome is not Outcome.FAILED or result.severity not in (Severity.CRITICAL, Severity.HIGH):
            continue
        if rules[result.rule].exposure is None:
            continue
        for found in result.findings:
            _mark(wrong, found, rules[result.rule], purse)
    correct = sum(amount * (1 - wrong[cell]) for cell, amount in purse.spend.items())
    return Spend(
        total=round(total, 2),
        measured_correctly=round(correct, 2),
        share=round(correct / total, 4),
        currency=purse.currency,
    )


def _share(rule: Rule, found: Finding, *, whole: bool) -> float:
    """Share of a day's signal that is wrong: bad share of the segment × the segment's part of the rule's rows. Where
    the segment is ``whole``, a campaign of its own or the very signal that a campaign learns from, it is wrong by its
    bad share.
    """
    value = found.value or 0.0
    falls = isinstance(rule.measure, Detect) or (found.limit or "").startswith("<")
    bad = min(1.0, max(0.0, 1 - value if falls else value))
    return bad if whole else bad * found.part


def _mark(wrong: dict[tuple[date | None, str | None], float], found: Finding, rule: Rule, purse: Money) -> None:
    if found.outcome is not Outcome.FAILED:
        return
    since = date.fromisoformat(found.since[:10]) if found.since else None
    until = date.fromisoformat(found.until[:10]) if found.until else None
    for cell in _touched(since, until, found.segment, purse):
        whole = "campaign" in found.segment or bool(purse.learns(cell[1], found.segment))
        wrong[cell] = max(wrong[cell], _share(rule, found, whole=whole))
