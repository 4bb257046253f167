"""How the events of a pixel match the product catalogue, from ``/diagnostic/catalog/eventsource/metric/``.

An answer has three rows, one for each kind of count, each with its days; which pixel and event it speaks of stands in
the request. Catalogues themselves and TikTok's issues lie in the same folders: they hold no counts.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.pages import NO_PAGE, NO_ROWS, Pages, figure, part_of

PARTS = ("catalogs", "catalog_diagnosis")
KINDS = {
    "catalog_events": "EVENT_RECEIVED",
    "catalog_with_id": "EVENT_WITH_CONTENT_ID",
    "catalog_matched": "EVENT_WITH_CONTENT_ID_MATCHING_INVENTORY",
}
_ROW = struct(available_type="VARCHAR", event_details=struct(date="VARCHAR", count="VARCHAR") + "[]")


class CatalogsApi:
    """Catalogue diagnostics of the Business API."""

    name = "tiktok-api-catalogs"
    table = "pixel_stats"
    about = "How events match the product catalogue, pulled from TikTok's Business API with a business centre"

    def sniff(self, head: Head) -> int:
        return 99 if part_of(head) in PARTS else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        pages = Pages(head, _ROW)
        days = (
            "select *, unnest(case when len(r.event_details) > 0 then r.event_details else [null] end) as d "
            f"from ({pages.rows()})"
        )
        columns = {
            "day": "try_cast(d.date as date)",
            "account": "advertiser_id",
            "pixel_code": "params.pixel_code",
            "event_raw": "params.event_type",
            "event_kind": "'standard'",
            **{
                name: f"case when r.available_type = '{kind}' then {figure('d.count')} end"
                for name, kind in KINDS.items()
            },
            "pulled_ms": "pulled_ms",
            "reject": (
                f"case when not ok then '{NO_PAGE}' when r is null then '{NO_ROWS}' "
                f"when {pages.not_current('null')} then '#an older reading of the same days' "
                "when r.available_type is null then '#a catalogue or an issue: no counts' "
                "when d is null then '#no counts of that kind' when try_cast(d.date as date) is null then 'no day' end"
            ),
        }
        chosen = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
        return Reading(f"select {chosen} from ({days}) order by seq, nth")
