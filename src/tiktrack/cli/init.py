"""``tiktrack init``: a settings file with every setting in it, those that are not needed as comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tiktrack.cli.console import say
from tiktrack.errors import Exit, UsageError

PATTERN = """\
# Settings of tiktrack: https://pypi.org/project/tiktrack-cli/
# Flags and TIKTRACK_* variables come before this file. `tiktrack audit --show-settings` shows what holds.

# What is read: exports, logs and orders, or a folder that holds them.
paths:
{paths}

# Where days begin and end: the time zone of the ad account, not of the shop.
# timezone: Europe/Berlin
# currency: EUR

# Where the customers live: fewer sales on their public holidays are no broken tracking. Left out: as the events say.
# countries: [DE, AT]

# What the account lives by: ecommerce, leadgen or app. Rules for the others are left out.
# profile: ecommerce

# Which days are looked at; `as_of` audits as if that day were the newest.
# since: 2026-01-01
# until: 2026-01-31
# as_of: 2026-01-31

# Which rules run: ids or families of `tiktrack rules list`, and files of your own.
# select: [counting, value]
# ignore:
#   conversion-by-one-channel: no server events before spring, agreed with the client
# rules: [my-rules/]
# default_rules: true
# override:
#   server-purchase-without-contact: {{fail: "> 60%"}}

# Findings that somebody accepts, each with a reason and an end. One that has expired or fits nothing is said aloud.
# suppress:
#   - rule: legacy-event-name
#     segment: {{pixel_code: C0000000000000000000}}
#     reason: the migration ends in May
#     until: 2027-05-31

# What makes the exit code 1.
# fail_on: high
# min_score: 80
# min_coverage: 80%

# Columns of a table that nobody has seen: `tiktrack audit THAT-FILE` prints a map to copy.
# map: columns.yaml

# memory: 2GB
# threads: 4
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init", help="Write a tiktrack.yaml with every setting explained.")(init)


def init(
    paths: Annotated[
        list[str] | None, typer.Argument(help="What `tiktrack audit` reads from now on. [default: exports/]")
    ] = None,
    file: Annotated[Path, typer.Option(help="Where to write it.")] = Path("tiktrack.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> int:
    """Write the file, and say how to go on."""
    if file.exists() and not force:
        raise UsageError(f"{file} already exists", hint="edit it, or replace it with --force")
    listed = "\n".join(f"  - {json.dumps(path, ensure_ascii=False)}" for path in paths or ["exports/"])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PATTERN.format(paths=listed), encoding="utf-8")
    say(f"wrote {file}; now: tiktrack audit")
    return Exit.OK
