"""The report as SARIF 2.1.0, for code scanning: rules, results, and places in the input files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from tiktrack.model.report import Finding, Report, RuleResult
from tiktrack.model.words import Outcome, Severity
from tiktrack.render import accepted, text, tickets, view

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_RANK = {
    Severity.CRITICAL: 100.0,
    Severity.HIGH: 80.0,
    Severity.MEDIUM: 50.0,
    Severity.LOW: 25.0,
    Severity.INFO: 5.0,
}


def render(report: Report) -> str:
    """One run; suppressed findings are in it and marked as such."""
    run = {
        "tool": {"driver": _driver(report)},
        "automationDetails": {"id": "tiktrack/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": list(_results(report)),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": report.tool.name,
        "version": report.tool.version,
        "informationUri": "https://pypi.org/project/tiktrack-cli/",
        "rules": [_rule(result) for result in report.results],
    }


def _rule(result: RuleResult) -> dict[str, Any]:
    first = next(iter(result.findings), None)
    described = (
        {"fullDescription": {"text": _message(first.why)}, "help": {"text": _message(first.fix)}} if first else {}
    )
    return {
        "id": result.rule,
        "shortDescription": {"text": _message(result.title)},
        **described,
        "defaultConfiguration": {"level": _LEVEL[result.severity], "rank": _RANK[result.severity]},
        "properties": {"tags": sorted({result.family, result.symptom}), "severity": result.severity},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """That the run came to its end, with what broke on the way."""
    broken = view.having(report, Outcome.ERRORED)
    told: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": _message(result.reason or "the check failed to run")},
            "associatedRule": {"id": result.rule},
        }
        for result in broken
    ]
    told += [{"level": "warning", "message": {"text": _message(alarm)}} for alarm in accepted.alarms(report)]
    return {"executionSuccessful": not broken, "toolExecutionNotifications": told}


def _results(report: Report) -> Iterator[dict[str, Any]]:
    paths = {PurePosixPath(item.path).name: item.path for item in report.inputs}
    for index, result in enumerate(report.results):
        for finding in result.findings:
            yield _result(result, index, finding, paths)


def _result(result: RuleResult, index: int, finding: Finding, paths: dict[str, str]) -> dict[str, Any]:
    sentence = f"{result.title}: {finding.message} ({tickets.where(finding)})"
    made: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": _level(result, finding),
        "message": {"text": _message(sentence)},
        "locations": list(_locations(finding, paths)),
        "partialFingerprints": {"tiktrack/v1": finding.fingerprint},
        "properties": {"points": finding.points, "owner": finding.owner, "confidence": finding.confidence},
    }
    if finding.outcome is Outcome.SUPPRESSED:
        reason = {"justification": text.sentence(result.reason)} if result.reason else {}
        made["suppressions"] = [{"kind": "external", "status": "accepted", **reason}]
    return made


def _message(value: str) -> str:
    """Text without meaning for SARIF, which reads ``{0}`` as an argument and ``[a](b)`` as a link."""
    return text.sentence(value).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _level(result: RuleResult, finding: Finding) -> str:
    """A warning is never louder than ``warning``, however severe its rule."""
    level = _LEVEL[result.severity]
    return "warning" if level == "error" and finding.outcome is not Outcome.FAILED else level


def _locations(finding: Finding, paths: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Places of the sample rows that name their file and record; none where the evidence has no file."""
    columns = finding.evidence.columns
    if "source_file" not in columns:
        return
    file_at = columns.index("source_file")
    row_at = columns.index("source_row") if "source_row" in columns else None
    for row in finding.evidence.rows:
        if row[file_at]:
            line = row[row_at] if row_at is not None else None
            yield {"physicalLocation": _place(str(row[file_at]), line, paths)}


def _place(file: str, line: Any, paths: dict[str, str]) -> dict[str, Any]:
    """A file by its path as given to the audit, with the line where it is known."""
    artifact = {"artifactLocation": {"uri": quote(paths.get(file, file).replace("\\", "/"))}}
    known = isinstance(line, int) and line > 0
    return {**artifact, "region": {"startLine": line}} if known else artifact
