"""``tiktrack audit``: the main job."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tiktrack.cli import options
from tiktrack.cli.changes import change_lines
from tiktrack.cli.console import Progress, progress, say
from tiktrack.cli.faces import Faces, checked, show
from tiktrack.cli.news import tell_changes, webhook_of
from tiktrack.cli.project import configured
from tiktrack.cli.pulling import fetch_whole, folders_of, plan_first
from tiktrack.cli.stored import read_baseline
from tiktrack.errors import Exit, UsageError

if TYPE_CHECKING:
    from tiktrack.config import Configured
    from tiktrack.model.report import Report
    from tiktrack.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="audit", help="Audit exports, logs and orders, and print a graded report.")(audit)


def audit(
    paths: options.Paths = None,
    format: options.Format = "terminal",
    output: options.Output = None,
    fail_on: options.FailOn = None,
    min_score: options.MinScore = None,
    min_coverage: options.MinCoverage = None,
    fail_on_regression: options.FailOnRegression = False,
    baseline: options.Baseline = None,
    notify: options.Notify = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    rules: options.Rules = None,
    no_default_rules: options.NoDefaultRules = False,
    profile: options.Profile = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    tz: options.Zone = None,
    maps: options.Maps = None,
    memory: options.Memory = None,
    threads: options.Threads = None,
    changes: options.Changes = None,
    pull: options.Pull = False,
    advertiser_id: options.AdvertiserIds = None,
    token_file: options.TokenFileOfPull = None,
    cache: options.Cache = None,
    redact: options.Redact = False,
    config: options.Config = None,
    isolated: options.Isolated = False,
    show_settings: options.ShowSettings = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    power: options.Power = False,
    no_progress: options.NoProgress = False,
    color: options.Colour = "auto",
    ascii: options.Ascii = False,
) -> int:
    """Audit exports, logs and orders."""
    plan = plan_first(advertiser_id or (), since, until, cache) if pull else None
    wanted = checked(Faces(format, tuple(output or ()), redact, color, ascii, quiet, verbose, power))
    found = configured(
        config, isolated=isolated,
        paths=(*(paths or ()), *(folders_of(plan) if plan else ()), *map(str, changes or ())),
        select=select, ignore=ignore, rules=rules, default_rules=False if no_default_rules else None,
        since=since, until=until, as_of=as_of, timezone=tz, profile=profile, map=maps, memory=memory, threads=threads,
        fail_on=fail_on, min_score=min_score, min_coverage=min_coverage,
    )  # fmt: skip
    if show_settings:
        _show(found)
        return Exit.OK
    before = _before(baseline, needed={"--fail-on-regression": fail_on_regression, "--notify": notify})
    webhook = webhook_of(os.environ) if notify else None
    if plan:
        fetch_whole(plan, token_file, quiet=quiet or no_progress)
    with progress(quiet=quiet, off=no_progress) as tell:
        report = _audit(found.settings, tell)
    show(report, wanted)
    if before and webhook:
        tell_changes(before, report, webhook, names=not redact)
    if before:
        for line in change_lines(before, report):
            say(line)
    return _gate(report, found.settings, before if fail_on_regression else None)


def _before(baseline: Path | None, *, needed: dict[str, bool]) -> Report | None:
    """The report to compare with, read before the work."""
    if baseline is not None:
        return read_baseline(baseline)
    for flag, given in needed.items():
        if given:
            raise UsageError(f"{flag} needs a report to compare with", hint="add --baseline OLD.json")
    return None


def _gate(report: Report, settings: Settings, before: Report | None) -> int:
    from tiktrack.gates import missed

    reasons = missed(report, settings, before)
    for reason in reasons:
        say(reason)
    return Exit.FINDINGS if reasons else Exit.OK


def _audit(settings: Settings, tell: Progress) -> Report:
    from tiktrack.audit.run import audit as run
    from tiktrack.config import memory_of
    from tiktrack.rules.load import choose, default_folders, load
    from tiktrack.rules.override import check_names, overridden

    tell("reading rules")
    folders = default_folders(settings.rules, default=settings.default_rules)
    rules = overridden(load(folders), settings.override)
    check_names("suppress", (item.rule for item in settings.suppress), rules)
    chosen = choose(rules, settings.select, tuple(settings.ignore))
    return run(
        settings, chosen, folders, memory_bytes=memory_of(settings), now=datetime.now(UTC), progress=tell, warn=say
    )


def _show(found: Configured) -> None:
    from dataclasses import fields

    for item in fields(found.settings):
        value = getattr(found.settings, item.name)
        key = "memory" if item.name == "memory_bytes" else item.name
        print(f"{item.name} = {value!r}  # {found.origins.get(key, 'default')}")
