"""Browser and server counts of each pixel event, a day at a time.

``/pixel/event/stats/`` sums over its whole range, so a series costs one request a day and ten pixels. Its
days are UTC, not the account's: a day here and a day of a report are not the same hours (facts 1.4, 1.7).
"""

from __future__ import annotations

from datetime import UTC, date
from functools import partial

from tiktrack.pull.ask import Ask
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.paging import ask_in_halves
from tiktrack.pull.spans import Span

ENDPOINT = "pixel/event/stats/"
PART = "pixel_stats"
PIXELS = 10
"""TikTok's limit for one request."""


def pull_pixel_stats(job: Job) -> None:
    """One file a day and ten pixels."""
    ids = sorted({str(row["pixel_id"]) for row in job.rows_of("pixels") if row.get("pixel_id")})
    chunks = [ids[start : start + PIXELS] for start in range(0, len(ids), PIXELS)]
    wanted = [(chunk, day) for chunk in chunks for day in job.missing(PART, _recipe(chunk), UTC)]
    job.begin(PART, len(wanted))
    for chunk, day in wanted:
        rows = 0
        with job.writer(job.label(PART, _recipe(chunk), Span(day, day), grain="day_utc"), ENDPOINT) as writer:
            for ask, reply in ask_in_halves(job.client, chunk, partial(_ask, job.advertiser_id, day)):
                writer.add(ask, reply)
                rows += len(reply.rows)
        job.observer.slice_done(rows)


def _ask(advertiser_id: str, day: date, pixel_ids: list[str]) -> Ask:
    one_day = {"start_date": day.isoformat(), "end_date": day.isoformat()}
    return Ask(ENDPOINT, {"advertiser_id": advertiser_id, "pixel_ids": pixel_ids, "date_range": one_day})


def _recipe(pixel_ids: list[str]) -> str:
    return recipe_of(ENDPOINT, pixel_ids)
