"""Adjust raw data: the CSV that its cloud storage upload writes, one column a placeholder of the customer's choice.

Headers are placeholders, ``{event_name}``, beside the customer's own parameters. Times are Unix seconds. Value is
``{revenue_float}`` in ``{currency}``, else ``{reporting_revenue}``; ``{revenue}`` is left alone: its unit is not
whole. The file is Adjust's own record: which events it passes on to TikTok is set there and not in the file.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_cells import Cells, cells_of, reading
from tiktrack.sources.event_columns import ALIASES, columns
from tiktrack.sources.flat import any_flat, whole
from tiktrack.sources.header_words import keys

_ALIASES = {
    "event": ("event_name", "event"),
    "time": ("created_at", "event_time"),
    "value": ("revenue_float",),
    "currency": ("currency",),
    "ip": ("ip_address",),
    "user_agent": ("user_agent",),
    "country": ("country",),
    "order_id": ALIASES["order_id"],
    "content_ids": ALIASES["content_ids"],
}
_REPORTED = {**_ALIASES, "value": ("reporting_revenue",), "currency": ("reporting_currency",)}
_OWN = frozenset({"adid", "gpsadid", "idfa", "apptoken", "tracker", "trackername", "networkname"})
_NOTES = (
    "Adjust's own record of app events: which of them it passes on to TikTok is set in Adjust and not in this file",
)


class Adjust:
    """Raw data of Adjust."""

    name = "adjust"
    table = "events"
    about = "Adjust raw data, CSV: placeholders such as {activity_kind}, {event_name}, {created_at} and {adid}"
    limits = "Columns are the customer's choice: a time and a name or kind must be among them; {revenue} is not read"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        if table is None:
            return 0
        names = keys(table.header)
        braces = sum(header.strip()[:1] == "{" for header in table.header)
        named = {"createdat"} <= names and bool(names & {"eventname", "activitykind"}) and bool(names & _OWN)
        return 95 if named and (braces > 1 or "activitykind" in names) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        names = keys(table.header)
        found = columns(table.header, _ALIASES if "revenuefloat" in names else _REPORTED)
        cells = cells_of(table, found)
        fields = {"event": "null::varchar", **cells.fields, "channel": "'app'", "sender": "'Adjust'"}
        extra = {}
        kind_at = columns(table.header, {"kind": ("activity_kind",)}).get("kind")
        if kind_at is not None:
            kind = f"lower(trim({table.cells[kind_at]}))"
            fields["event"] = f"case when {kind} = 'install' then 'InstallApp' else {fields['event']} end"
            extra["reject"] = f"when {kind} not in ('event', 'install') then '#' || {kind} || ' rows, no events'"
        return reading(table, Cells(fields, cells.mapping, (*_NOTES, *cells.notes), extra), needed)
