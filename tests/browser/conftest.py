"""A report in headless Chromium: opened from disk, with the network off, and with everything the page complains of.

Chromium and axe-core come from ``tools/browser.sh``. A machine where they cannot be had skips these tests; under CI
(``.ci/run`` sets the variable) a missing browser is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tiktrack.model.report import Report
from tiktrack.render import html

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
HOW = "run tools/browser.sh"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page, with what it logged, what it asked the network for and the dialogs it opened."""

    page: Page
    path: Path
    complaints: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


def missing(what: str) -> NoReturn:
    """Skip where something cannot be installed, but never under CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: {HOW}")
    pytest.skip(f"{what} is missing: {HOW}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing("Chromium")
    sandbox = [] if os.getuid() else ["--no-sandbox"]  # Chromium refuses to sandbox itself as root
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=sandbox)
        yield started
        started.close()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Write a report, or HTML text, to disk and open it; keywords are Playwright's options of a context."""
    contexts = []

    def opened(report: Report | str, **options: Any) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(report if isinstance(report, str) else html.render(report), encoding="utf-8")
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        made = Opened(context.new_page(), path)
        _listen(made)
        made.page.goto(path.as_uri())
        return made

    yield opened
    for context in contexts:
        context.close()


def _listen(opened: Opened) -> None:
    page, complaints, own = opened.page, opened.complaints, opened.path.as_uri()
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda asked: complaints.append(f"request: {asked.url}") if not asked.url.startswith(own) else None
    )


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        missing("axe-core")
    return AXE.read_text(encoding="utf-8")
