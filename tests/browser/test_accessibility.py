"""axe-core finds no serious violation of WCAG A and AA: light and dark, wide and narrow, everything unfolded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.test_page import PHONE
from tests.render.sample_report import VARIANTS

SCREENS: dict[str, dict[str, Any]] = {"wide": {"viewport": {"width": 1200, "height": 900}}, "phone": PHONE}
RUN = """async () => (await axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}))
    .violations.map(found => [found.impact, found.id, found.nodes.map(node => node.target + ": " + node.failureSummary)])"""


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(open_report: Open, axe: str, variant: str, screen: str, scheme: str) -> None:
    page = open_report(VARIANTS[variant](), color_scheme=scheme, **SCREENS[screen]).page
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.evaluate(axe)
    found = page.evaluate(RUN)
    assert [violation for violation in found if violation[0] in ("serious", "critical", "moderate")] == []


def test_axe_sees_what_is_wrong(open_report: Open, axe: str) -> None:
    """The check itself works: grey on grey is found."""
    page = open_report(
        "<!doctype html><html lang=en><title>x</title><main><p style='color:#aaa;background:#bbb'>grey</p></main></html>"
    ).page
    page.evaluate(axe)
    assert ["serious", "color-contrast"] in [violation[:2] for violation in page.evaluate(RUN)]
