"""Spend that learns from a broken signal: a union over days and campaigns, by the settings where they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.helpers import shipped_rules
from tests.ledger import logs
from tiktrack.audit.impact import Money, money, spend
from tiktrack.model.report import Finding, RuleResult
from tiktrack.model.rule import Rule
from tiktrack.model.words import Outcome, Severity

RULE = next(rule for rule in shipped_rules() if rule.id == "purchases-counted-twice")
PURSE = Money({(date(2026, 1, day), name): 100.0 for day in (1, 2) for name in ("A", "B")}, "EUR", 50.0, "EUR")
SIGNALS = {"A": frozenset({("C1", "Purchase")}), "B": frozenset({("C2", "Purchase")})}


def broken(rule: Rule, **changes: object) -> RuleResult:
    found = Finding(
        fingerprint="f", outcome=Outcome.FAILED, segment={"pixel_code": "C1"}, value=0.5, unit="share", n=100, bad=50,
        unknown=0, interval=(0.4, 0.6), limit="> 6%", since="2026-01-02", until=None, confidence="sure", message="",
        why="", fix="", owner="developer", effort="4h", part=0.4,
    )  # fmt: skip
    return RuleResult(
        rule=rule.id, title="", family="counting", symptom="duplicates", severity=Severity.CRITICAL,
        outcome=Outcome.FAILED, findings=(replace(found, **changes),),
    )  # fmt: skip


def correct(purse: Money, *results: RuleResult) -> float | None:
    return spend(results, {RULE.id: RULE}, purse, known=True).measured_correctly


def test_without_settings_every_campaign_is_wrong_by_the_segments_part() -> None:
    assert correct(PURSE, broken(RULE)) == pytest.approx(400 - 2 * 100 * 0.5 * 0.4)


def test_with_settings_only_those_that_learn_from_the_pixel() -> None:
    assert correct(replace(PURSE, signals=SIGNALS), broken(RULE)) == pytest.approx(400 - 100 * 0.5)


def test_the_event_counts_too() -> None:
    purse = replace(PURSE, signals={**SIGNALS, "A": frozenset({("C1", "AddToCart")})})
    other = broken(RULE, segment={"pixel_code": "C1", "event": "Purchase"})
    assert correct(purse, other) == pytest.approx(400)


def test_a_campaign_whose_settings_are_not_known_counts_as_before() -> None:
    purse = replace(PURSE, signals={"A": SIGNALS["A"]})
    assert correct(purse, broken(RULE)) == pytest.approx(400 - 100 * 0.5 - 100 * 0.5 * 0.4)


def test_two_findings_about_one_day_are_no_sum() -> None:
    purse = replace(PURSE, signals=SIGNALS)
    assert correct(purse, broken(RULE), broken(RULE, value=0.3)) == pytest.approx(400 - 100 * 0.5)


def test_a_currency_is_data_and_no_sql() -> None:
    with logs.engine() as engine:
        engine.run(
            "create table ads as select date '2026-01-01' as day, 'A' as campaign, 9.0 as spend, 'E''UR' as currency"
        )
        purse = money(engine, None)
    assert (purse.currency, sum(purse.spend.values())) == ("E'UR", 9.0)
