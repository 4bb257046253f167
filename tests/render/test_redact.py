"""A redacted report: nothing of the account is left in any face, and what belonged together still does."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

import jsonschema
import pytest

from tests.helpers import SAMPLES, sample, tiktrack
from tests.render.sample_findings import HOSTILE, MAIN, OUTLET
from tests.render.sample_report import rich
from tiktrack.model.report import Evidence, Report
from tiktrack.render import MODULES, renderer, terminal
from tiktrack.render import json as face
from tiktrack.render.redact import redact
from tiktrack.render.wire import from_wire
from tiktrack.schema import TABLES
from tiktrack.schema.names import STANDARD

KEY = b"a key of this test"
STAYS = {"browser", "server", "web", "Safari", "(none)", "USD", *STANDARD}
STATES = {column.name for table in TABLES.values() for column in table.columns if column.values}
PUBLIC = STATES | {"time", "source_row", "event", "event_raw", "channel", "browser", "value", "currency", "origin"}


@pytest.fixture(scope="module", params=["hand-built", "broken account"])
def report(request: pytest.FixtureRequest) -> Report:
    """A report with names and ids."""
    return rich() if request.param == "hand-built" else sample("broken")


def originals(report: Report) -> set[str]:
    """Every name, id, page and file of a report, as far as it could be told from a number in a sentence."""
    found = {value for value in _originals(report) if value not in STAYS and len(value) > 3}
    return {value for value in found if not re.fullmatch(r"[\d.]+", value)}


def _originals(report: Report) -> Iterator[str]:
    for item in report.inputs:
        yield from (item.path, PurePath(item.path).name)
    yield from (str(unknown.file) for unknown in report.unknowns if unknown.file)
    for use in report.suppressions:
        yield from (use.reason, *use.segment.values())
    for found in (found for result in report.results for found in result.findings):
        yield from (found.fingerprint, *(value for key, value in found.segment.items() if key not in STATES))
        for row in found.evidence.rows:
            cells = zip(found.evidence.columns, row, strict=True)
            yield from (str(value) for column, value in cells if column not in PUBLIC and value is not None)


def faces(report: Report) -> Iterator[tuple[str, str]]:
    """Every face of a report as text."""
    yield from ((name, renderer(name)(report)) for name in MODULES)
    yield "terminal", terminal.render(report, terminal.Options(width=160, verbose=True))


def test_no_original_is_left_in_any_face(report: Report) -> None:
    wanted = originals(report)
    assert len(wanted) > 20
    assert not any(item.mapping for item in redact(report, KEY).inputs)
    for name, written in faces(redact(report, KEY)):
        assert [original for original in wanted if original in written] == [], name


def test_what_is_no_name_stays(report: Report) -> None:
    hidden = redact(report, KEY)
    assert (hidden.grade, hidden.spend, hidden.symptoms, hidden.window) == (
        report.grade, report.spend, report.symptoms, report.window,
    )  # fmt: skip
    before, after = ([f for r in shown.results for f in r.findings] for shown in (report, hidden))
    kept = [(f.value, f.n, f.bad, f.since, f.series, f.impact, f.fix, f.segment.get("event")) for f in before]
    assert kept == [(f.value, f.n, f.bad, f.since, f.series, f.impact, f.fix, f.segment.get("event")) for f in after]


def test_it_can_still_be_joined(report: Report) -> None:
    """One original, one stand-in, and the other way round: in segments, evidence, inputs and incidents."""
    hidden = redact(report, KEY)
    pairs: dict[str, set[str]] = defaultdict(set)
    for one, other in zip(_originals_in_order(report), _originals_in_order(hidden), strict=True):
        pairs[one].add(other)
    assert all(len(stand_ins) == 1 for stand_ins in pairs.values())
    assert len({next(iter(stand_ins)) for stand_ins in pairs.values()}) == len(pairs)
    marks = {f.fingerprint for r in hidden.results for f in r.findings}
    assert all(set(incident.findings) <= marks for incident in hidden.incidents)
    assert all(set(use.findings) <= marks for use in hidden.suppressions)


def _originals_in_order(report: Report) -> list[str]:
    found = [found for result in report.results for found in result.findings]
    segments = [f"{'event' if 'event' in key else key} {value}" for f in found for key, value in f.segment.items()]
    return segments + [f.fingerprint for f in found] + [item.path for item in report.inputs]


def test_the_report_says_what_was_replaced(report: Report) -> None:
    hidden = redact(report, KEY)
    assert hidden.redacted["pixel_code"] == 2
    assert hidden.redacted["source_file"] >= len(report.inputs)
    assert "Redacted for sharing" in hidden.notes[-1]
    for name, written in faces(hidden):
        if name in ("json", "md", "html", "terminal"):
            assert "Redacted for sharing" in written, name


def test_another_key_gives_other_ids_and_the_same_key_the_same() -> None:
    one, same, other = redact(rich(), KEY), redact(rich(), KEY), redact(rich(), b"another key")
    assert one == same
    ids = [
        {f.segment["pixel_code"] for r in shown.results for f in r.findings if "pixel_code" in f.segment}
        for shown in (one, other)
    ]
    assert ids[0].isdisjoint(ids[1])


def test_it_validates_and_reads_back() -> None:
    hidden = redact(rich(), KEY)
    written = json.loads(face.render(hidden))
    jsonschema.Draft202012Validator(face.schema()).validate(written)
    assert from_wire(written) == hidden


def test_sentences_lose_names_and_quotes_but_no_words() -> None:
    sample = rich()
    first = sample.results[0]
    message = f"Pixel {MAIN} and campaign {HOSTILE['link']} of the account's 3 others; it begins with: 'Erika Muster'."
    finding = replace(first.findings[0], message=message)
    hidden = redact(replace(sample, results=(replace(first, findings=(finding,)), *sample.results[1:])), KEY)
    said = hidden.results[0].findings[0].message
    assert "Erika" not in said
    assert "of the account's 3 others; it begins with: “…”." in said
    assert "campaign " in said


def test_notes_of_changes_are_left_out() -> None:
    note = "Noted on 9 Nov: “release 2.41 of 'Acme' shop, budget 300”."
    sample = rich()
    told = replace(sample, incidents=(replace(sample.incidents[0], evidence_for=(note,)),))
    assert redact(told, KEY).incidents[0].evidence_for == ("Noted on 9 Nov: “…”.",)


def test_values_of_unknown_columns_and_odd_values_of_known_ones_are_replaced() -> None:
    evidence = Evidence(
        ("shop_id", "colour", "currency", "country", "event_raw", "page_path", "order_id"),
        ((4711, "teal", "acme points", "Muster street", "AcmeDeal", "/account/erika", 815), (4711, "teal", "usd", "DE", "CompletePayment", "/", None)),
        2,
    )  # fmt: skip
    sample = rich()
    finding = replace(sample.results[0].findings[0], evidence=evidence)
    hidden = redact(replace(sample, results=(replace(sample.results[0], findings=(finding,)),)), KEY)
    odd, plain = hidden.results[0].findings[0].evidence.rows
    assert str(odd[0]).startswith("id-")
    assert str(odd[6]).startswith("id-")
    assert (odd[0], odd[1]) == (plain[0], plain[1])
    assert not {"teal", "acme points", "Muster street", "AcmeDeal", "/account/erika"} & {str(cell) for cell in odd}
    assert plain[2:] == ("usd", "DE", "CompletePayment", "/", None)


def test_command(tmp_path: object) -> None:
    done = tiktrack(
        "audit", str(SAMPLES / "broken"), "--redact", "-f", "json", "--fail-on", "never", "-o", f"{tmp_path}/r.md"
    )
    hidden = from_wire(json.loads(done.stdout))
    assert hidden.redacted
    assert MAIN not in done.stdout
    assert OUTLET not in done.stdout
    with open(f"{tmp_path}/r.json", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(done.stdout)
    compared = tiktrack("diff", f"{tmp_path}/r.json", f"{tmp_path}/r.json")
    assert compared.returncode == 3
    assert "is redacted" in compared.stderr
    assert "Outlet" not in tiktrack("report", f"{tmp_path}/r.json", "-f", "html").stdout
