"""What holds the letter down: fatal failures, and any critical one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.audit.test_judge import RULE, series
from tests.helpers import shipped_rules
from tiktrack.audit.caps import cap
from tiktrack.audit.judge import judge
from tiktrack.model.rule import Rule
from tiktrack.model.words import Severity
from tiktrack.rules.policy import load_policy

POLICY = load_policy()
CRITICAL = replace(RULE, severity=Severity.CRITICAL)


def _cap(rule: Rule, bad: float) -> str | None:
    counts = series((10, 100, bad))
    verdict = judge(rule, counts)
    return cap(rule, [(counts, verdict)], verdict.loss, POLICY)


@pytest.mark.parametrize(
    ("rule", "some", "most"),
    [
        (RULE, None, None),
        (CRITICAL, "B-", "B-"),
        (replace(CRITICAL, cap="D"), "B-", "D"),
        (replace(RULE, cap="D"), None, "D"),  # a high failure may be fatal once it concerns most rows
    ],
)
def test_the_best_letter_left(rule: Rule, some: str | None, most: str | None) -> None:
    assert (_cap(rule, 60), _cap(rule, 95)) == (some, most)
    assert _cap(rule, 2) is None


def test_a_purchase_without_a_usable_currency_or_value_is_one_without() -> None:
    caps = {rule.id: rule.cap for rule in shipped_rules()}
    same = ("purchase-without-currency", "currency-not-a-code", "purchase-without-value", "purchase-value-zero")
    assert {caps[name] for name in same} == {"D"}
