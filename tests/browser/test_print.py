"""The page on paper: A4 and Letter, whole, with no finding's head cut from what it heads."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Open
from tests.helpers import sample
from tests.render.sample_report import rich
from tiktrack.model.report import Report
from tiktrack.render import text, view

PAPERS = {"A4": (595, 842), "Letter": (612, 792)}  # points
REPORTS = {"hand-built": rich, "broken account": lambda: sample("broken")}
PRINTED_WIDTH = {"A4": 182, "Letter": 187.9}  # millimetres between the margins
WIDEST = """() => Math.max(...[...document.querySelectorAll("body *")].filter(part => !part.closest(".skip"))
    .map(part => part.getBoundingClientRect().right))"""


def squeezed(words: str) -> str:
    """Without blanks and ligatures: a PDF breaks lines where it likes, and some fonts write "ff" as one sign."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


@pytest.fixture(scope="module", params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    """A report to print."""
    return REPORTS[request.param]()


@pytest.mark.parametrize("paper", PAPERS)
def test_paper(open_report: Open, report: Report, paper: str) -> None:
    printed = PdfReader(io.BytesIO(open_report(report).page.pdf(format=paper, print_background=True)))
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in printed.pages}
    assert all(abs(size[0] - PAPERS[paper][0]) <= 1 and abs(size[1] - PAPERS[paper][1]) <= 1 for size in sizes)
    pages = [squeezed(page.extract_text()) for page in printed.pages]
    assert len(pages) > 3
    assert all(len(page) > 40 for page in pages), "no empty page"
    for item in (fault.first for fault in view.faults(report)):
        head = squeezed(f"{item.number}. {text.sentence(item.result.title)}")
        message = squeezed(text.sentence(item.finding.message))[:30]
        body = squeezed("What to do")
        at = [number for number, page in enumerate(pages) if head + message in page]
        assert at, f"the head of {head} stands with its first sentence on one page"
        assert any(body in page for page in pages[at[0] : at[0] + 2])


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_runs_out_of_the_paper(open_report: Open, report: Report, paper: str) -> None:
    width = int(PRINTED_WIDTH[paper] / 25.4 * 96)
    page = open_report(report, viewport={"width": width, "height": 1000}).page
    page.emulate_media(media="print")
    assert page.evaluate(WIDEST) <= width + 1


def test_dark_readers_print_on_white(open_report: Open) -> None:
    page = open_report(rich(), color_scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
