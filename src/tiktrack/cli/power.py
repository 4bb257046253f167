"""``tiktrack power``: known faults, put into the user's own days, and which of them would be seen."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from tiktrack.cli import options
from tiktrack.cli.console import progress
from tiktrack.cli.project import configured
from tiktrack.errors import Exit

if TYPE_CHECKING:
    from tiktrack.audit.drill import Drill
    from tiktrack.render.terminal.sheet import Sheet


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "power",
        help="A fire drill: put known faults into your own data and see which would be caught, and when.",
    )(power)


def power(
    paths: options.Paths = None,
    format: options.TerminalOrJson = "terminal",
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    tz: options.Zone = None,
    memory: options.Memory = None,
    threads: options.Threads = None,
    config: options.Config = None,
    isolated: options.Isolated = False,
    no_progress: options.NoProgress = False,
    color: options.Colour = "auto",
    ascii: options.Ascii = False,
) -> int:
    """Try known faults on the user's own data."""
    settings = configured(
        config, isolated=isolated,
        paths=paths, since=since, until=until, as_of=as_of, timezone=tz, memory=memory, threads=threads,
    ).settings  # fmt: skip
    from tiktrack.audit.rehearse import rehearse
    from tiktrack.config import memory_of

    with progress(quiet=False, off=no_progress) as tell:
        done = rehearse(settings, memory_bytes=memory_of(settings), progress=tell)
    if format == "json":
        from dataclasses import asdict

        print(json.dumps([asdict(drill) for drill in done], indent=2, ensure_ascii=False))
    else:
        from tiktrack.cli.sheet import sheet_for

        _print(done, sheet_for(color, ascii=ascii))
    return Exit.OK


def _print(done: list[Drill], sheet: Sheet) -> None:
    sheet.line("Faults put into the newest days of your own data, and when they would be caught", "bold")
    if not done:
        sheet.line("There is no daily series of conversions to test them on.", indent=2)
    for where, group in groupby(done, key=_series):
        sheet.heading(where)
        for drill in group:
            sheet.line(f"{drill.fault}: {_when(drill)}", indent=2)
    print(sheet.text(), end="")


def _series(drill: Drill) -> str:
    from tiktrack.render.text import name

    return f"{name(' / '.join(drill.segment.values()))}, {drill.a_day:,.1f} a day"


def _when(drill: Drill) -> str:
    if drill.note:
        return drill.note
    if drill.caught is None:
        return "not within 7 days"
    return f"seen after {drill.caught} day{'s' if drill.caught > 1 else ''}"
