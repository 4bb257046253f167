"""``tiktrack simulate``: TikTok's merge rule replayed on a log."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from tiktrack.cli import options
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
    paths: options.Paths = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="Format printed to stdout: terminal or json.")
    ] = "terminal",
    event: Annotated[list[str] | None, typer.Option(help="Only this event, for example Purchase.")] = None,
    since: options.Since = None,
    until: options.Until = None,
    tz: options.Zone = None,
    maps: options.Maps = None,
    memory: options.Memory = None,
    threads: options.Threads = None,
    config: options.Config = None,
    isolated: options.Isolated = False,
    no_progress: options.NoProgress = False,
    color: options.Colour = "auto",
    ascii: options.Ascii = False,
) -> int:
    """Replay the merge rule."""
    if format not in ("terminal", "json"):
        raise UsageError(f"--format {format}", hint="one of terminal, json")
    flags: dict[str, Any] = {
        "paths": tuple(paths or ()), "since": since, "until": until, "timezone": tz, "map": tuple(maps or ()),
        "memory": memory, "threads": threads,
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
