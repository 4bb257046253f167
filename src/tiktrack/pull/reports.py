"""Performance reports: days or hours, one row an ad (ad group, campaign) and day.

``/report/integrated/get/`` takes at most 30 days with ``stat_time_day`` and 1 day with ``stat_time_hour``,
both ends included, in the account's time zone (facts 1.5). Deleted objects are asked for: without them
history shrinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from tiktrack.pull import tasks
from tiktrack.pull.failures import BadRequest, InvalidMetrics, PartRefused, TimedOut
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.metrics import MetricChoice, metrics_of
from tiktrack.pull.narrow import Slot, narrower
from tiktrack.pull.paging import Page, read_pages
from tiktrack.pull.report import ENDPOINT, Report
from tiktrack.pull.spans import Span, runs
from tiktrack.schema.api_words import APP_OBJECTIVES

PAGE_SIZE = 1000
LONG_RANGE_DAYS = 180
"""More missing days than this are asked in one asynchronous task; hours for TikTok, few requests for us."""

TRUNCATED_ADS = 20_000
"""The synchronous report looks at the newest 20,000 ads only; a task looks at all."""


class Truncated(PartRefused):
    """TikTok left ads out of a synchronous report."""


class Reader:
    """Reads one report, and learns on the way: which metrics to leave out, how many days are too many."""

    def __init__(self, job: Job, report: Report) -> None:
        self.report = report
        self.choice = MetricChoice(report.metrics)
        self.longest = report.longest_days
        self._job = job

    def pages(self, slot: Slot) -> Iterator[Page]:
        """The pages of a slot; after a time-out those of narrower slots. Rows may repeat, the last counts."""
        try:
            yield from self._with_known_metrics(slot)
        except TimedOut as slow:
            smaller = narrower(slot, self._campaign_ids())
            if not smaller:
                raise
            self.longest = min(self.longest, smaller[0].span.days)
            self._job.observer.note(f"{slow.message} Asking for less at a time.")
            for piece in smaller:
                yield from self.pages(piece)

    def _with_known_metrics(self, slot: Slot) -> Iterator[Page]:
        ask = self.report.ask(self._job.advertiser_id, slot, self.choice.names)
        try:
            yield from read_pages(self._job.client, ask, PAGE_SIZE)
        except InvalidMetrics as refused:
            names = ", ".join(self.choice.drop(refused))
            self._job.observer.note(f"TikTok does not know these metrics here, left out: {names}.")
            yield from self._with_known_metrics(slot)
        except BadRequest as conflict:
            self.choice.keep_core(conflict)
            self._job.observer.note("TikTok finds a conflict among the metrics: asking only for the usual ones.")
            yield from self._with_known_metrics(slot)

    def _campaign_ids(self) -> list[str]:
        rows = self._job.folder.newest_rows(self._job.advertiser_id, "campaigns")
        return [str(row["campaign_id"]) for row in rows if "campaign_id" in row]


def pull_reports(job: Job) -> None:
    """The report of the plan's level by day, the app family of app campaigns, the hours if wanted."""
    level = job.plan.level
    _pull(job, Report(level, "day", metrics_of(level, "web")))
    if app_campaigns := _app_campaigns(job):
        _pull(job, Report(level, "day", metrics_of(level, "app"), family="app", campaign_ids=app_campaigns))
    if job.plan.hourly:
        _pull(job, Report(level, "hour", metrics_of(level, "web")))


def _pull(job: Job, report: Report) -> None:
    recipe = recipe_of(report)
    missing = job.missing(report.part, recipe, job.zone)
    settled, moving = _split(job, report, missing)
    spans = [piece for span in runs(moving) for piece in span.pieces(report.longest_days)]
    job.begin(report.part, len(spans) + len(runs(settled)))
    for span in runs(settled):
        _by_task(job, report, recipe, span)
    _in_slices(job, report, recipe, spans)


def _split(job: Job, report: Report, missing: list[date]) -> tuple[list[date], list[date]]:
    """Days for a task, days for synchronous requests. A task's data is hours old: not for moving days."""
    if not report.by_task_possible:
        return [], missing
    if job.plan.level == "ad" and _ad_count(job) > TRUNCATED_ADS:
        return missing, []
    first_moving = job.freshness.first_restated(job.zone)
    settled = [day for day in missing if day < first_moving]
    return (
        (settled, [day for day in missing if day >= first_moving]) if len(settled) > LONG_RANGE_DAYS else ([], missing)
    )


def _in_slices(job: Job, report: Report, recipe: str, spans: list[Span]) -> None:
    reader = Reader(job, report)
    for span in spans:
        try:
            _slice(job, reader, recipe, span, truncated_is_fine=not report.by_task_possible)
        except Truncated as cut:
            job.observer.note(cut.message)
            _by_task(job, report, recipe, span)


def _slice(job: Job, reader: Reader, recipe: str, span: Span, *, truncated_is_fine: bool) -> None:
    """One file: the days of ``span``, asked in smaller pieces where TikTok has been slow before."""
    label = job.label(reader.report.part, recipe, span, level=reader.report.level, grain=reader.report.grain)
    slots = [
        slot for piece in span.pieces(reader.longest) for slot in Slot(piece, reader.report.campaign_ids).allowed()
    ]
    with job.writer(label, ENDPOINT) as writer:
        for ask, reply in chain.from_iterable(map(reader.pages, slots)):
            if reply.truncated and not truncated_is_fine:
                raise Truncated("TikTok left out old ads of this report; a task is asked for instead.")
            writer.add(ask, reply)
        writer.note_dropped(reader.choice.dropped)
    job.finished(label.part)


def _by_task(job: Job, report: Report, recipe: str, span: Span) -> None:
    """One file from an asynchronous task; synchronous slices where the task fails."""
    try:
        label = job.label(report.part, recipe, span, level=report.level, grain=report.grain)
        tasks.pull_task(job, report, label)
        job.finished(label.part)
    except PartRefused as failed:
        job.observer.note(f"The asynchronous report failed, asking day by day instead. {failed.message}")
        reader = Reader(job, report)
        for piece in span.pieces(report.longest_days):
            _slice(job, reader, recipe, piece, truncated_is_fine=True)


def _app_campaigns(job: Job) -> tuple[str, ...]:
    rows = job.folder.newest_rows(job.advertiser_id, "campaigns")
    return tuple(sorted(str(row["campaign_id"]) for row in rows if row.get("objective_type") in APP_OBJECTIVES))


def _ad_count(job: Job) -> int:
    found = job.folder.slices(job.advertiser_id, "ads")
    return found[-1].rows if found else 0
