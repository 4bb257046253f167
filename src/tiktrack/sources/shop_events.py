"""Logs of what happened in the shop, as a data layer, Snowplow, Tealium or Shopify's customer events write them.

Their names are not TikTok's, and nothing in them says what TikTok gets. Counted as signals they would double whatever
is really sent; so they bear witness, as GA4 does.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_cells import Cells, cells_of
from tiktrack.sources.event_table import fields_of, sureness, todays, upstream
from tiktrack.sources.flat import any_flat, whole
from tiktrack.sources.map_line import map_line
from tiktrack.sources.times import epoch_or_instant_ms

_NOTE = (
    "the names are those of a data layer, a shop or another tool, and nothing says that TikTok gets these events: used "
    "for comparison, not counted as signals to TikTok; if they are what is sent, save this line as map.yaml and add "
    "--map map.yaml: {0}"
)


class ShopEvents:
    """Flat events of the shop itself."""

    name = "shop-events"
    table = "witness"
    about = (
        "Events of a data layer or a shop under their own names (add_to_cart, checkout_completed, …), JSON or a table"
    )
    limits = "Used for comparison in its own table; a map with kind: events says that they are what TikTok gets"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        if table is None or not upstream(table, fields_of(table)):
            return 0
        return sureness(table, least_hints=1)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        found = fields_of(table)
        cells = cells_of(table, found)
        return Reading(
            _projection(cells, table.relation),
            mapping=cells.mapping,
            notes=(*table.notes, *cells.notes, _NOTE.format(map_line("events", cells.mapping))),
            first_row=table.first_row,
            csv=table.csv,
        )


def _projection(cells: Cells, relation: str) -> str:
    fields = {name: cells.fields.get(name, "null::varchar") for name in ("event", "time", "order_id", "value", "url")}
    listed = ", ".join(f"{sql} as x_{name}" for name, sql in fields.items())
    order, currency = "nullif(x_order_id, '')", cells.fields.get("currency", "null::varchar")
    nothing = "coalesce(x_event, '') = '' and coalesce(x_time, '') = ''"
    return f"""
        select {epoch_or_instant_ms("try_cast(x_time as double)", "x_time")} as ts_ms, 'shop' as counter,
            x_event as event_raw, {todays("x_event")} as event, {order} as order_id,
            case when {order} is not null then hash(ltrim({order}, '#')) end as order_hash,
            try_cast(x_value as double) as value, nullif({currency}, '') as currency,
            nullif(lower(split_part(split_part(x_url, '?', 1), '/', 3)), '') as page_host,
            contains(coalesce(x_url, ''), 'ttclid=') as from_tiktok,
            case when {nothing} then 'neither an event name nor a time' end as reject
        from (select *, {listed} from {relation})
    """
