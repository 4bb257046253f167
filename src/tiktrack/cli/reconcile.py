"""``tiktrack reconcile``: the shop's orders held against the events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tiktrack.cli import options
from tiktrack.cli.console import progress, say
from tiktrack.cli.project import configured
from tiktrack.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="reconcile",
        help="Compare the shop's orders with the events: each order merged, counted twice, sent by one channel only, "
        "or lost.",
    )(reconcile)


def reconcile(
    paths: options.Paths = None,
    format: options.TerminalOrJson = "terminal",
    extract: Annotated[
        Path | None,
        typer.Option(help="Also write one CSV per class of orders into this folder, without personal data."),
    ] = None,
    days: Annotated[bool, typer.Option("--days", help="Report, events and orders side by side for every day.")] = False,
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
    """Hold orders against events."""
    settings = configured(
        config, isolated=isolated,
        paths=paths, since=since, until=until, timezone=tz, map=maps, memory=memory, threads=threads,
    ).settings  # fmt: skip
    from tiktrack.config import memory_of
    from tiktrack.ledger.run import reconcile as run

    with progress(quiet=False, off=no_progress) as tell:
        done = run(settings, memory_bytes=memory_of(settings), extract_to=extract, progress=tell)
    if format == "json":
        from tiktrack.ledger.wire import reconciliation_wire

        print(json.dumps(reconciliation_wire(done), indent=2, ensure_ascii=False))
    else:
        from tiktrack.cli.reconcile_page import print_reconciliation
        from tiktrack.cli.sheet import sheet_for

        print_reconciliation(done, sheet_for(color, ascii=ascii), every_day=days)
    for path, rows in done.extracted:
        say(f"wrote {path} ({rows:,} rows)")
    return Exit.OK
