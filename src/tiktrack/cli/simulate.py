"""``tiktrack simulate``: TikTok's merge rule replayed on a log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from tiktrack.cli.console import colour, needs_ascii, progress, width
from tiktrack.cli.project import configured
from tiktrack.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="simulate",
        help="Replay TikTok's merge rule on an event log: what counts, what really happened, and why they differ.",
    )(simulate)


def simulate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, or - for stdin. Without any: the folder of tiktrack.yaml.", show_default=False
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="What stdout gets: terminal or json.")] = "terminal",
    event: Annotated[list[str] | None, typer.Option(help="Only this event, for example Purchase.")] = None,
    since: Annotated[str | None, typer.Option(help="First day that is looked at, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day that is looked at.")] = None,
    tz: Annotated[str | None, typer.Option(help="Time zone of the ad account, for example Europe/Berlin.")] = None,
    memory: Annotated[
        str | None, typer.Option(help="Most memory, for example 4GB. [default: 2 GB or a third of the machine]")
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Most threads. [default: all]")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest tiktrack.yaml.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no settings files.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress on stderr.")] = False,
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    ascii: Annotated[bool, typer.Option("--ascii", help="Only plain characters.")] = False,
) -> int:
    """Replay the merge rule."""
    if format not in ("terminal", "json"):
        raise UsageError(f"--format {format}", hint="one of terminal, json")
    flags: dict[str, Any] = {
        "paths": tuple(paths or ()), "since": since, "until": until, "timezone": tz, "memory": memory,
        "threads": threads,
    }  # fmt: skip
    settings = configured(flags, config, isolated=isolated).settings
    from tiktrack.config import machine_memory
    from tiktrack.ledger.run import simulate as run

    with progress(quiet=False, off=no_progress) as tell:
        done = run(
            settings, memory_bytes=settings.memory_bytes or machine_memory(), only=tuple(event or ()), progress=tell
        )
    if format == "json":
        from tiktrack.ledger.wire import simulation_wire

        print(json.dumps(simulation_wire(done), indent=2, ensure_ascii=False))
    else:
        from tiktrack.cli.sheet import Sheet
        from tiktrack.cli.simulate_page import print_simulation

        print_simulation(done, Sheet(width=width(), colour=colour(color), ascii=needs_ascii(ascii)))
    return Exit.OK
