"""The report as JUnit XML: a suite a family, a case a rule, so that a CI shows tracking like tests."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tiktrack.model.report import Finding, Report, RuleResult
from tiktrack.model.words import Outcome
from tiktrack.render import text, tickets, words
from tiktrack.render.impact import impact_lines

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = frozenset({Outcome.UNKNOWN, Outcome.SUPPRESSED, Outcome.NOT_APPLICABLE})


def render(report: Report) -> str:
    """Failed rules are failures, broken checks errors, what was not judged is skipped, a warning passes."""
    root = Element("testsuites", _counts(report.results, "tiktrack"))
    by_family = sorted(report.results, key=lambda result: result.family)
    for family, members in groupby(by_family, key=lambda result: result.family):
        results = list(members)
        suite = SubElement(root, "testsuite", {**_counts(results, family), "timestamp": _text(report.made_at)})
        for result in results:
            _case(suite, result)
    indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{tostring(root, encoding='unicode')}\n"


def _counts(results: list[RuleResult] | tuple[RuleResult, ...], name: str) -> dict[str, str]:
    outcomes = [result.outcome for result in results]
    return {
        "name": _text(name),
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(Outcome.FAILED)),
        "errors": str(outcomes.count(Outcome.ERRORED)),
        "skipped": str(sum(outcome in _SKIPPED for outcome in outcomes)),
        "time": "0",
    }


def _case(suite: Element, result: RuleResult) -> None:
    case = SubElement(suite, "testcase", {"classname": _text(result.family), "name": _text(result.rule), "time": "0"})
    said = _text(result.reason or "")
    if result.outcome is Outcome.FAILED:
        first = next((f for f in result.findings if f.outcome is Outcome.FAILED), None)
        message = f"{result.title}: {first.message}" if first else result.title
        failure = SubElement(case, "failure", {"message": _text(text.sentence(message)), "type": result.severity})
        failure.text = _details(result)
    elif result.outcome is Outcome.ERRORED:
        SubElement(case, "error", {"message": said, "type": "errored"})
    elif result.outcome in _SKIPPED:
        SubElement(case, "skipped", {"message": f"{words.OUTCOME[result.outcome]}: {said}".removesuffix(": ")})
    elif result.outcome is Outcome.WARNED:
        SubElement(case, "system-out").text = _details(result)


def _details(result: RuleResult) -> str:
    return _text("\n\n".join(_finding(f) for f in result.findings if f.outcome is not Outcome.SUPPRESSED))


def _finding(finding: Finding) -> str:
    lines = [
        f"{words.OUTCOME[finding.outcome]}: {text.sentence(finding.message)}",
        f"Where: {tickets.where(finding)}",
        f"When: {words.period(finding.since, finding.until)}",
        *(f"Impact: {line}" for line in impact_lines(finding)),
        f"Fix ({words.label(finding.owner)}, {words.effort(finding.effort)}): {text.paragraph(finding.fix)}",
        f"Fingerprint: {finding.fingerprint}",
    ]
    return "\n".join(lines)


def _text(value: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text.paragraph(value))
