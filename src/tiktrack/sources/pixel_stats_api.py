"""Counts of pixel events from ``/pixel/event/stats/``: a pulled file for each UTC day and ten pixels.

A day on which a pixel received nothing is a row without an event. The endpoint sums over the days it is asked for, and
an answer does not say which those were: only pulled pages can be read, because they keep the request.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.pages import NO_PAGE, NO_ROWS, Pages, figure, id_text, part_of

PART = "pixel_stats"
COUNTS = {
    "total": "total_count",
    "browser": "browser_event_total_count",
    "server": "server_event_total_count",
    "attributed": "attributed_count",
    "preview": "preview_count",
}
_EVENT = struct(pixel_event_type="VARCHAR", custom_event_type="VARCHAR", **dict.fromkeys(COUNTS.values(), "VARCHAR"))
_ROW = struct(pixel_id="VARCHAR", statistics=f"{_EVENT}[]")


class PixelStatsApi:
    """Pixel statistics of the Business API."""

    name = "tiktok-api-pixel-stats"
    table = "pixel_stats"
    about = "Counts of pixel events by browser and server, pulled from TikTok's Business API"

    def sniff(self, head: Head) -> int:
        return 99 if part_of(head) == PART else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        events = (
            "select *, unnest(case when len(r.statistics) > 0 then r.statistics else [null] end) as e "
            f"from ({Pages(head, _ROW).rows()})"
        )
        # Ten pixels make a file, so two files may answer the same day: the newest count of each event is the one.
        key = "r.pixel_id, since, e.pixel_event_type, e.custom_event_type"
        newest = f"row_number() over (partition by {key} order by pulled_ms desc, seq desc)"
        name = "coalesce(nullif(e.custom_event_type, ''), nullif(e.pixel_event_type, ''))"
        columns = {
            "day": "try_cast(since as date)",
            "account": "advertiser_id",
            "pixel_id": id_text("r.pixel_id"),
            "event_raw": name,
            "event_kind": f"case when {name} is null then null when nullif(e.custom_event_type, '') is null "
            "then 'standard' else 'custom' end",
            **{count: _count(count, field) for count, field in COUNTS.items()},
            "pulled_ms": "pulled_ms",
            "reject": (
                f"case when not ok then '{NO_PAGE}' when r is null then '{NO_ROWS}' "
                f"when e is not null and {name} is null then 'no event' "
                "when try_cast(since as date) is null then 'no day' "
                "when copy > 1 then '#an older count of the same day' end"
            ),
        }
        chosen = ", ".join(f"{sql} as {column}" for column, sql in columns.items())
        return Reading(f"select {chosen} from (select *, {newest} as copy from ({events})) order by seq, nth")


def _count(name: str, field: str) -> str:
    """TikTok leaves counts of 0 out of some answers; ``total`` is then the sum of its parts."""
    if name != "total":
        return f"coalesce({figure(f'e.{field}')}, 0)"
    parts = (f"coalesce({figure(f'e.{COUNTS[part]}')}, 0)" for part in ("browser", "server"))
    return f"coalesce({figure(f'e.{field}')}, {' + '.join(parts)})"
