"""Asynchronous reports: create a task, wait for it, fetch its CSV, keep it in the shape of the other pages.

No range limit, no paging, no cut at 20,000 ads; but the data is hours old and filters for deleted
objects are not taken (facts 1.6). A task is remembered in the manifest, so that a run that was
killed asks for the same one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tiktrack.pull import atomic
from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.failures import BadRequest, InvalidMetrics, PartRefused, TaskNotReady, TimedOut
from tiktrack.pull.job import Job
from tiktrack.pull.manifest import Label
from tiktrack.pull.metrics import SYNC_ONLY, MetricChoice
from tiktrack.pull.report import Report

CREATE = "report/task/create/"
CHECK = "report/task/check/"
DOWNLOAD = "report/task/download/"

POLLS_SECONDS = (1, 2, 3, 5, 5, 10, 10)
LONGEST_POLL_SECONDS = 20
PATIENCE_SECONDS = 1800.0
"""A task that takes longer is left alone, and the days are asked for one slice at a time."""

FAILED = frozenset({"FAILED", "FAIL", "CANCELED", "CANCELLED"})

ROWS_PER_PAGE = 1000
LINKS = 3
"""Download addresses to ask for; each lives an hour."""


def pull_task(job: Job, report: Report, label: Label) -> None:
    """The file of ``label`` from a task. Raises PartRefused when TikTok fails it or takes too long."""
    key = f"{label.advertiser_id}/{label.part}/{label.recipe}/{_days(label)}"
    choice = MetricChoice(tuple(name for name in report.metrics if name not in SYNC_ONLY))
    ask, known = _creation(job, report, label, choice), job.folder.manifest.tasks.get(key)
    task_id = known or _create(job, ask, choice)
    job.folder.remember_task(key, task_id)
    try:
        wait_for(job, Ask(CHECK, {"advertiser_id": job.advertiser_id, "task_id": task_id}))
        with (
            job.writer(label, CREATE) as writer,
            atomic.scratch_file(job.folder.root, f"{task_id}.csv") as file,
        ):
            request_id = _download(job, task_id, file)
            for rows in _rows(file, report.question["dimensions"]):
                writer.add(ask.with_params(task_id=task_id), _page(rows, request_id))
            writer.note_dropped(choice.dropped)
    except PartRefused:
        job.folder.forget_task(key)
        raise
    job.folder.forget_task(key)


def wait_for(job: Job, check: Ask, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Return when a task has ended well. Raises BadRequest when it failed, TimedOut when it takes long."""
    waited, polls = 0.0, iter(POLLS_SECONDS)
    while waited < patience_seconds:
        status, message = _status(job, check)
        if status == "SUCCESS":
            return
        if status in FAILED:
            raise BadRequest(f"TikTok's task ended as {status}: {message}")
        seconds = float(next(polls, LONGEST_POLL_SECONDS))
        job.observer.waiting(seconds, f"TikTok still works on a task ({status.lower()})")
        job.clock.sleep(seconds)
        waited += seconds
    raise TimedOut(f"TikTok's task was not ready after {patience_seconds / 60:.0f} minutes.")


def _status(job: Job, check: Ask) -> tuple[str, str]:
    try:
        found = job.client.ask(check).data
    except TaskNotReady as soon:
        return "PROCESSING", soon.message
    return str(found.get("status") or "QUEUING").upper(), str(found.get("message") or "")


def _days(label: Label) -> str:
    return f"{label.span.since}_{label.span.until}" if label.span else ""


def _creation(job: Job, report: Report, label: Label, choice: MetricChoice) -> Ask:
    span = label.span
    days = {"start_date": span.since.isoformat(), "end_date": span.until.isoformat()} if span else {}
    # the titles would be display names in some language otherwise, and TikTok has renamed those before
    form = {"output_format": "CSV_DOWNLOAD", "enable_report_title_translation": False}
    params = {
        "advertiser_id": job.advertiser_id,
        **report.question,
        **days,
        "metrics": list(choice.names),
        **form,
    }
    return Ask(CREATE, params, method="POST")


def _create(job: Job, ask: Ask, choice: MetricChoice) -> str:
    try:
        reply = job.client.ask(ask.with_params(metrics=list(choice.names)))
    except InvalidMetrics as refused:
        job.observer.note(f"TikTok does not know these metrics here, left out: {', '.join(choice.drop(refused))}.")
        return _create(job, ask, choice)
    if not reply.data.get("task_id"):
        raise BadRequest("TikTok created a report task without an id.")
    return str(reply.data["task_id"])


def _download(job: Job, task_id: str, to: Path) -> str:
    """The CSV into ``to``, over a signed address where TikTok names one. Returns the request id."""
    ask = Ask(DOWNLOAD, {"advertiser_id": job.advertiser_id, "task_id": task_id})
    for left in reversed(range(LINKS)):
        reply = job.client.save(ask, to)
        if reply is None:
            return ""
        try:
            job.client.save_file(str(reply.data.get("download_url") or ""), to)
            return reply.request_id
        except BadRequest as expired:
            if not left:
                raise
            job.observer.note(f"{expired.message} Asking for a new one.")
    raise BadRequest("TikTok named no download address that works.")


def _rows(file: Path, dimensions: list[str]) -> Iterator[list[dict[str, Any]]]:
    """The CSV in pages; at least one. Raises BadRequest when the titles are not ids."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        lines = csv.DictReader(text)
        if not set(dimensions) <= set(lines.fieldnames or ()):
            raise BadRequest(f"The task's CSV lacks {', '.join(dimensions)}; it has {lines.fieldnames}.")
        page = list(islice(lines, ROWS_PER_PAGE))
        while True:
            yield [_row(line, dimensions) for line in page]
            if not (page := list(islice(lines, ROWS_PER_PAGE))):
                return


def _row(line: dict[str, str], dimensions: list[str]) -> dict[str, Any]:
    metrics = {name: value for name, value in line.items() if name not in dimensions}
    return {"dimensions": {name: line[name] for name in dimensions}, "metrics": metrics}


def _page(rows: list[dict[str, Any]], request_id: str) -> Reply:
    body = {"code": 0, "message": "OK", "request_id": request_id, "data": {"list": rows}}
    return Reply(body=body, request_id=request_id)
