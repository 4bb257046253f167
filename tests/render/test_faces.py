"""Every face: the same text as the committed one, and well formed for the program that reads it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from tests.render.sample_findings import HOSTILE
from tests.render.sample_report import VARIANTS, rich
from tiktrack.errors import UsageError
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome
from tiktrack.render import MODULES, SUFFIXES, format_of, github, renderer, view
from tiktrack.render.markdown import escape

SUFFIX = {
    "json": "json",
    "md": "md",
    "html": "html",
    "csv": "csv",
    "junit": "xml",
    "sarif": "sarif",
    "github": "txt",
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("face", MODULES)
def test_face_is_the_committed_one(face: str, variant: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"{variant}.{SUFFIX[face]}", renderer(face)(VARIANTS[variant]()))


@pytest.mark.parametrize("face", MODULES)
def test_face_has_no_character_that_drives_a_terminal_or_hides(face: str) -> None:
    written = renderer(face)(rich())
    allowed = "\n\r" if face == "csv" else "\n"
    hidden = set(re.findall(r"[\x00-\x1f\x7f-\x9f]", written)) - set(allowed)
    assert not hidden
    if face != "json":  # which carries names as they are, for programs
        assert not re.findall("[\u202a-\u202e\u200e\u200f]", written)


def test_every_suffix_leads_to_a_face_and_unknown_ones_are_told() -> None:
    assert {format_of(f"out/r{suffix}") for suffix in SUFFIXES} <= set(MODULES)
    with pytest.raises(UsageError, match="cannot tell the format"):
        format_of("r.pdf")
    with pytest.raises(UsageError, match="no format 'htlm'") as caught:
        renderer("htlm")
    assert caught.value.hint == "did you mean 'html'?"


def rows(report: Report) -> list[dict[str, str]]:
    """The CSV face as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(renderer("csv")(report), newline="")))


def test_csv_has_a_row_for_each_finding_with_names_whole() -> None:
    found = rows(rich())
    assert len(found) == sum(len(result.findings) for result in rich().results)
    named = {json.loads(row["segment"]).get("campaign") for row in found}
    assert set(HOSTILE.values()) <= named


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "＝", "\u00a0@"])
def test_csv_never_begins_a_cell_like_a_formula(start: str) -> None:
    report = rich()
    finding = replace(report.results[0].findings[0], message=f"{start}1+1", owner=f"{start}cmd|' /C calc'!A0")
    report = replace(report, results=(replace(report.results[0], findings=(finding,), title=f"{start}x"),))
    (row,) = rows(report)
    for cell in row.values():
        assert not re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell) or re.fullmatch(r"-?[\d.]+", cell)


def test_junit_counts_are_those_of_the_report() -> None:
    root = ET.fromstring(renderer("junit")(rich()))  # noqa: S314 - we wrote it ourselves
    outcomes = [result.outcome for result in rich().results]
    assert root.get("tests") == str(len(outcomes)) == str(len(root.findall(".//testcase")))
    assert root.get("failures") == str(outcomes.count(Outcome.FAILED)) == str(len(root.findall(".//failure")))
    assert root.get("errors") == "1" == str(len(root.findall(".//error")))
    assert root.get("skipped") == "3" == str(len(root.findall(".//skipped")))
    assert len(root.findall(".//system-out")) == outcomes.count(Outcome.WARNED)


def test_markdown_lets_no_name_become_markup() -> None:
    written = renderer("md")(rich())
    top = MarkdownIt().enable("table").parse(written)
    tokens = [child for token in top for child in [token, *(token.children or [])]]
    read = ("link_open", "image", "html_inline", "code_block")
    assert not [token for token in tokens if token.type in read]
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r"(<details><summary>[\w ]+</summary>|</details>)\s*", block) for block in blocks)
    assert "https://evil" not in written  # GitHub makes links of bare addresses
    assert max(len(line) for line in written.splitlines()) < 2000
    tables = [line for line in written.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)


def test_github_commands_are_one_line_each_and_cannot_be_forged() -> None:
    lines = renderer("github")(rich()).splitlines()
    assert all(re.match(r"::(error|warning|notice) title=[^:,]+::", line) for line in lines)
    assert github.command("error", "a: b, c", "100%\r\n::error::x") == (
        "::error title=a%3A b%2C c::100%25%0A::error::x"
    )


def test_step_summary_stays_below_what_github_takes() -> None:
    report = rich()
    assert github.summary(report) == renderer("md")(report)
    many = replace(report, results=report.results * 200)
    cut = github.summary(many)
    assert len(cut.encode()) < 1024 * 1024
    assert "too long for this page" in cut[-200:]


def with_fix(fix: str) -> Report:
    """The sample with this fix on its first finding."""
    report = rich()
    first = report.results[0]
    found = replace(first.findings[0], fix=fix)
    return replace(report, results=(replace(first, findings=(found,)),), incidents=())


def test_code_in_a_fix_is_code_and_nothing_else() -> None:
    report = with_fix("Send `user.<email>` and <b>hash</b> it")
    page, markdown = renderer("html")(report), renderer("md")(report)
    assert "Send <code>user.&lt;email&gt;</code> and &lt;b&gt;hash&lt;/b&gt; it" in page
    assert "Send `user.<email>` and &lt;b>hash&lt;/b> it" in markdown
    odd = with_fix("a ` alone <script>")
    assert "a ` alone &lt;script&gt;" in renderer("html")(odd)
    assert "a \\` alone &lt;script>" in renderer("md")(odd)


def test_a_line_of_markdown_that_begins_with_a_number_stays_a_line() -> None:
    html = MarkdownIt().render(f"- {escape('1. No list')}\n- {escape('43.8% of it')}\n- {escape('- nor here')}\n")
    assert html == "<ul>\n<li>1. No list</li>\n<li>43.8% of it</li>\n<li>- nor here</li>\n</ul>\n"


def test_symptoms_point_at_the_faults() -> None:
    report = rich()
    found = {s.title: view.see(report, s) for s in report.symptoms}
    assert found["Sudden drop in conversions"] == "no. 2"
    assert f"| Sudden drop in conversions | Found | {found['Sudden drop in conversions']} |" in renderer("md")(report)


def test_without_a_letter_no_face_shows_a_score() -> None:
    report = VARIANTS["ungraded"]()
    assert report.grade.score is not None
    shown = f"{report.grade.score:.1f} of 100"
    assert [face for face in MODULES if face != "json" and shown in renderer(face)(report)] == []
