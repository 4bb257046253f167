"""``tiktrack doctor``: token, permissions, clock, account, limits, folder, versions; a line each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiktrack.cli import options
from tiktrack.errors import ConfigError, Exit

if TYPE_CHECKING:
    from tiktrack.pull.checkup import Check

TRIES = 2
"""A doctor that tries for minutes is no help: one hiccup is forgiven."""


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("doctor")(doctor)


def doctor(
    advertiser_id: Annotated[list[str] | None, typer.Option(help="Account to check; may be repeated.")] = None,
    token_file: options.TokenFile = None,
    out: Annotated[Path, typer.Option("--out", help="Folder a pull would fill.")] = Path(),
) -> int:
    """Check what a pull needs: token, permissions one by one, clock, account, limits, folder, versions.

    Ends with 0 when nothing failed, 2 for a missing token or a folder that cannot be written, 4 for what
    TikTok refuses.
    """
    worst = Exit.OK
    for check in _checks(advertiser_id or [], token_file, out):
        print(f"{check.state:<8} {check.name}: {check.detail}")
        if check.remedy:
            print(f"         → {check.remedy}")
        worst = max(worst, check.exit_code)
    return worst


def _checks(advertiser_ids: list[str], token_file: Path | None, out: Path) -> Iterator[Check]:
    from tiktrack.pull.checkup import Check, State, check_machine

    yield from check_machine(out)
    try:
        yield from _checks_of_tiktok(advertiser_ids, token_file)
    except ConfigError as wrong:
        yield Check("token", State.FAILED, wrong.message, wrong.hint, Exit.USAGE)


def _checks_of_tiktok(advertiser_ids: list[str], token_file: Path | None) -> Iterator[Check]:
    from tiktrack.pull.address import read_address
    from tiktrack.pull.checkup import Check, State, check_account, check_limits, check_token
    from tiktrack.pull.client import Client
    from tiktrack.pull.clock import SystemClock
    from tiktrack.pull.secret import read_token, readable_by_others

    token, clock, listener = read_token(token_file), SystemClock(), _Listener()
    if token_file and readable_by_others(token_file):
        yield Check(
            "token file",
            State.WARNING,
            f"other users of this machine can read {token_file}",
            "chmod 600 closes it.",
        )
    with closing(Client(token, read_address(), clock, listener, tries=TRIES)) as client:
        for check in check_token(client, clock, advertiser_ids):
            yield check
            if check.state is State.FAILED:
                return
        for id_ in advertiser_ids:
            yield from check_account(client, clock, id_)
        if not advertiser_ids:
            yield Check(
                "account",
                State.WARNING,
                "no account given, so no permission was tested",
                "Give --advertiser-id.",
            )
        yield check_limits(client, listener.waits)


class _Listener:
    """Remembers why TikTok made us wait."""

    def __init__(self) -> None:
        self.waits: list[str] = []

    def part(self, advertiser_id: str, part: str, slices: int) -> None: ...

    def slice_done(self, rows: int) -> None: ...

    def waiting(self, seconds: float, why: str) -> None:
        self.waits.append(why)
        print(f"waiting {seconds:.0f} s: {why}", file=sys.stderr, flush=True)

    def note(self, text: str) -> None: ...
