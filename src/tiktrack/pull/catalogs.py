"""How well the events of a pixel match the product catalogue; only where a business centre is named."""

from __future__ import annotations

from itertools import product

from tiktrack.pull.ask import Ask
from tiktrack.pull.job import Job, recipe_of
from tiktrack.pull.paging import read_pages_patiently

LIST = "catalog/get/"
METRIC = "diagnostic/catalog/eventsource/metric/"
ISSUE = "diagnostic/catalog/eventsource/issue/"
PART = "catalogs"
DIAGNOSIS_PART = "catalog_diagnosis"
EVENTS = ("VIEW_CONTENT", "ADD_TO_CART", "PURCHASE")


def pull_catalogs(job: Job) -> None:
    """The catalogues, then the daily match counts and the issues of every pixel, catalogue and event."""
    bc_id = job.plan.business_center_id
    if bc_id is None:
        return
    recipe = recipe_of(LIST, bc_id)
    wanted = not job.has_fresh(DIAGNOSIS_PART, recipe)
    job.begin(PART, 2 * int(wanted))
    if not wanted:
        return
    with job.writer(job.label(PART, recipe), LIST) as writer:
        for ask, reply in read_pages_patiently(job.client, Ask(LIST, {"bc_id": bc_id}), 100):
            writer.add(ask, reply)
    asks = _asks(job, bc_id)
    with job.writer(job.label(DIAGNOSIS_PART, recipe), METRIC) as writer:
        for ask in asks:
            writer.add(ask, job.client.ask(ask))
    job.observer.slice_done(len(asks))


def _asks(job: Job, bc_id: str) -> list[Ask]:
    catalogs = [
        str(row["catalog_id"]) for row in job.folder.newest_rows(job.advertiser_id, PART) if row.get("catalog_id")
    ]
    codes = [str(row["pixel_code"]) for row in job.rows_of("pixels") if row.get("pixel_code")]
    return [
        Ask(
            endpoint,
            {
                "bc_id": bc_id,
                "catalog_id": catalog,
                "event_source_type": "PIXEL",
                "pixel_code": code,
                "event_type": event,
                "time_range": "LAST_30_DAYS",
            },
        )
        for catalog, code, event, endpoint in product(catalogs, codes, EVENTS, (METRIC, ISSUE))
    ]
