"""The terminal report: at every width, in plain characters, and with hostile names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.helpers import sample
from tests.render.sample_report import VARIANTS, rich
from tiktrack.model.words import Outcome
from tiktrack.render.terminal import Options, render
from tiktrack.render.terminal.words import places, span

PRINTED = {
    **{f"{width}": Options(width=width) for width in (80, 100, 160)},
    **{f"{width}-colour": Options(width=width, colour=True) for width in (80, 100, 160)},
    "100-ascii": Options(ascii=True),
    "100-quiet": Options(quiet=True),
    "100-verbose": Options(verbose=True),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", PRINTED)
def test_page_is_the_committed_one(name: str, variant: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"terminal/{variant}-{name}.txt", render(VARIANTS[variant](), PRINTED[name]))


@pytest.mark.parametrize("width", [80, 100, 160])
def test_widths(width: int) -> None:
    page = render(sample("broken"), Options(width=width))
    assert max(len(line) for line in page.splitlines()) <= width
    assert "\x1b" not in page
    for words in ("Grade", "Symptoms", "What to do next", "Inputs", "checks passed"):
        assert words in page


def test_colour_only_where_wanted() -> None:
    assert "\x1b[" in render(sample("broken"), Options(colour=True))


def test_plain_characters() -> None:
    page = render(sample("broken"), Options(ascii=True))
    assert [c for c in page if ord(c) > 126 and c != "\n"] == []


def test_every_fault_has_place_time_remedy_and_owner() -> None:
    page = render(sample("broken"), Options(width=100, verbose=True))
    failed = [r for r in sample("broken").results if r.outcome is Outcome.FAILED]
    for result in failed:
        assert f"rule    {result.rule}" in page or f"rule   {result.rule}" in page
    assert page.count("\n   fix ") >= len(failed)
    assert page.count("\n   who ") >= len(failed)


def test_hostile_names_stay_text() -> None:
    report = rich()
    hostile = "[red]x[/red]\x1b[31m\u202eevil\n" + "A" * 4000
    results = tuple(
        replace(r, title=r.title, findings=tuple(replace(f, segment={"campaign": hostile}) for f in r.findings))
        for r in report.results
    )
    page = render(replace(report, results=results), Options(width=100))
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "[red]x[/red]" in page
    assert "A" * 200 not in page


def test_places_of_one_file_name_it_once() -> None:
    found = next(f for r in sample("broken").results for f in r.findings if r.rule == "purchases-counted-twice")
    assert places(found, 2).endswith("broken/events_api.jsonl:5073, :5059 and 144 more")
    assert places(replace(found, evidence=replace(found.evidence, rows=())), 2) == ""


def test_where_nothing_could_be_checked_nothing_is_praised() -> None:
    report = VARIANTS["empty"]()
    page = render(replace(report, grade=replace(report.grade, letter=None, coverage=0.0)), Options())
    assert "Too early to say. Nothing could be checked. What is missing is listed below." in page
    assert "No faults" not in page


def test_one_day_is_one_day() -> None:
    assert span("2026-11-05", "2026-11-05T10:00:00") == "5 Nov"
    assert span("2026-11-05", "2026-11-12") == "5 Nov to 12 Nov"


def test_moments_of_evidence_are_dates() -> None:
    columns = {c for r in sample("broken").results for f in r.findings for c in f.evidence.columns}
    assert "time" in columns
    assert not {c for c in columns if c.endswith("_ms")} - {"lag_ms"}
