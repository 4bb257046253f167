"""Make docs/images anew: the sample account with faults, as a terminal shows it and as the HTML page looks.

Needs Chromium (``tools/browser.sh``). Run as ``make screenshots`` after the faces have changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
COLUMNS, LINES = 100, 44
WIDTH, HEIGHT = 1200, 1000
MOST_BYTES = 300_000
COMMAND = ("audit", "sample_data/broken", "--fail-on", "never", "--no-progress", "--color", "always")


def main() -> None:
    """Audit once, then draw both."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        printed = subprocess.run(
            [sys.executable, "-m", "tiktrack", *COMMAND, "-o", str(page)], cwd=ROOT, check=True, text=True,
            stdout=subprocess.PIPE, env={**os.environ, "COLUMNS": str(COLUMNS)},
        ).stdout  # fmt: skip
        terminal(printed, IMAGES / "terminal.svg")
        browser(page, IMAGES / "report.png")
    for made in sorted(IMAGES.iterdir()):
        size = made.stat().st_size
        print(f"{made.relative_to(ROOT)}: {size:,} bytes")
        if size > MOST_BYTES:
            sys.exit(f"{made.name} is larger than {MOST_BYTES:,} bytes")


def terminal(printed: str, target: Path) -> None:
    """The first screen, drawn from its own escape codes; without the fonts that rich would load from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(printed.splitlines()[:LINES])))
    drawn = console.export_svg(title="tiktrack audit sample_data/broken", theme=MONOKAI, unique_id="tiktrack")
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


def browser(page: Path, target: Path) -> None:
    """The top of the page, light, at the width of a laptop."""
    found = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("no Chromium: run tools/browser.sh")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=[] if os.getuid() else ["--no-sandbox"])
        shown = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        shown.goto(page.as_uri())
        shown.screenshot(path=target)
        chromium.close()


if __name__ == "__main__":
    main()
