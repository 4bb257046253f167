"""``tiktrack doctor``: everything that a pull needs, tried one by one with the smallest possible requests."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from tiktrack import __version__
from tiktrack.errors import Exit, PullError
from tiktrack.pull import atomic
from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.client import Client
from tiktrack.pull.clock import Clock
from tiktrack.pull.codes import scope_of
from tiktrack.pull.envelope import ADDRESS_HINT
from tiktrack.pull.failures import BadRequest, NoPermission, NoSuchAddress, StopRun
from tiktrack.pull.limits import DEFAULT_PER_SECOND
from tiktrack.pull.report import ENDPOINT as REPORT
from tiktrack.pull.snapshots import INFO, zone_name

CLOCK_TOLERANCE = timedelta(minutes=2)
ENABLED = "STATUS_ENABLE"


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor."""

    name: str
    state: State
    detail: str
    remedy: str | None = None
    exit_code: Exit = Exit.OK
    """What the command ends with when this failed."""


def check_machine(out: Path) -> Iterator[Check]:
    """Versions, and whether the folder can be written."""
    yield Check("versions", State.OK, f"tiktrack {__version__}, Python {platform.python_version()}")
    try:
        atomic.make_folder(out)
        with atomic.scratch_file(out, "doctor"):
            pass
        yield Check("folder", State.OK, f"{out} can be written")
    except OSError as error:
        remedy = "Choose another folder with --out."
        yield Check("folder", State.FAILED, f"{out} cannot be written: {error.strerror}", remedy, Exit.USAGE)


def check_token(client: Client, clock: Clock, advertiser_ids: Sequence[str] = ()) -> Iterator[Check]:
    """Whether TikTok knows the token, and whether our clock agrees with TikTok's.

    Asked is the user's name; where that address does not exist, the first account.
    """
    for ask in (Ask("user/info/", {}), *(Ask(INFO, {"advertiser_ids": [id_]}) for id_ in advertiser_ids[:1])):
        try:
            reply = client.ask(ask)
        except StopRun as refused:
            yield Check("token", State.FAILED, refused.message, refused.hint, Exit.NETWORK)
        except NoSuchAddress:
            continue
        except PullError:  # no permission for this one endpoint: then TikTok knows the token
            yield Check("token", State.OK, "TikTok accepts it (but it cannot read the user's name)")
        else:
            yield Check("token", State.OK, "TikTok accepts it")
            yield _clock(reply, clock)
        return
    yield Check("token", State.WARNING, "cannot be tried: there is no address that answers", ADDRESS_HINT)


def check_account(client: Client, clock: Clock, advertiser_id: str) -> Iterator[Check]:
    """Status, time zone and currency of an account, then the permissions one by one."""
    try:
        rows = client.ask(Ask(INFO, {"advertiser_ids": [advertiser_id]})).rows
    except PullError as refused:
        yield Check(f"{advertiser_id} account", State.FAILED, refused.message, refused.hint, Exit.NETWORK)
        rows = []
    if rows:
        yield from _facts(advertiser_id, rows[0])
    for endpoint, question in _questions(client, clock, advertiser_id):
        yield _permission(client, advertiser_id, endpoint, question)


def check_limits(client: Client, waits: list[str]) -> Check:
    """Whether TikTok had to slow us down during the other checks."""
    pace = f"{client.tally.requests} requests sent; a pull sends at most {DEFAULT_PER_SECOND:.0f} a second"
    if not waits:
        return Check("limits", State.OK, f"{pace}, none was refused")
    remedy = "Another program uses the same app; pull at a different time, or with --per-second 4."
    return Check("limits", State.WARNING, f"{pace}; TikTok made us wait: {waits[0]}", remedy)


def _clock(reply: Reply, clock: Clock) -> Check:
    if reply.server_time is None:
        return Check(
            "clock", State.WARNING, "TikTok did not give its time", "Check that this machine's clock is right."
        )
    off = abs(reply.server_time - clock.now())
    if off <= CLOCK_TOLERANCE:
        return Check("clock", State.OK, "agrees with TikTok's")
    remedy = "Set it: which days are complete, and the end of a waiting time, depend on it."
    return Check("clock", State.WARNING, f"{off.total_seconds():.0f} s away from TikTok's", remedy)


