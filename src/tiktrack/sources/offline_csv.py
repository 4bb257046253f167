"""CSV as Events Manager takes it for offline events and for leads of a CRM: ``event_type``, ``timestamp``, a contact.

Offline event types are display names (``Complete Payment``), leads have a ``lead_id``. Source: TikTok help, "About
Events API for Offline" and "How to postback signals through CSV"; the other columns are not confirmed and read by their
usual names. What becomes of names and contacts on the way is TikTok's affair and is not judged.
"""

from __future__ import annotations

from tiktrack.schema.names import BROWSE, CONVERSION, FUNNEL, LEGACY
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import hashed_email, hashed_phone, renamed
from tiktrack.sources.event_cells import Cells, cells_of, reading
from tiktrack.sources.event_columns import ALIASES, columns
from tiktrack.sources.flat import Flat, any_flat, whole
from tiktrack.sources.header_words import keys, words

_DISPLAYED = {" ".join(words(name)): LEGACY.get(name, name) for name in (*CONVERSION, *FUNNEL, *BROWSE, *LEGACY)}
"""Display name in lower case → today's name."""
_ALIASES = {
    **{field: ALIASES[field] for field in ("time", "order_id", "value", "currency", "content_ids", "content_type")},
    "event": ("event_type",),
    "email": (*ALIASES["email"], "emails"),
    "phone": (*ALIASES["phone"], "phone_numbers", "phones"),
    "ttclid": ("click_id", "ttclid"),
}
_CONTACTS = frozenset({"email", "emails", "phone", "phonenumber", "phonenumbers", "phones"})
_OF_LOGS = frozenset({"eventname", "eventid", "pixelcode", "eventsource", "channel", "useragent", "url", "pageurl"})
_NOTE = "an upload for Events Manager: contacts may be in the clear in it and are not judged"


class OfflineCsv:
    """Uploads of offline events and of leads."""

    name = "offline-csv"
    table = "events"
    about = "CSV uploads of offline events or leads: event_type, timestamp, and an email, phone or lead_id column"
    limits = "Columns beyond these are not confirmed and read by their usual names; contacts and names are not judged"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        names = keys(table.header) if table else frozenset()
        if table is None or not {"eventtype", "timestamp"} <= names or names & _OF_LOGS:
            return 0
        if "leadid" in names:
            return 85
        return 85 if names & _CONTACTS and _display_names(table) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        lead = "leadid" in keys(table.header)
        cells = cells_of(table, columns(table.header, _ALIASES))
        fields = {**cells.fields, "channel": "'crm'" if lead else "'offline'"}
        fields["event"] = fields["event"] if lead else renamed(fields["event"], _DISPLAYED)
        if "email" in fields:
            fields["email"] = hashed_email(fields["email"])
        if "phone" in fields:
            fields["phone"] = hashed_phone(fields["phone"], digits_only=True)
        return reading(table, Cells(fields, cells.mapping, (_NOTE, *cells.notes)), needed)


def _display_names(table: Flat) -> bool:
    """Whether most event types are names as Events Manager shows them."""
    values = table.values(columns(table.header, {"event": ("event_type",)})["event"])
    return bool(values) and sum(value.lower() in _DISPLAYED for value in values) * 2 > len(values)
