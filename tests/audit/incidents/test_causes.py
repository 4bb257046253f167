"""The cause of labelled shops, seen as an audit sees them four days after it happened."""

from __future__ import annotations

import pytest
from bench.detection.causes import QUIET, named
from bench.detection.labelled import LABELLED, Scenario
from bench.detection.ranges import CALM

SHOPS = 5
BREAKS = [s for s in LABELLED if s.cause == "tracking_break"]
OTHERS = [s for s in LABELLED if s.cause != "tracking_break"]


def test_there_are_enough_of_them() -> None:
    assert len(BREAKS) + 1 >= 13
    assert len(OTHERS) >= 10


@pytest.mark.parametrize("scenario", BREAKS, ids=lambda s: s.name)
def test_a_break_is_called_one(scenario: Scenario) -> None:
    said = [named(scenario, 80, CALM, i, "all").cause for i in range(SHOPS)]
    assert set(said) <= {"tracking_break", "unknown", QUIET}
    assert said.count("tracking_break") >= 3


@pytest.mark.parametrize("scenario", OTHERS, ids=lambda s: s.name)
def test_what_is_no_break_is_not_called_one(scenario: Scenario) -> None:
    said = {named(scenario, 80, CALM, i, "all").cause for i in range(SHOPS)}
    assert said <= {scenario.cause, "unknown", QUIET}


def test_order_numbers_show_a_loss_of_a_third_in_small_shops() -> None:
    """Counts alone leave a third of them quiet."""
    banner = next(s for s in LABELLED if s.name == "consent banner")
    assert sum(named(banner, 30, CALM, i, "all").cause == "tracking_break" for i in range(2 * SHOPS)) >= 9


@pytest.mark.parametrize("scenario", LABELLED, ids=lambda s: s.name)
def test_a_report_alone_never_claims_a_break(scenario: Scenario) -> None:
    said = {named(scenario, 80, CALM, i, "report").cause for i in range(3)}
    assert not said & {"tracking_break", "tracking_fix", "site_break", "demand"}