def _facts(advertiser_id: str, row: dict[str, Any]) -> Iterator[Check]:
    status, zone, currency = str(row.get("status") or "unknown"), zone_name(row), row.get("currency")
    if status == ENABLED:
        yield Check(f"{advertiser_id} status", State.OK, status)
    else:
        remedy = "Its history can still be pulled; Ads Manager says why it does not run."
        yield Check(f"{advertiser_id} status", State.WARNING, status, remedy)
    if zone == "UTC" and "UTC" not in {row.get("display_timezone"), row.get("timezone")}:
        remedy = "Days will be cut at midnight UTC; give audit the right zone with --tz."
        yield Check(f"{advertiser_id} time zone", State.WARNING, f"unknown: {row.get('timezone')}", remedy)
    else:
        yield Check(f"{advertiser_id} time zone", State.OK, zone)
    if currency:
        yield Check(f"{advertiser_id} currency", State.OK, str(currency))
    else:
        yield Check(f"{advertiser_id} currency", State.WARNING, "TikTok names none", "Set it in tiktrack.yaml.")


Question = Callable[[], Ask | None]


def _questions(client: Client, clock: Clock, advertiser_id: str) -> Iterator[tuple[str, Question]]:
    """The smallest request for each permission; None where the account has nothing to ask about."""
    me = {"advertiser_id": advertiser_id}
    one = {**me, "page": 1, "page_size": 1}
    day = (clock.now() - timedelta(days=2)).date().isoformat()

    def first(endpoint: str, name: str) -> str | None:
        with suppress(PullError):
            return next((str(row[name]) for row in client.ask(Ask(endpoint, one)).rows if row.get(name)), None)
        return None

    def stats() -> Ask | None:
        pixel = first("pixel/list/", "pixel_id")
        days = {"date_range": {"start_date": day, "end_date": day}}
        return Ask("pixel/event/stats/", {**me, "pixel_ids": [pixel], **days}) if pixel else None

    def diagnosis() -> Ask | None:
        adgroup = first("adgroup/get/", "adgroup_id")
        return Ask("tool/diagnosis/get/", {**me, "filtering": {"adgroup_ids": [adgroup]}}) if adgroup else None

    def report() -> Ask:
        shape = {"report_type": "BASIC", "service_type": "AUCTION", "data_level": "AUCTION_CAMPAIGN"}
        what = {"dimensions": ["campaign_id", "stat_time_day"], "metrics": ["spend"]}
        return Ask(REPORT, {**one, **shape, **what, "start_date": day, "end_date": day})

    for endpoint in ("campaign/get/", "adgroup/get/", "ad/get/", "pixel/list/"):
        yield endpoint, lambda endpoint=endpoint: Ask(endpoint, one)  # type: ignore[misc]
    yield REPORT, report
    yield "pixel/event/stats/", stats
    yield "tool/diagnosis/get/", diagnosis
    # no such task exists: who may not read the change log hears that instead
    yield "changelog/task/check/", lambda: Ask("changelog/task/check/", {**me, "task_id": "0"})


def _permission(client: Client, advertiser_id: str, endpoint: str, question: Question) -> Check:
    name = f"{advertiser_id} {scope_of(endpoint)}"
    try:
        ask = question()
        if ask is None:
            return Check(name, State.OK, "nothing in the account to test it on")
        client.ask(ask)
    except NoPermission as refused:
        return Check(name, State.FAILED, refused.message, refused.hint, Exit.NETWORK)
    except BadRequest as refused:
        if not endpoint.startswith("changelog/"):
            return Check(name, State.WARNING, refused.message, "TikTok refused the request itself.")
    except PullError as refused:
        return Check(name, State.FAILED, refused.message, refused.hint, Exit.NETWORK)
    return Check(name, State.OK, endpoint)
