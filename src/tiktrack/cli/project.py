"""Settings of a command that reads files: flags, environment, the nearest tiktrack.yaml."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiktrack.errors import UsageError

if TYPE_CHECKING:
    from tiktrack.config import Configured


def configured(file: Path | None, *, isolated: bool, **flags: Any) -> Configured:
    """The settings; without paths those of the folder that holds tiktrack.yaml. Raises UsageError without either.

    ``flags`` are named like settings; None and what is empty was not given.
    """
    from dataclasses import replace

    from tiktrack.config import configure, find_project

    paths: Sequence[str] = flags.get("paths") or ()
    only = Path(paths[0]) if len(paths) == 1 else None
    start = only if only and only.is_dir() and (only / "tiktrack.yaml").is_file() else Path.cwd()
    found = configure(flags, os.environ, start=start.resolve(), file=file, isolated=isolated)
    if not found.settings.paths:
        project = find_project(Path.cwd())
        if project is None:
            raise UsageError(
                "no files given, and there is no tiktrack.yaml here",
                hint="give files or a folder, such as tiktrack audit exports/, or try `tiktrack demo`",
            )
        found = replace(found, settings=replace(found.settings, paths=(str(project.parent),)))
    return found
