"""Settings as they stand now: account, campaigns, ad groups, ads, pixels. Pulled again after six hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.failures import TimedOut
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.paging import read_pages_patiently

EVERYTHING = {"primary_status": "STATUS_ALL"}
"""Deleted objects too: history names them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list endpoint and its limits (facts 1.2, 1.4)."""

    part: str
    endpoint: str
    page_size: int
    filtering: dict[str, Any] | None = None


LISTINGS = {
    listing.part: listing
    for listing in (
        Listing("campaigns", "campaign/get/", 1000, EVERYTHING),
        Listing("adgroups", "adgroup/get/", 1000, EVERYTHING),
        Listing("ads", "ad/get/", 1000, EVERYTHING),
        Listing("pixels", "pixel/list/", 20),
    )
}

INFO = "advertiser/info/"
FACTS = ("name", "currency", "country", "status", "timezone", "display_timezone")


def pull_listing(job: Job, listing: Listing) -> None:
    """One list of the account, to its end."""
    params: dict[str, Any] = {"advertiser_id": job.advertiser_id}
    if listing.filtering:
        params["filtering"] = listing.filtering
    ask = Ask(listing.endpoint, params)
    recipe = recipe_of(listing.endpoint, listing.filtering)
    if _begin(job, listing.part, recipe):
        with job.writer(job.label(listing.part, recipe), listing.endpoint) as writer:
            for paged, reply in read_pages_patiently(job.client, ask, listing.page_size):
                writer.add(paged, reply)
        job.finished(listing.part)


def pull_account(job: Job) -> None:
    """Name, time zone, currency and status of the account; kept in the manifest as well."""
    recipe = recipe_of(INFO)
    if _begin(job, "account", recipe):
        with job.writer(job.label("account", recipe), INFO) as writer:
            writer.add(*_info(job))
        job.finished("account")
    rows = job.folder.newest_rows(job.advertiser_id, "account")
    if not rows:
        job.observer.note(f"TikTok returns nothing about account {job.advertiser_id}: its days are treated as UTC.")
    else:
        job.folder.know_account(job.advertiser_id, account_facts(rows[0]))


def _info(job: Job) -> tuple[Ask, Reply]:
    """Everything about the account; after a time-out only what a pull cannot do without."""
    ask = Ask(INFO, {"advertiser_ids": [job.advertiser_id]})
    try:
        return ask, job.client.ask(ask)
    except TimedOut:
        narrow = ask.with_params(fields=list(FACTS))
        return narrow, job.client.ask(narrow)


def account_facts(row: dict[str, Any]) -> dict[str, Any]:
    """What the manifest keeps of an account."""
    kept = {key: row.get(key) for key in FACTS}
    return {**kept, "zone": zone_name(row)}


def zone_name(row: dict[str, Any]) -> str:
    """The account's time zone as a name of the IANA list.

    ``display_timezone`` first. ``timezone`` may be ``Etc/GMT+8``, which means eight hours BEHIND Greenwich;
    zoneinfo knows that, a reader of "+8" does not. Nothing usable: UTC.
    """
    for name in (row.get("display_timezone"), row.get("timezone")):
        try:
            return ZoneInfo(str(name or "")).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def account_zone(job: Job) -> Job:
    """The job, with the time zone that the manifest knows for its account."""
    name = str(job.folder.manifest.accounts.get(job.advertiser_id, {}).get("zone", "UTC"))
    return job.in_zone(ZoneInfo(name), name)


def _begin(job: Job, part: str, recipe: str) -> bool:
    wanted = not job.has_fresh(part, recipe)
    job.begin(part, int(wanted))
    return wanted
