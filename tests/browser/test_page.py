"""The page in a browser: it opens from disk without a network and complains of nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.helpers import sample
from tests.render.sample_report import VARIANTS, rich
from tiktrack.render import text, tickets, view

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 3}
WIDE_PARTS = """() => [...document.querySelectorAll("body *")]
    .filter(part => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        && !part.closest(".scroll, .skip"))
    .map(part => part.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_opens_from_disk_with_the_network_off_and_complains_of_nothing(open_report: Open, variant: str) -> None:
    opened = open_report(VARIANTS[variant]())
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Can these numbers be trusted?")
    opened.page.wait_for_load_state("networkidle")
    assert opened.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_finding_can_be_read_with_and_without_script(open_report: Open, script: bool) -> None:
    page = open_report(rich(), java_script_enabled=script).page
    known = view.faults(rich())
    expect(page.locator("article.finding")).to_have_count(len(known))
    for fault in known:
        card = page.locator(f"#{fault.first.anchor}")
        expect(card).to_be_visible()
        expect(card.get_by_role("heading", level=3)).to_contain_text(fault.first.result.title)
        expect(card).to_contain_text(fault.first.result.rule)
        assert page.locator(f"a[href='#{fault.first.anchor}']").count() > 0
        if fault.others:
            card.locator("details.others > summary").click()
        for item in fault.items:
            part = page.locator(f"#{item.anchor}")
            expect(part).to_be_visible()
            expect(part).to_contain_text(text.sentence(item.finding.message))
    assert page.locator("button:visible").count() == 0 or script


@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "old command"])
def test_copy_buttons_copy_the_whole_text(open_report: Open, allowed: bool) -> None:
    page = open_report(rich(), permissions=["clipboard-read", "clipboard-write"]).page
    if not allowed:  # as browsers do that give a page from disk no clipboard
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    item = view.ranked(rich())[0]
    card = page.locator(f"#{item.anchor}")
    wanted = [write(item.result, item.finding) for write in (tickets.ticket, tickets.note)]
    for label, body in zip(("Copy ticket", "Copy note"), wanted, strict=True):
        part = card.locator("details").filter(has=page.get_by_role("button", name=label, include_hidden=True))
        part.locator("summary").click()
        part.get_by_role("button", name=label).click()
        expect(part.get_by_role("status")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").strip() == body.strip()


def test_keyboard_reaches_the_verdict_the_texts_and_the_buttons(open_report: Open) -> None:
    page = open_report(rich()).page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the verdict")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    summary = page.locator("article.finding summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Copy ticket")


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_is_wider_than_the_screen(open_report: Open, variant: str, width: int) -> None:
    options = (
        {**PHONE, "viewport": {"width": width, "height": 844}}
        if width < 400
        else {"viewport": {"width": width, "height": 900}}
    )
    page = open_report(VARIANTS[variant](), **options).page
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDE_PARTS) == []


def test_a_real_audit_opens_on_a_phone(open_report: Open) -> None:
    opened = open_report(sample("broken"), **PHONE)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.evaluate(WIDE_PARTS) == []
    assert opened.complaints == []
