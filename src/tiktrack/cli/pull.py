"""``tiktrack pull``: TikTok's Business API → files in a folder that ``tiktrack audit`` reads."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiktrack.cli import options
from tiktrack.cli.pulling import Access, complete, fetch
from tiktrack.errors import Exit

if TYPE_CHECKING:
    from tiktrack.pull.run import Pulled

DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("pull")(pull)


def pull(
    since: Annotated[datetime, typer.Option(formats=DAY, help="First day, in the account's time zone.")],
    until: Annotated[datetime, typer.Option(formats=DAY, help="Last day, included.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to fill; running again completes it.")],
    advertiser_id: Annotated[list[str] | None, typer.Option(help="Account to pull; may be repeated.")] = None,
    all_advertisers: Annotated[
        bool, typer.Option("--all-advertisers", help="All accounts (TIKTRACK_APP_ID, TIKTRACK_APP_SECRET).")
    ] = False,
    level: Annotated[str, typer.Option(help="Report level: campaign, adgroup or ad.")] = "ad",
    hourly: Annotated[bool, typer.Option("--hourly", help="Also by hour: one request per day.")] = False,
    only: Annotated[str | None, typer.Option(help="Only these parts, for example reports,pixels.")] = None,
    business_center_id: Annotated[
        str | None, typer.Option("--bc-id", help="Business Center that owns the catalogs.")
    ] = None,
    token_file: options.TokenFile = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Refetch settings and days that may still change.")
    ] = False,
    restated_days: Annotated[int, typer.Option(help="How many days back TikTok may still change, at most 28.")] = 8,
    per_second: Annotated[
        float | None, typer.Option(min=0.1, max=50, help="Requests per second across all accounts (default 8).")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds without a response before asking for less.")] = 30.0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="-vv shows every request.")] = 0,
) -> int:
    """Pull reports, settings, pixels and the change log of TikTok accounts into a folder.

    The token comes from TIKTRACK_ACCESS_TOKEN or --token-file, never from an argument. Run it again to
    complete or update the folder: nothing that is finished is asked for twice.
    """
    from tiktrack.cli.pull_progress import shown
    from tiktrack.pull.plan import PARTS, Plan, check_plan, choose_parts
    from tiktrack.pull.spans import Span

    _tell_requests(verbose)
    plan = Plan(
        advertiser_ids=tuple(advertiser_id or ()),
        span=Span(since.date(), until.date()),
        out=out,
        level=level,
        hourly=hourly,
        parts=choose_parts(only.split(",")) if only else PARTS,
        business_center_id=business_center_id,
        refresh=refresh,
        restated_days=restated_days,
    )
    check_plan(plan, accounts_known=not all_advertisers)
    with shown(quiet=quiet) as observer:
        pulled = fetch(plan, Access(token_file, per_second, timeout, everybody=all_advertisers), observer)
    _report(pulled, out, quiet=quiet)
    return Exit.OK


def _tell_requests(verbose: int) -> None:
    """With -vv every request on stderr; the client masks secrets before it logs."""
    if verbose > 1:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log = logging.getLogger("tiktrack.pull")
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)


def _report(pulled: Pulled, out: Path, *, quiet: bool) -> None:
    """The summary on stdout. Raises PullError when TikTok failed to give a part."""
    if not quiet:
        print(f"{pulled.files:,} new files with {pulled.rows:,} rows in {out}, {pulled.requests:,} requests.")
        for skip in pulled.skipped:
            remedy = skip.remedy or ""
            print(f"Not permitted, so unknown: {skip.part} of {skip.advertiser_id}. {remedy}".rstrip())
        print(f"Next: tiktrack audit {out}")
    complete(pulled)
