"""What a finding costs: conversions that are missing, and conversions that are too many."""

from __future__ import annotations

import pytest

from tiktrack.audit.impact import Money, impact
from tiktrack.audit.judge import Verdict
from tiktrack.model.words import Outcome
from tiktrack.rules.load import default_folders, load

RULES = {rule.id: rule for rule in load(default_folders(), check=False)}
PURSE = Money({}, "EUR", 50.0, "EUR")


@pytest.mark.parametrize(
    ("rule", "ratio", "interval", "conversions"),
    [("conversions-fell", 0.4, (0.3, 0.5), (50, 60, 70)), ("conversions-rose", 2.0, (1.8, 2.3), (80, 100, 130))],
)
def test_the_difference_to_what_was_expected_counts_in_both_directions(
    rule: str, ratio: float, interval: tuple[float, float], conversions: tuple[float, float, float]
) -> None:
    verdict = Verdict(Outcome.FAILED, ratio, 100.0, 100.0 * ratio, 0.0, interval)
    found = impact(RULES[rule], verdict, {}, PURSE)
    assert found.conversions == pytest.approx(conversions)
    assert found.value == pytest.approx([50 * n for n in conversions])
