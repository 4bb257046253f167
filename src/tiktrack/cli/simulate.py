"""``tiktrack simulate``: TikTok's merge rule replayed on a log."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from tiktrack.cli import options
from tiktrack.cli.console import progress
from tiktrack.cli.project import configured
from tiktrack.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="simulate",
        help="Replay TikTok's merge rule on an event log: what counts, what really happened, and why they differ.",
    )(simulate)


def simulate(
    paths: options.Paths = None,
    format: options.TerminalOrJson = "terminal",
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
    settings = configured(
        config, isolated=isolated,
        paths=paths, since=since, until=until, timezone=tz, map=maps, memory=memory, threads=threads,
    ).settings  # fmt: skip
    from tiktrack.config import memory_of
    from tiktrack.ledger.run import simulate as run

    with progress(quiet=False, off=no_progress) as tell:
        done = run(settings, memory_bytes=memory_of(settings), only=tuple(event or ()), progress=tell)
    if format == "json":
        from tiktrack.ledger.wire import simulation_wire

        print(json.dumps(simulation_wire(done), indent=2, ensure_ascii=False))
    else:
        from tiktrack.cli.sheet import sheet_for
        from tiktrack.cli.simulate_page import print_simulation

        print_simulation(done, sheet_for(color, ascii=ascii))
    return Exit.OK
