"""The properties of the grade that the design promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktrack.audit.grade import grade, points
from tiktrack.model.report import RuleResult
from tiktrack.model.words import Outcome, Severity
from tiktrack.rules.keys import FAMILIES
from tiktrack.rules.policy import load_policy

POLICY = load_policy()
OUTCOMES = [Outcome.PASSED, Outcome.WARNED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE, Outcome.ERRORED]


@st.composite
def result(draw: st.DrawFn) -> RuleResult:
    outcome = draw(st.sampled_from(OUTCOMES))
    severity = draw(st.sampled_from(list(Severity)))
    loss = draw(st.floats(0.01, 1)) if outcome in (Outcome.WARNED, Outcome.FAILED) else 0.0
    return named(draw(st.integers(0, 10**6)), draw(st.sampled_from(FAMILIES)), severity, outcome, loss)


def named(number: int, family: str, severity: Severity, outcome: Outcome, loss: float) -> RuleResult:
    critical = severity is Severity.CRITICAL
    return RuleResult(
        rule=f"r{number}", title="", family=family, symptom="setup", severity=severity, outcome=outcome, loss=loss,
        cap=_cap(critical, outcome, loss), worst_cap="D" if critical else None,
    )  # fmt: skip


def _cap(critical: bool, outcome: Outcome, loss: float) -> str | None:
    if not critical or outcome is not Outcome.FAILED:
        return None
    return "D" if loss >= 0.995 else "B-"


RESULTS = st.lists(result(), min_size=1, max_size=25, unique_by=lambda r: r.rule)


@given(RESULTS)
def test_the_score_lies_between_floor_and_ceiling(results: list[RuleResult]) -> None:
    made = grade(results, POLICY)
    assert 0 <= made.floor <= made.ceiling <= 100
    if made.score is not None:
        assert made.floor <= made.score <= made.ceiling


@given(RESULTS, st.data())
def test_worse_data_never_raise_the_score(results: list[RuleResult], data: st.DataObject) -> None:
    judged = [i for i, r in enumerate(results) if r.outcome in (Outcome.PASSED, Outcome.WARNED, Outcome.FAILED)]
    if not judged:
        return
    i = data.draw(st.sampled_from(judged))
    loss = data.draw(st.floats(results[i].loss, 1))
    cap = _cap(results[i].severity is Severity.CRITICAL, Outcome.FAILED, loss)
    worse = [*results[:i], replace(results[i], outcome=Outcome.FAILED, loss=loss, cap=cap), *results[i + 1 :]]
    before, after = grade(results, POLICY), grade(worse, POLICY)
    if before.score is None or after.score is None:  # nothing but rules of weight 0
        assert before.score == after.score
        return
    assert after.score <= before.score + 0.05
    assert after.floor <= before.floor + 0.05


@given(RESULTS, st.data())
def test_hiding_a_result_never_raises_the_floor(results: list[RuleResult], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(results) - 1))
    if results[i].outcome is Outcome.NOT_APPLICABLE:
        return
    hidden = [*results[:i], replace(results[i], outcome=Outcome.UNKNOWN, loss=0.0, cap=None), *results[i + 1 :]]
    assert grade(hidden, POLICY).floor <= grade(results, POLICY).floor + 0.05


@given(RESULTS, st.randoms())
def test_order_does_not_matter(results: list[RuleResult], chance: object) -> None:
    shuffled = sorted(results, key=lambda r: r.rule, reverse=True)
    a, b = grade(results, POLICY), grade(shuffled, POLICY)
    assert (a.letter, a.score, a.floor, a.ceiling) == (b.letter, b.score, b.floor, b.ceiling)


@given(RESULTS)
def test_every_lost_point_has_a_line(results: list[RuleResult]) -> None:
    made = grade(results, POLICY)
    if made.score is not None:
        assert sum(line.points for line in made.deductions) == pytest.approx(100 - made.score, abs=0.5)


@given(RESULTS)
def test_points_are_gains(results: list[RuleResult]) -> None:
    assert all(gain >= 0 for gain, _ in points(results, POLICY).values())


def all_families(outcome: Outcome, severity: Severity = Severity.HIGH, loss: float = 0.0) -> list[RuleResult]:
    return [named(i, family, severity, outcome, loss) for i, family in enumerate(FAMILIES)]


def test_letters() -> None:
    assert grade(all_families(Outcome.PASSED), POLICY).letter == "A+"
    assert grade(all_families(Outcome.FAILED, loss=1.0), POLICY).letter == "F"
    critical = named(99, "value", Severity.CRITICAL, Outcome.FAILED, 0.3)
    capped = grade([*all_families(Outcome.PASSED), critical], POLICY)
    assert (capped.letter, [cap.letter for cap in capped.caps]) == ("B-", ["B-"])
    fatal = grade([*all_families(Outcome.PASSED), replace(critical, loss=1.0, cap="D")], POLICY)
    assert fatal.letter == "D"


def test_coverage() -> None:
    known, unknown = (
        all_families(Outcome.PASSED),
        [replace(r, rule=r.rule + "u") for r in all_families(Outcome.UNKNOWN)],
    )
    half = grade([*known, *unknown, *[replace(r, rule=r.rule + "v") for r in unknown]], POLICY)
    assert (half.letter, half.provisional) == (None, True)
    most = grade([*known, *[replace(r, rule=r.rule + "k") for r in known], *unknown], POLICY)
    assert (most.letter, most.provisional, round(most.coverage, 2)) == ("B", True, 0.67)


def test_what_is_fatal_gets_its_letter_though_it_hides_the_rest() -> None:
    unknown = [replace(r, rule=f"{r.rule}{n}") for n in range(3) for r in all_families(Outcome.UNKNOWN)]
    fatal = replace(named(99, "firing", Severity.CRITICAL, Outcome.FAILED, 1.0), cap="F")
    found = grade([*all_families(Outcome.PASSED), fatal, *unknown], POLICY)
    assert found.coverage < POLICY.no_letter_below
    assert (found.letter, found.provisional) == ("F", True)


def test_what_does_not_apply_does_not_count() -> None:
    results = [*all_families(Outcome.PASSED), named(50, "value", Severity.CRITICAL, Outcome.NOT_APPLICABLE, 0.0)]
    assert grade(results, POLICY).coverage == 1.0
