"""``tiktrack audit``: the main job."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiktrack.cli.console import colour, needs_ascii, progress, say, width
from tiktrack.cli.project import configured
from tiktrack.cli.stored import read_baseline, shareable
from tiktrack.errors import Exit, UsageError

if TYPE_CHECKING:
    from tiktrack.config import Configured
    from tiktrack.model import Report
    from tiktrack.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="audit", help="Audit exports, logs and orders, and print a graded report.")(audit)


def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, or - for stdin. Without any: the folder of tiktrack.yaml.", show_default=False
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option("--format", "-f", help="What stdout gets: terminal, json, md, html, csv, junit, sarif or github."),
    ] = "terminal",
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="Also write this file; the format follows from its suffix."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            help="Exit 1 on findings of this severity or worse: critical, high, medium, low, never. [default: high]"
        ),
    ] = None,
    min_score: Annotated[str | None, typer.Option(help="Exit 1 when the score is lower.")] = None,
    min_coverage: Annotated[
        str | None, typer.Option(help="Exit 1 when less could be checked, for example 80%.")
    ] = None,
    fail_on_regression: Annotated[
        bool, typer.Option("--fail-on-regression", help="Only new or worse failures count; needs --baseline.")
    ] = False,
    baseline: Annotated[Path | None, typer.Option(help="An earlier report, JSON, to compare with.")] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only these rules or families.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules or families.")] = None,
    rules: Annotated[list[str] | None, typer.Option(help="A folder or file of your own rules.")] = None,
    no_default_rules: Annotated[bool, typer.Option("--no-default-rules", help="Only your own rules.")] = False,
    since: Annotated[str | None, typer.Option(help="First day that is looked at, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day that is looked at.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Audit as if this day were the newest. [default: newest day in the data]")
    ] = None,
    tz: Annotated[str | None, typer.Option(help="Time zone of the ad account, for example Europe/Berlin.")] = None,
    memory: Annotated[
        str | None, typer.Option(help="Most memory, for example 4GB. [default: 2 GB or a third of the machine]")
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Most threads. [default: all]")] = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="Replace names, ids, hosts, pages and files in all outputs, for sharing."),
    ] = False,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest tiktrack.yaml.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no settings files.")] = False,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print the settings, each with its origin, and stop.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the verdict.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Passed rules and evidence as well.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress on stderr.")] = False,
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    ascii: Annotated[bool, typer.Option("--ascii", help="Only plain characters.")] = False,
) -> int:
    """Audit exports, logs and orders."""
    flags: dict[str, Any] = {
        "paths": tuple(paths or ()),
        "fail_on": fail_on,
        "min_score": min_score,
        "min_coverage": min_coverage,
        "select": tuple(select or ()),
        "ignore": ignore,
        "rules": tuple(rules or ()),
        "default_rules": False if no_default_rules else None,
        "since": since,
        "until": until,
        "as_of": as_of,
        "timezone": tz,
        "memory": memory,
        "threads": threads,
    }
    from tiktrack.render import format_of, renderer

    if fail_on_regression and baseline is None:
        raise UsageError("--fail-on-regression needs something to compare with", hint="add --baseline OLD.json")
    outputs = {path: format_of(str(path)) for path in output or []}
    if format != "terminal":
        renderer(format)  # an unknown name is an error before the work, not after
    found = configured(flags, config, isolated=isolated)
    if show_settings:
        _show(found)
        return Exit.OK
    with progress(quiet=quiet, off=no_progress) as tell:
        report = _audit(found.settings, tell)
    shown = shareable(report) if redact else report
    for path, name in outputs.items():
        path.write_text(renderer(name)(shown), encoding="utf-8")
        say(f"wrote {path}")
    if format == "terminal":
        from tiktrack.render import terminal

        options = terminal.Options(
            width=width(), colour=colour(color), ascii=needs_ascii(ascii), quiet=quiet, verbose=verbose
        )
        print(terminal.render(shown, options), end="")
    else:
        print(renderer(format)(shown), end="")
    from tiktrack.gates import missed

    before = read_baseline(baseline) if baseline else None
    reasons = missed(report, found.settings, before if fail_on_regression else None)
    for reason in reasons:
        say(reason)
    return Exit.FINDINGS if reasons else Exit.OK


def _audit(settings: Settings, tell: Any) -> Report:
    from tiktrack.audit.run import audit as run
    from tiktrack.config import machine_memory
    from tiktrack.rules.load import choose, default_folders, load
    from tiktrack.rules.override import check_names, overridden

    tell("reading rules")
    folders = default_folders(settings.rules, default=settings.default_rules)
    rules = overridden(load(folders), settings.override)
    check_names("suppress", (item.rule for item in settings.suppress), rules)
    chosen = choose(rules, settings.select, tuple(settings.ignore))
    memory = settings.memory_bytes or machine_memory()
    return run(settings, chosen, folders, memory_bytes=memory, now=datetime.now(UTC), progress=tell)


def _show(found: Configured) -> None:
    from dataclasses import fields

    for item in fields(found.settings):
        value = getattr(found.settings, item.name)
        key = "memory" if item.name == "memory_bytes" else item.name
        print(f"{item.name} = {value!r}  # {found.origins.get(key, 'default')}")
