"""``tiktrack demo``: the sample accounts, and an audit of one, for the first minute."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from tiktrack.cli.console import say
from tiktrack.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="demo", help="Write the sample accounts to a folder and audit one of them.")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("tiktrack-demo"),
    account: Annotated[str, typer.Option(help="Which one to audit: healthy, broken or messy.")] = "broken",
) -> int:
    """Write the samples, audit one, and say how to go on."""
    from tiktrack.resources import shipped

    samples = shipped("sample_data")
    names = sorted(path.name for path in samples.iterdir() if path.is_dir())
    if account not in names:
        raise UsageError(f"there is no sample account '{account}'", hint=f"one of {', '.join(names)}")
    for name in names:
        shutil.copytree(samples / name, folder / name, dirs_exist_ok=True)
    say(f"wrote {', '.join(names)} to {folder}/")

    from tiktrack.cli.audit import audit

    audit([str(folder / account)], isolated=True)
    say(f"now try your own export: tiktrack audit YOUR-EXPORT.csv (or look around in {folder}/)")
    return Exit.OK
