"""TikTok's own diagnosis of the ad groups, for example a pixel without activity in the last seven days."""

from __future__ import annotations

from tiktrack.pull.ask import Ask
from tiktrack.pull.job import Job, recipe_of

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
            filtering = {"adgroup_ids": ids[start : start + ADGROUPS]}
            ask = Ask(ENDPOINT, {"advertiser_id": job.advertiser_id, "filtering": filtering})
            writer.add(ask, job.client.ask(ask))
    job.observer.slice_done(len(ids))


def _living(job: Job) -> list[str]:
    rows = job.folder.newest_rows(job.advertiser_id, "adgroups")
    return [
        str(row["adgroup_id"])
        for row in rows
        if row.get("adgroup_id") and "DELETE" not in str(row.get("secondary_status"))
    ]
