"""Names from an ad account are text, whatever they look like: in the page nothing of them runs, links or hides."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.helpers import SAMPLES, audited
from tests.render.sample_findings import HOSTILE
from tests.render.sample_report import rich
from tiktrack.model.report import Report

NAMES = {
    **HOSTILE,
    "closing": "</script></style></pre></bdi><svg onload=alert(2)>",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "attribute": "\" autofocus onfocus=alert(3) x='",
    "isolates": "\u2066\u2067evil\u2069\u061c\u200b\ufeff end",
}
FAULTY = "US | Outlet | Purchase"  # the campaign that brings fewer conversions than before
FOREIGN = """() => [...document.querySelectorAll("script, iframe, img, object, embed, form, input, base, meta[http-equiv=refresh]")]
    .map(part => part.outerHTML)
    .concat([...document.querySelectorAll("*")].flatMap(part => [...part.attributes])
        .filter(it => it.name.startsWith("on") || it.value.trim().toLowerCase().startsWith("javascript:"))
        .map(it => it.name + "=" + it.value))"""
HIDDEN = r"/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/"


@pytest.fixture(scope="module", params=NAMES)
def account(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The ads report of the broken account, with one campaign named by somebody hostile."""
    path = tmp_path_factory.mktemp("account") / "report.csv"
    with (SAMPLES / "broken/ads_manager_campaign_report.csv").open(encoding="utf-8-sig", newline="") as before:
        rows = list(csv.reader(before))
    name = NAMES[request.param].replace("\x00", "")  # a file with a zero byte is no text, and refused before
    renamed = [[name if cell == FAULTY else cell for cell in row] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as after:
        csv.writer(after).writerows(renamed)
    return audited(path)


def harmless(open_report: Open, report: Report) -> None:
    """Nothing ran, nothing was added to the page, nothing in it is invisible."""
    opened = open_report(report)
    own_script = [part for part in opened.page.evaluate(FOREIGN) if '"use strict"' not in part]
    assert own_script == []
    assert opened.page.evaluate(f"{HIDDEN}.test(document.documentElement.outerHTML)") is False
    assert opened.complaints == []
    long = "() => Math.max(...[...document.querySelectorAll('bdi')].map(part => part.textContent.length))"
    assert opened.page.evaluate(long) <= 800


def test_a_hand_built_report_with_every_name(open_report: Open) -> None:
    harmless(open_report, rich())
    expect(open_report(rich()).page.get_by_text("<script>alert('campaign')</script>").first).to_be_visible()


def test_an_audited_account(open_report: Open, account: Report) -> None:
    assert any("campaign" in f.segment for r in account.results for f in r.findings), "the name is in the report"
    harmless(open_report, account)
