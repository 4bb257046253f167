"""Who changed what and when: bids, budgets, status, targeting. A drop may be nothing but a budget cut.

A task for at most 30 days, in the account's time zone; the log is CSV text inside the reply (facts 1.2), or the
reply itself, as reports have it.
"""

from __future__ import annotations

from tiktrack.pull import atomic
from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.failures import BadRequest
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.spans import Span, runs
from tiktrack.pull.tasks import wait_for

CREATE = "changelog/task/create/"
CHECK = "changelog/task/check/"
DOWNLOAD = "changelog/task/download/"
PART = "changelog"
DAYS = 30
PATIENCE_SECONDS = 300.0
"""A small file, and one part of many: nobody waits half an hour for it."""


def pull_changelog(job: Job) -> None:
    """One file for every 30 days."""
    recipe = recipe_of(CREATE, job.zone_name)
    spans = [piece for span in runs(job.missing(PART, recipe, job.zone)) for piece in span.pieces(DAYS)]
    job.begin(PART, len(spans))
    for span in spans:
        with job.writer(job.label(PART, recipe, span), DOWNLOAD) as writer:
            task_id = _create(job, span)
            task = {"advertiser_id": job.advertiser_id, "task_id": task_id}
            wait_for(job, Ask(CHECK, task), PATIENCE_SECONDS)
            ask = Ask(DOWNLOAD, task)
            writer.add(ask, _download(job, ask))
        job.observer.slice_done(1)


def _download(job: Job, ask: Ask) -> Reply:
    """The reply; around a bare CSV an envelope of our own."""
    with atomic.scratch_file(job.folder.root, f"{ask.params['task_id']}.csv") as file:
        reply = job.client.save(ask, file)
        return reply or Reply({"code": 0, "message": "OK", "data": {"changelog": file.read_text(encoding="utf-8-sig")}})


def _create(job: Job, span: Span) -> str:
    hours = {"start_time": f"{span.since} 00:00:00", "end_time": f"{span.until} 23:59:59"}
    params = {"advertiser_id": job.advertiser_id, **hours, "timezone": job.zone_name}
    task_id = job.client.ask(Ask(CREATE, params, method="POST")).data.get("task_id")
    if not task_id:
        raise BadRequest("TikTok created a change log task without an id.")
    return str(task_id)
