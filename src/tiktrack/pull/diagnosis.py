"""TikTok's own diagnosis of the ad groups, for example a pixel without activity in the last seven days."""

from __future__ import annotations

from functools import partial

from tiktrack.pull.ask import Ask
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.paging import ask_in_halves

ENDPOINT = "tool/diagnosis/get/"
PART = "diagnosis"
ADGROUPS = 20
"""TikTok's limit for one request."""


def pull_diagnosis(job: Job) -> None:
    """One file, a line for every twenty ad groups that are not deleted."""
    ids = sorted(_living(job))
    recipe = recipe_of(ENDPOINT)
    wanted = bool(ids) and not job.has_fresh(PART, recipe)
    job.begin(PART, int(wanted))
    if not wanted:
        return
    with job.writer(job.label(PART, recipe), ENDPOINT) as writer:
        for start in range(0, len(ids), ADGROUPS):
            for ask, reply in ask_in_halves(
                job.client, ids[start : start + ADGROUPS], partial(_ask, job.advertiser_id)
            ):
                writer.add(ask, reply)
    job.observer.slice_done(len(ids))


def _ask(advertiser_id: str, adgroup_ids: list[str]) -> Ask:
    return Ask(ENDPOINT, {"advertiser_id": advertiser_id, "filtering": {"adgroup_ids": adgroup_ids}})


def _living(job: Job) -> list[str]:
    rows = job.rows_of("adgroups")
    return [
        str(row["adgroup_id"])
        for row in rows
        if row.get("adgroup_id") and "DELETE" not in str(row.get("secondary_status"))
    ]
