"""The sample accounts: what was planted is found, and nothing is made up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.helpers import SAMPLES, sample
from tiktrack.model.report import Finding, Report, RuleResult
from tiktrack.model.words import Outcome

EXPECTED = {
    name: json.loads((SAMPLES / name / "expected.json").read_text(encoding="utf-8"))
    for name in ("healthy", "broken", "messy")
}
Pair = tuple[RuleResult, Finding]


def findings(report: Report) -> list[Pair]:
    return [(result, found) for result in report.results for found in result.findings]


def explains(fault: dict[str, Any], result: RuleResult, found: Finding) -> bool:
    """Same symptom, same place, same day; keys that only one of the two names do not speak against it."""
    if result.symptom != fault["symptom"] or found.since is None:
        return False
    near = abs((date.fromisoformat(found.since[:10]) - date.fromisoformat(fault["since"])).days) <= 1
    shared = set(fault["segment"]) & set(found.segment)
    return near and bool(shared) and all(fault["segment"][key] == found.segment[key] for key in shared)


@pytest.mark.parametrize(
    ("account", "fault"), [(name, fault) for name, e in EXPECTED.items() for fault in e["faults"]], ids=lambda v: v if isinstance(v, str) else v["id"]
)  # fmt: skip
def test_every_fault_is_found(account: str, fault: dict[str, Any]) -> None:
    assert any(explains(fault, result, found) for result, found in findings(sample(account)))


def belongs(fault: dict[str, Any], found: Finding) -> bool:
    """Begun within a day of the fault, and nowhere else than it; a finding of a whole pixel may be the fault of a
    part."""
    if found.since is None:
        return False
    near = abs((date.fromisoformat(found.since[:10]) - date.fromisoformat(fault["since"])).days) <= 1
    shared = set(fault["segment"]) & set(found.segment)
    return near and all(fault["segment"][key] == found.segment[key] for key in shared)


def test_nothing_is_made_up() -> None:
    """Whatever fails in the broken account began on the day of a planted fault, where that fault is."""
    faults = EXPECTED["broken"]["faults"]
    for result, found in findings(sample("broken")):
        if found.outcome is Outcome.FAILED and found.since:
            assert any(belongs(f, found) for f in faults), (result.rule, found.segment, found.since)


def test_the_letter_is_as_bad_as_the_account() -> None:
    assert sample("broken").grade.letter in EXPECTED["broken"]["grade"]["letters"]


def test_healthy_is_quiet() -> None:
    report = sample("healthy")
    assert report.grade.letter in ("A", "A+")
    assert [result.rule for result in report.results if result.outcome is Outcome.FAILED] == []
    assert findings(report) == []


def test_messy_is_honest() -> None:
    report = sample("messy")
    assert report.grade.letter is None
    assert report.spend.share is None
    assert all(unknown.how_to_get for unknown in report.unknowns)
    assert any("event log" in unknown.why for unknown in report.unknowns)


def test_nothing_crashed() -> None:
    crashed = [
        result.rule for account in EXPECTED for result in sample(account).results if result.outcome is Outcome.ERRORED
    ]
    assert crashed == []


@pytest.mark.parametrize("account", EXPECTED)
def test_totals(account: str) -> None:
    expected, totals = EXPECTED[account]["totals"], sample(account).totals
    assert totals["ads"]["spend"] == pytest.approx(expected["ads"]["spend"])
    assert totals["ads"]["conversions"] == expected["ads"]["conversions"]
    if expected.get("events"):
        assert totals["events"]["purchases"]["browser"] == expected["events"]["purchases"]["browser"]
        assert totals["events"]["purchases"]["server"] == expected["events"]["purchases"]["server"]
