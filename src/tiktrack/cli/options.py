"""Flags that commands share, each with its help: a command names them as types, one a line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tiktrack.errors import UsageError

# what is read
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, globs, or - for stdin. Without any: the folder of tiktrack.yaml.", show_default=False
    ),
]
Since = Annotated[str | None, typer.Option(help="First day to include, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Last day to include.")]
AsOf = Annotated[
    str | None, typer.Option(help="Audit as if this were the newest day. [default: newest day in the data]")
]
Maps = Annotated[
    list[Path] | None,
    typer.Option("--map", help="A column map (YAML) for a table tiktrack does not know.", show_default=False),
]
Zone = Annotated[str | None, typer.Option(help="Time zone of the ad account, for example Europe/Berlin.")]
Memory = Annotated[
    str | None, typer.Option(help="Memory limit, for example 4GB. [default: 2 GB or a third of the machine]")
]
Threads = Annotated[int | None, typer.Option(help="Most threads. [default: all]")]

Changes = Annotated[
    list[Path] | None, typer.Option(help="Notes of what changed and when: CSV or YAML with date and what.")
]

# what is pulled first
Pull = Annotated[
    bool, typer.Option("--pull", help="First pull the accounts from TikTok into the cache, then audit them too.")
]
AdvertiserIds = Annotated[
    list[str] | None, typer.Option("--advertiser-id", help="Account for --pull; may be repeated.")
]
TokenFile = Annotated[Path | None, typer.Option(help="File containing the token (default: TIKTRACK_ACCESS_TOKEN).")]
TokenFileOfPull = Annotated[
    Path | None, typer.Option(help="File containing the token for --pull (default: TIKTRACK_ACCESS_TOKEN).")
]
Cache = Annotated[
    Path | None,
    typer.Option(help="Folder that --pull fills. [default: ~/.cache/tiktrack/pull]", show_default=False),
]

# rules
Select = Annotated[list[str] | None, typer.Option(help="Only these rules or families.")]
Ignore = Annotated[list[str] | None, typer.Option(help="Not these rules or families.")]
Rules = Annotated[list[str] | None, typer.Option(help="A folder or file with your own rules.")]
NoDefaultRules = Annotated[bool, typer.Option("--no-default-rules", help="Only your own rules.")]
Profile = Annotated[
    str | None,
    typer.Option(help="Kind of account: ecommerce, leadgen or app. Rules for other kinds are left out."),
]

# gates
FailOn = Annotated[
    str | None,
    typer.Option(
        help="Exit 1 on findings of this severity or worse: critical, high, medium, low, never. [default: high]"
    ),
]
MinScore = Annotated[str | None, typer.Option(help="Exit 1 if the score is lower.")]
MinCoverage = Annotated[str | None, typer.Option(help="Exit 1 if less could be checked, for example 80%.")]
FailOnRegression = Annotated[
    bool, typer.Option("--fail-on-regression", help="Only new or worse failures fail the run; needs --baseline.")
]
Baseline = Annotated[Path | None, typer.Option(help="An earlier JSON report to compare with.")]
Notify = Annotated[
    bool,
    typer.Option(
        "--notify", help="Post what changed since --baseline to the webhook in TIKTRACK_NOTIFY_URL, in Slack's format."
    ),
]

# settings
Config = Annotated[Path | None, typer.Option(help="Settings file instead of the nearest tiktrack.yaml.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Ignore all settings files.")]
ShowSettings = Annotated[
    bool, typer.Option("--show-settings", help="Print the settings and where each comes from, then stop.")
]

# what is printed
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", help="Format printed to stdout: terminal, json, md, html, csv, junit, sarif or github."
    ),
]


def _terminal_or_json(format: str) -> str:
    if format not in ("terminal", "json"):
        raise UsageError(f"--format {format}", hint="one of terminal, json")
    return format


TerminalOrJson = Annotated[
    str,
    typer.Option("--format", "-f", callback=_terminal_or_json, help="Format printed to stdout: terminal or json."),
]
Output = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", help="Also write this file; its suffix sets the format."),
]
Redact = Annotated[
    bool, typer.Option("--redact", help="Replace names, ids, hosts, pages and files in all outputs, for sharing.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the verdict.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="All faults, with evidence and passed rules.")]
Power = Annotated[
    bool, typer.Option("--power", help="Also print which drops would be detected within 1, 2 and 7 days.")
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="No progress on stderr.")]
Colour = Annotated[str, typer.Option(help="auto, always or never.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Plain ASCII characters only.")]
