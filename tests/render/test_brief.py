"""The order of faults and the first screen: what is wrong, since when, what it costs, who does what next."""

from __future__ import annotations

from dataclasses import replace

from tests.render.sample_report import empty, rich, ungraded
from tiktrack.model.report import Finding, Impact, Report, RuleResult
from tiktrack.model.words import Outcome
from tiktrack.render import counts, tickets, view
from tiktrack.render.brief import brief
from tiktrack.render.redact import redact


def report_of(*results: RuleResult) -> Report:
    """The sample report with these results only."""
    return replace(rich(), results=results, incidents=())


def result(rule: str, *findings: Finding, **changes: object) -> RuleResult:
    """A broken rule."""
    return replace(rich().results[0], rule=rule, title=f"Title of {rule}", findings=findings, **changes)


def finding(mark: str, **changes: object) -> Finding:
    """A confirmed finding that gives nothing."""
    plain = {"fingerprint": mark, "points": 0.0, "lifts_cap": False, "impact": Impact(), "since": "2026-11-01"}
    return replace(rich().results[0].findings[0], **{**plain, **changes})


def test_segments_of_a_rule_are_one_fault_and_its_points_add_up() -> None:
    many = result("many", finding("a", points=0.4), finding("b", points=0.9), finding("c", points=0.4))
    single = result("single", finding("d", points=1.5))
    first, second = view.faults(report_of(single, many))
    assert [item.finding.fingerprint for item in first.items] == ["b", "a", "c"]
    assert (first.first.number, round(first.points, 1), second.first.result.rule) == (1, 1.7, "single")
    assert [item.anchor for item in first.items] == ["finding-1", "finding-1-2", "finding-1-3"]


def test_what_is_confirmed_comes_before_what_is_suspected() -> None:
    suspected = result("suspected", finding("a", points=9.0, outcome=Outcome.WARNED))
    confirmed = result("confirmed", finding("b", points=0.1))
    assert [fault.first.result.rule for fault in view.faults(report_of(suspected, confirmed))] == [
        "confirmed",
        "suspected",
    ]


def test_a_fault_that_was_always_there_has_no_beginning() -> None:
    (fault,) = view.faults(report_of(result("one", finding("a"), finding("b", since=None))))
    assert fault.since is None


def test_four_questions_have_their_answers() -> None:
    told = dict(brief(rich()))
    assert told["What is wrong"][:2] == ("1. Purchases are counted twice", "2. Purchases dropped")
    assert told["Since when"] == ("Something broke on 2 days, first on 9 Nov 2026, last on 12 Nov 2026",)
    assert told["What it costs"][0].startswith("12,131 USD of 22,123 USD was spent on days and campaigns")
    assert told["Who does what next"][0] == "Developer: start with no. 1 (about 2 hours)"


def test_where_nothing_is_wrong_nothing_is_asked() -> None:
    assert brief(empty()) == ()
    assert brief(ungraded()) == ()


def test_costs_are_those_of_confirmed_faults_and_never_a_sum() -> None:
    dear = finding("a", impact=Impact(value=(900.0, 1000.0, 1100.0), currency="EUR"), outcome=Outcome.WARNED)
    cheap = finding("b", impact=Impact(value=(9.0, 10.0, 11.0), currency="EUR"))
    costs = dict(brief(report_of(result("dear", dear), result("cheap", cheap))))["What it costs"]
    assert "about 10 EUR of value affected (9 to 11)" in costs[-1]
    assert "1,0" not in costs[-1]


def test_only_the_lowest_caps_are_named() -> None:
    sample = rich()
    low, lower = sample.grade.caps[0], replace(sample.grade.caps[1], letter="F")
    graded = replace(sample, grade=replace(sample.grade, caps=(low, replace(low, letter="B-"), lower)))
    assert view.binding_caps(graded) == (lower,)
    assert view.binding_caps(empty()) == ()


def test_one_ticket_tells_of_all_segments() -> None:
    others = [finding("b", segment={"campaign": "B"}), finding("c", segment={"campaign": "C"})]
    broken = result("one", finding("a"), *others)
    assert "Also:  campaign B; since 1 Nov 2026\nAlso:  campaign C" in tickets.ticket(
        broken, broken.findings[0], others
    )
    assert "Also affected: campaign B; campaign C." in tickets.note(broken, broken.findings[0], others)


def test_what_became_of_each_order() -> None:
    states = {"merged": {"certain": 60, "probable": 15}, "lost": {"certain": 25, "probable": 0}, "outside": {}}
    ledger = {
        "orders": {"states": states, "lost_by": {"never_sent": 25}},
        "missing": {"assumes": "independent channels"},
    }
    report = replace(rich(), totals={**rich().totals, "ledger": ledger})
    shown = [(count.label, count.shown, count.note) for count in counts.ledger(report)]
    assert shown == [
        ("Sent by both channels, counted once", "75", "75%"),
        ("Lost: TikTok never counted it", "25", "25%"),
    ]
    assert counts.ledger(rich()) == ()
    assert redact(report, b"key").totals["ledger"] == ledger, "codes and sentences of a ledger are no names"
