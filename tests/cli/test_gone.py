"""A finding that is gone from the later report is fixed only where that report shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, purchase, request, sample, tiktrack
from tests.render.sample_report import rich
from tiktrack.compare import changes
from tiktrack.model.report import Report, RuleResult
from tiktrack.model.words import Outcome
from tiktrack.render.redact import redact


def word(now: RuleResult, was: RuleResult, senders: tuple[Any, Any] = ([], [])) -> str:
    """What a comparison says of the only finding of ``was``."""
    before, after = (
        replace(rich(), results=(result,), totals={"events": {"rows": 100, "senders": listed}})
        for result, listed in zip((was, now), senders, strict=True)
    )
    (change,) = changes(before, after)
    return change.word


def failing(**segment: str) -> RuleResult:
    """A failed rule with one finding."""
    sample = rich().results[0]
    found = replace(sample.findings[0], fingerprint="f", segment=segment)
    return replace(sample, version="v", table="events", findings=(found,))


def passing(was: RuleResult, **changed: Any) -> RuleResult:
    """The same rule without a finding."""
    return replace(was, outcome=Outcome.PASSED, findings=(), **changed)


PIXEL = {"pixel_code": "C1", "channel": "browser"}
SENT = [{"pixel_code": "C1", "channel": c, "rows": 90} for c in ("browser", "server")]


@pytest.mark.parametrize(
    ("segment", "changed", "senders", "said"),
    [
        (PIXEL, {"passed": ("f",)}, (SENT, SENT), "fixed"),
        (PIXEL, {"passed": ()}, (SENT, SENT), "fixed"),
        (PIXEL, {"passed": (), "undecided": ("f",)}, (SENT, SENT), "no longer checked"),
        (PIXEL, {"passed": ("f",)}, (SENT, SENT[1:]), "no longer checked"),
        ({"pixel_code": "C1", "channel": "server"}, {"passed": ("f",)}, (SENT, SENT[1:]), "fixed"),
        ({"pixel_code": "C1", "channel": "server"}, {"passed": ("f",), "table": "counted"}, (SENT, SENT[1:]), "no longer checked"),
        ({"pixel_code": "C2"}, {"passed": ("f",)}, (SENT, SENT[1:]), "fixed"),
        ({"campaign": "A"}, {"passed": (), "table": "ads"}, (SENT, SENT), "no longer checked"),
        ({"campaign": "A"}, {"passed": ("f",), "table": "ads"}, (SENT, SENT), "fixed"),
        (PIXEL, {"passed": None}, (None, SENT), "fixed"),
    ],
    ids=["passed", "the fault had a name of its own", "too few rows", "its channel is silent", "the other channel",
         "copies of both", "another pixel", "paused campaign", "campaign passes", "an older file says nothing"],
)  # fmt: skip
def test_only_what_passed_is_fixed(segment: dict[str, str], changed: Any, senders: tuple[Any, Any], said: str) -> None:
    was = failing(**segment)
    assert word(passing(was, **changed), was, senders) == said


def test_an_audit_says_which_segments_passed_and_who_sent() -> None:
    result = next(r for r in sample("broken").results if r.rule == "purchase-without-currency")
    assert result.passed
    assert not {f.fingerprint for f in result.findings} & set(result.passed)
    assert result.judged == len(result.passed) + len(result.findings)
    assert {sender["channel"] for sender in sample("broken").totals["events"]["senders"]} == {"browser", "server"}


def test_marks_of_a_redacted_report_are_those_of_no_other() -> None:
    shown: Report = redact(sample("broken"), b"key")
    ours, theirs = ({mark for r in report.results for mark in r.passed or ()} for report in (sample("broken"), shown))
    assert len(ours) == len(theirs)
    assert not ours & theirs
    assert not {s["pixel_code"] for s in sample("broken").totals["events"]["senders"]} & {
        s["pixel_code"] for s in shown.totals["events"]["senders"]
    }


def test_a_missing_log_of_one_channel_fixes_nothing(tmp_path: Path) -> None:
    """The browser's log is missing on the second day: its faults are out of sight, whatever the server's log says."""
    faulty = [purchase(n, event_time=1_790_000_000 + n * 864, properties={"currency": None}) for n in range(300)]
    jsonl(tmp_path / "server.jsonl", *(request(event) for event in faulty))
    page = [
        {"event": "Purchase", "event_id": f"e{n}", "timestamp": f"2026-09-2{2 + n % 3}T10:{n % 60:02}:00Z",
         "context": {"pixel": {"code": "C3LTV833G487IS978FKG"}}, "properties": {"value": 49.9}}
        for n in range(300)
    ]  # fmt: skip
    jsonl(tmp_path / "browser.jsonl", *page)
    both = tiktrack("audit", "server.jsonl", "browser.jsonl", "-q", "--fail-on", "never", "-o", "1.json", cwd=tmp_path)
    assert both.returncode == 0, both.stderr
    tiktrack("audit", "server.jsonl", "-q", "--fail-on", "never", "-o", "2.json", cwd=tmp_path)
    told = tiktrack("diff", "1.json", "2.json", cwd=tmp_path).stdout
    gone = [line for line in told.splitlines() if line.startswith("no longer checked")]
    assert any("channel browser" in line and line.endswith(": its channel sent nothing") for line in gone)
    assert "\nfixed " not in told
