"""The network's part of a command: a plan → a filled folder, for ``tiktrack pull`` and ``tiktrack audit --pull``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tiktrack.errors import PullError, UsageError

if TYPE_CHECKING:
    from tiktrack.pull.plan import Plan
    from tiktrack.pull.progress import Observer
    from tiktrack.pull.run import Pulled

USUAL_DAYS = 56
"""Eight weeks: what the detectors need to know a weekday by heart."""


@dataclass(frozen=True, slots=True)
class Access:
    """How TikTok is asked. Never holds the token itself."""

    token_file: Path | None = None
    per_second: float | None = None
    timeout: float = 30.0
    everybody: bool = False
    """All accounts of the app, instead of those of the plan."""


def fetch(plan: Plan, access: Access, observer: Observer) -> Pulled:
    """Bring the folder of the plan up to date. Raises ConfigError without a token, PullError for TikTok."""
    from tiktrack.pull.address import read_address
    from tiktrack.pull.advertisers import list_advertisers, read_app
    from tiktrack.pull.client import Client
    from tiktrack.pull.clock import SystemClock
    from tiktrack.pull.limits import Pace
    from tiktrack.pull.run import pull
    from tiktrack.pull.secret import read_token, readable_by_others

    token, address, clock = read_token(access.token_file), read_address(), SystemClock()
    if access.token_file and readable_by_others(access.token_file):
        observer.note(f"Other users of this machine can read {access.token_file}; chmod 600 prevents that.")
    app_id, app_secret = read_app() if access.everybody else ("", None)
    pace = Pace(clock, access.per_second or address.per_second)
    client = Client(token, address, clock, observer, pace=pace, app_secret=app_secret, read_seconds=access.timeout)
    with closing(client):
        if app_secret:
            plan = replace(plan, advertiser_ids=list_advertisers(client, app_id, app_secret))
        return pull(plan, client, clock, observer)


def complete(pulled: Pulled) -> None:
    """Raises PullError when TikTok failed to give a part; what a token may not read is no failure."""
    if pulled.failed:
        missing = "; ".join(f"{skip.part} of {skip.advertiser_id}: {skip.reason}" for skip in pulled.failed)
        remedies = dict.fromkeys(skip.remedy for skip in pulled.failed if skip.remedy)
        kept = "What was pulled is kept. Run the same command again to fetch only what is missing."
        raise PullError(f"The pull is not complete. {missing}", hint=" ".join([*remedies, kept]))


def plan_first(advertiser_ids: Sequence[str], since: str | None, until: str | None, cache: Path | None) -> Plan:
    """The plan of ``audit --pull``: into the cache, the last eight weeks to yesterday where no days are named.

    Raises UsageError for days or ids that make no sense.
    """
    from tiktrack.pull.plan import Plan, check_plan
    from tiktrack.pull.spans import Span

    if not advertiser_ids:
        raise UsageError("--pull needs an account", hint="add --advertiser-id, once per account")
    last = _day("--until", until) or datetime.now(UTC).date() - timedelta(days=1)
    first = _day("--since", since) or last - timedelta(days=USUAL_DAYS - 1)
    plan = Plan(advertiser_ids=tuple(advertiser_ids), span=Span(first, last), out=cache or default_cache())
    check_plan(plan)
    return plan


def folders_of(plan: Plan) -> tuple[str, ...]:
    """What an audit of the plan's accounts reads; the cache may hold other accounts too."""
    return tuple(str(plan.out / advertiser_id) for advertiser_id in dict.fromkeys(plan.advertiser_ids))


def fetch_whole(plan: Plan, token_file: Path | None, *, quiet: bool) -> None:
    """Pull, with progress on stderr. Raises PullError also where only a part is missing."""
    from tiktrack.cli.pull_progress import shown

    with shown(quiet=quiet) as observer:
        complete(fetch(plan, Access(token_file), observer))


def default_cache() -> Path:
    """``$XDG_CACHE_HOME/tiktrack/pull``, by default below ``~/.cache``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tiktrack" / "pull"


def _day(flag: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{flag} {text}", hint="write a day as 2026-10-31") from None
