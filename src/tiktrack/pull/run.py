"""A whole pull: every account, every part, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tiktrack.errors import PullError
from tiktrack.pull.catalogs import pull_catalogs
from tiktrack.pull.changelog import pull_changelog
from tiktrack.pull.client import Client
from tiktrack.pull.clock import Clock
from tiktrack.pull.diagnosis import pull_diagnosis
from tiktrack.pull.envelope import ACCOUNT_HINT, ADDRESS_HINT, EVENTS_API_HINT, RERUN_HINT
from tiktrack.pull.failures import AccountRefused, ComeBackLater, NoPermission, PartRefused
from tiktrack.pull.folder import Folder, open_folder
from tiktrack.pull.job import Job
from tiktrack.pull.lock import only_run_in
from tiktrack.pull.manifest import Skipped
from tiktrack.pull.pixel_stats import pull_pixel_stats
from tiktrack.pull.plan import Plan, check_plan
from tiktrack.pull.progress import Observer
from tiktrack.pull.reports import pull_reports
from tiktrack.pull.snapshots import LISTINGS, account_zone, pull_account, pull_listing

LONGEST_HOLD_SECONDS = 600.0
"""A hold of the last run up to this long is waited for; a longer one ends the run before it asks anything."""

PULLERS: dict[str, Callable[[Job], None]] = {
    "account": pull_account,
    **{part: partial(pull_listing, listing=listing) for part, listing in LISTINGS.items()},
    "reports": pull_reports,
    "pixel_stats": pull_pixel_stats,
    "diagnosis": pull_diagnosis,
    "changelog": pull_changelog,
    "catalogs": pull_catalogs,
}


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of a run that came to its end."""

    files: int
    """New files."""

    rows: int
    """Rows in them."""

    requests: int
    skipped: tuple[Skipped, ...]
    """Parts that the token may not read; the rules that need them are unknown."""

    failed: tuple[Skipped, ...]
    """Parts that TikTok failed to give; the next run asks again."""


def pull(plan: Plan, client: Client, clock: Clock, observer: Observer) -> Pulled:
    """Bring the folder of the plan up to date.

    Raises UsageError for a senseless plan, StopRun (exit 4) when TikTok takes no more requests, and PullError
    when nothing at all could be read. Whatever was finished stays in the folder.
    """
    check_plan(plan)
    with only_run_in(plan.out):
        folder = open_folder(plan.out, clock)
        client.on_hold = folder.hold
        before = set(folder.manifest.slices)
        try:
            _respect_hold(folder, clock, observer)
            for advertiser_id in dict.fromkeys(plan.advertiser_ids):
                _account(Job(client, folder, clock, observer, plan, advertiser_id))
        finally:
            folder.save()
    return _summary(plan, folder, before, client.tally.requests)


def _respect_hold(folder: Folder, clock: Clock, observer: Observer) -> None:
    """Wait for the end of a silence that TikTok asked of the last run; ComeBackLater when it is long."""
    hold = folder.manifest.hold
    folder.manifest.hold = None
    seconds = (hold.until - clock.now()).total_seconds() if hold else 0.0
    if hold and seconds > LONGEST_HOLD_SECONDS:
        folder.manifest.hold = hold
        raise ComeBackLater(
            f"TikTok asked the last run to wait until {hold.until:%Y-%m-%d %H:%M} UTC. {hold.why}",
            until=hold.until,
            hint=f"Come back then. {RERUN_HINT} With a token of another app, use another folder.",
        )
    if hold and seconds > 0:
        observer.waiting(seconds, hold.why)
        clock.sleep(seconds)


def _account(job: Job) -> None:
    try:
        for part in job.plan.parts:
            _part(account_zone(job), part)
        _not_barred(job)
        job.folder.not_skipped(job.advertiser_id, "everything")
    except AccountRefused as refused:
        _skip(job, "everything", refused, permitted=True)


def _not_barred(job: Job) -> None:
    """Raises AccountRefused where every part was refused: that is a wrong account, not a missing permission."""
    if not any(slice_.label.advertiser_id == job.advertiser_id for slice_ in job.folder.manifest.slices.values()):
        missed = next((s for s in job.folder.manifest.skipped.values() if s.advertiser_id == job.advertiser_id), None)
        reason = missed.reason if missed else "No part was asked for."
        raise AccountRefused(f"Nothing of it could be read. {reason}", hint=ACCOUNT_HINT)


def _part(job: Job, part: str) -> None:
    try:
        PULLERS[part](job)
        job.folder.not_skipped(job.advertiser_id, part)
    except NoPermission as refused:
        _skip(job, part, refused, permitted=False)
    except PartRefused as refused:
        _skip(job, part, refused, permitted=True)


def _skip(job: Job, part: str, reason: PullError, *, permitted: bool) -> None:
    job.folder.skip(Skipped(job.advertiser_id, part, reason.message, reason.hint, job.clock.now(), permitted))
    verb = "failed" if permitted else "is skipped"
    job.observer.note(f"{job.advertiser_id}: {part} {verb}. {reason.message} {reason.hint or ''}".rstrip())


def _summary(plan: Plan, folder: Folder, before: set[str], requests: int) -> Pulled:
    new = [slice_ for path, slice_ in folder.manifest.slices.items() if path not in before]
    missed = [s for s in folder.manifest.skipped.values() if s.advertiser_id in plan.advertiser_ids]
    missed = [s for s in missed if s.part in (*plan.parts, "everything")]
    pulled = Pulled(
        files=len(new),
        rows=sum(slice_.rows for slice_ in new),
        requests=requests,
        skipped=tuple(s for s in missed if not s.permitted),
        failed=tuple(s for s in missed if s.permitted),
    )
    if not any(s.label.advertiser_id in plan.advertiser_ids for s in folder.manifest.slices.values()):
        reasons = missed[0].reason if missed else "No part was asked for."
        lost = bool(missed) and all(s.remedy == ADDRESS_HINT for s in missed if s.part != "everything")
        raise PullError(f"Nothing could be read. {reasons}", hint=ADDRESS_HINT if lost else EVENTS_API_HINT)
    return pulled
