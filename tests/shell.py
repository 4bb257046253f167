"""A shell in an empty checkout, with the installed command on PATH: for scripts and pages that use it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.helpers import ROOT


@dataclass(frozen=True)
class Shell:
    """Runs steps in ``work``; no variable of ours reaches them but those that are given."""

    work: Path
    commands: Path

    @classmethod
    def below(cls, folder: Path) -> Shell:
        """A shell of its own, in this folder."""
        made = cls(folder / "checkout", folder / "bin")
        made.work.mkdir()
        made.commands.mkdir()
        command = made.commands / "tiktrack"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tiktrack "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        return made

    def run(self, step: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A step as CI services run it: it ends at the first command that fails."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("TIKTRACK_", "GITHUB_"))}
        ours = {"PYTHONPATH": str(ROOT / "src"), "PATH": f"{self.commands}{os.pathsep}{clean['PATH']}"}
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step], cwd=self.work, capture_output=True, text=True, check=False,
            env={**clean, **ours, **environment},
        )  # fmt: skip
