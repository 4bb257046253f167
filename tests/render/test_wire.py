"""The JSON contract: what is written validates, what was written can be read, older and newer files too."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest

from tests.render.sample_report import VARIANTS, rich
from tiktrack.errors import Exit, InputError
from tiktrack.model.report import Evidence, Report
from tiktrack.render import json as face
from tiktrack.render.wire import from_wire, to_wire


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_written_validates_and_reads_back_the_same(name: str) -> None:
    report = VARIANTS[name]()
    written = json.loads(face.render(report))
    jsonschema.Draft202012Validator(face.schema()).validate(written)
    assert from_wire(written) == report


def test_schema_is_itself_valid_and_says_its_name_first() -> None:
    jsonschema.Draft202012Validator.check_schema(face.schema())
    assert next(iter(to_wire(rich()))) == "schema"


def records(kind: Any, seen: dict[str, Any]) -> dict[str, Any]:
    """All records that a report is made of."""
    if is_dataclass(kind):
        seen[kind.__name__] = kind
        for hint in get_type_hints(kind).values():
            records(hint, seen)
    for arg in get_args(kind):
        records(arg, seen)
    return seen


def test_schema_describes_every_field_of_every_record() -> None:
    schema = face.schema()
    named = {
        "InputRead": "input",
        "FamilyScore": "family",
        "SymptomResult": "symptom",
        "RuleResult": "result",
        "DayCount": "day",
    }
    for name, kind in records(Report, {}).items():
        at = schema if kind is Report else schema["$defs"][named.get(name, name.lower())]
        assert {field.name for field in fields(kind)} == set(at["properties"]), name


@pytest.mark.parametrize("path", ["grade", "grade.floor", "results.0.findings.0.fingerprint", "inputs.0.rejected"])
def test_schema_and_reader_insist_on_the_contract(path: str) -> None:
    wire = to_wire(rich())
    *way, last = path.split(".")
    at: Any = wire
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    del at[last]
    assert not jsonschema.Draft202012Validator(face.schema()).is_valid(wire)
    if path != "inputs.0.rejected":  # the record has a default for it
        with pytest.raises(InputError, match=f"{last} is missing"):
            from_wire(wire)


def test_documented_symptoms_are_always_present() -> None:
    wire = to_wire(rich())
    wire["symptoms"] = wire["symptoms"][1:]
    assert not jsonschema.Draft202012Validator(face.schema()).is_valid(wire)


def test_newer_files_with_more_keys_and_older_ones_with_fewer_are_read() -> None:
    wire = to_wire(rich())
    wire["mood"] = "sunny"
    wire["results"][0]["findings"][0]["colour"] = "red"
    jsonschema.Draft202012Validator(face.schema()).validate(wire)
    for optional in ("notes", "incidents", "unknowns"):
        del wire[optional]
    del wire["results"][0]["judged"], wire["results"][0]["findings"][0]["loss"]
    report = from_wire(wire)
    assert (report.notes, report.incidents, report.results[0].judged) == ((), (), 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "tiktrack/report/v2"}, "version 'tiktrack/report/v2'"),
        ({"schema": None}, "not a tiktrack report"),
        ({"results": {}}, "report.results must be a list"),
        ({"made_at": True}, "report.made_at must be text"),
        ({"made_at": 5}, "report.made_at must be text"),
    ],
)
def test_what_is_no_report_is_said_with_the_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        from_wire({**to_wire(rich()), **change})
    assert caught.value.exit_code is Exit.NOTHING_AUDITED


def test_odd_items_are_said_with_the_place() -> None:
    wire = to_wire(rich())
    wire["results"][0]["outcome"] = "splendid"
    with pytest.raises(InputError, match=r"report.results\[0\].outcome is 'splendid', expected one of passed"):
        from_wire(wire)
    wire = to_wire(rich())
    wire["results"][0]["findings"][0]["interval"] = [1]
    with pytest.raises(InputError, match="interval must have 2 items and has 1"):
        from_wire(wire)
    with pytest.raises(InputError, match="not a tiktrack report"):
        from_wire([])


def test_values_json_has_no_type_for_are_written_and_read() -> None:
    report = rich()
    odd = (
        math.nan,
        math.inf,
        Decimal("1.5"),
        datetime(2026, 11, 1, tzinfo=UTC),
        b"x",
        "half \ud83d pair",
        True,
    )
    bad = replace(report.results[0].findings[0], interval=(0.1, math.inf), evidence=Evidence(("a",) * 7, (odd,), 1))
    report = replace(report, results=(replace(report.results[0], findings=(bad,)),))
    wire = json.loads(face.render(report))
    row = wire["results"][0]["findings"][0]["evidence"]["rows"][0]
    assert row == [None, None, 1.5, "2026-11-01T00:00:00+00:00", "b'x'", "half ? pair", True]
    back = from_wire(wire).results[0].findings[0].interval
    assert back is not None
    assert math.isnan(back[1])
