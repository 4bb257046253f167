"""SARIF: valid by the published schema, places in the input files, suppressions kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.render.sample_report import VARIANTS, rich
from tiktrack.render import sarif

PUBLISHED = Path(__file__).parent / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def run(variant: str = "rich") -> dict[str, Any]:
    """The one run of the log."""
    (found,) = json.loads(sarif.render(VARIANTS[variant]()))["runs"]
    return found


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.skipif(
    not PUBLISHED.exists() and not os.environ.get("CI"), reason="run npm install --prefix tests/render first"
)
def test_log_is_valid_by_the_published_schema(variant: str) -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(json.loads(sarif.render(VARIANTS[variant]())))] == []


def test_results_point_to_their_rule_and_to_files_as_they_were_given() -> None:
    log = run()
    rules = log["tool"]["driver"]["rules"]
    assert len(log["results"]) == sum(len(result.findings) for result in rich().results)
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = log["results"][0]["locations"][1]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "logs/events_api.jsonl"}, "region": {"startLine": 7731}}


def test_a_warning_is_no_error_and_an_accepted_finding_is_suppressed() -> None:
    by_rule = {result["ruleId"]: result for result in run()["results"]}
    assert by_rule["purchases-counted-twice"]["level"] == "error"
    assert by_rule["clicks-without-purchases"]["level"] == "warning"
    assert by_rule["pixel-silent-for-hours"]["suppressions"][0]["status"] == "accepted"


def test_a_broken_check_is_told_and_names_are_not_read_as_links_or_arguments() -> None:
    log = run()
    invocation = log["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["associatedRule"]["id"] == "catalog-ids-unknown"
    assert not any("](" in result["message"]["text"] for result in log["results"])
