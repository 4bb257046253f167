"""The pages for users: every command in them runs, in the order of the page, on the sample account."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.helpers import ROOT, SAMPLES
from tests.shell import Shell

PAGES = ("media-buyer.md", "ci.md", "consultant.md")


def commands(page: str) -> list[str]:
    """Lines of the shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, tmp_path: Path) -> None:
    shell = Shell.below(tmp_path)
    shutil.copytree(SAMPLES / "broken", shell.work / "exports", ignore=shutil.ignore_patterns("expected.json"))
    assert commands(page)
    for command in commands(page):
        done = shell.run(command)
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"
        assert "bug in tiktrack" not in done.stderr
        if "--fail-on never" in command or "--fail-on-regression" in command:
            assert done.returncode == 0, f"{command}: {done.stderr}"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
