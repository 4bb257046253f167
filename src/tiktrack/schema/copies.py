"""The table ``copies``: what browser and server each sent under one event id.

TikTok merges the two copies of an event by pixel, name and event_id (TikTok, "About Event Deduplication"). Whatever is
judged about such pairs is read here, so that the log is grouped by id once and not by every measure. Where one channel
alone sends an event there are no copies to look for, and nothing is grouped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiktrack.schema.column import Column, Table

CHANNELS = ("browser", "server")
ACTS_ARE = "event_class in ('funnel', 'conversion') and test is not true"
"""Which events are acts."""
COPIES_OF = "event_id_state = 'ok'"
"""Which acts have copies: those with a usable id."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A column that each channel has: ``fold`` is an aggregate over ``of``, an expression over one act."""

    name: str
    type: str
    meaning: str
    fold: str
    of: str
    reads: tuple[str, ...]


_SIDES = (
    _Side("sends", "bigint", "times that the {c} sent the id", "count", "1", ()),
    _Side("ms", "bigint", "first moment, ms since 1970 UTC", "min", "ts_ms", ("ts_ms",)),
    _Side("value", "double", "largest value", "max", "value", ("value",)),
    _Side("currency", "text", "currency in lower case", "max", "lower(currency)", ("currency",)),
    _Side("name", "text", "name of the event as it was sent", "max", "event_raw", ("event_raw",)),
    _Side("email", "ubigint", "hash of the email, where it was sent hashed", "max",
          "case when email_state = 'hashed' then email_hash end", ("email_state", "email_hash")),
    _Side("phone", "ubigint", "hash of the phone, where it was sent hashed", "max",
          "case when phone_state = 'hashed' then phone_hash end", ("phone_state", "phone_hash")),
    _Side("has_click_id", "bigint", "1 with a usable ttclid, 0 without, NULL where the log cannot tell", "max",
          "case when ttclid_state = 'ok' then 1 when ttclid_state is not null then 0 end", ("ttclid_state",)),
    _Side("limits", "bigint", "1 where limited data use is asked for, 0 where not", "max",
          "case when ldu then 1 when ldu is not null then 0 end", ("ldu",)),
    _Side("agent", "text", "browser family", "max", "browser", ("browser",)),
    _Side("host", "text", "host of the page", "max", "page_host", ("page_host",)),
    _Side("country", "text", "country", "max", "country", ("country",)),
)  # fmt: skip
_KEYS = ("pixel_code", "event", "event_class", "event_id_hash")
_WHOLE = {
    "event_class": "any_value(event_class)", "day": "min(day)",
    "first_order": "min(order_hash)", "last_order": "max(order_hash)",
}  # fmt: skip
_OPTIONAL = ("first_order", "last_order")
_SHARED = (
    Column("pixel_code", "text", "pixel", few=True),
    Column("event", "text", "today's standard name", few=True),
    Column("event_class", "text", "funnel or conversion", few=True),
    Column("event_id_hash", "ubigint", "the id"),
    Column("day", "date", "day of the first copy"),
    Column("first_order", "ubigint", "smallest hash of an order number under the id"),
    Column("last_order", "ubigint", "largest; another than the first where several orders share the id"),
)

COPIES = Table(
    "copies",
    "events with an id",
    "One row for each pixel, event and event_id among acts, for the events of a pixel that both channels send: what "
    "browser and server sent under it. Other channels are in none of its columns but day and orders.",
    (*_SHARED, *(Column(f"{c}_{s.name}", s.type, s.meaning.format(c=c)) for s in _SIDES for c in CHANNELS)),
)

_READS = {f"{c}_{s.name}": ("channel", *s.reads) for s in _SIDES for c in CHANNELS} | {
    "first_order": ("order_hash",), "last_order": ("order_hash",)
}  # fmt: skip


def events_behind(columns: Iterable[str]) -> frozenset[str]:
    """Columns of events that these columns of copies are made from."""
    made = {name for column in columns for name in _READS.get(column, ())}
    return frozenset({*_KEYS, "event_id_state", "channel", "test", "day", *made})


def select_copies(columns: Iterable[str]) -> str:
    """Query that makes ``copies`` with its keys, its day and the other ``columns`` out of events."""
    wanted = frozenset(columns)
    folds = {name: sql for name, sql in _WHOLE.items() if name in wanted or name not in _OPTIONAL}
    for side in _SIDES:
        for channel in CHANNELS:
            if (name := f"{channel}_{side.name}") in wanted:
                folds[name] = f"{side.fold}(case when channel = '{channel}' then {side.of} end)"
    listed = ", ".join(f"{sql} as {name}" for name, sql in folds.items())
    usable = f"{ACTS_ARE} and {COPIES_OF}"
    both = f"select pixel_code, event from events where {usable} group by pixel_code, event having " + " and ".join(
        f"count_if(channel = '{channel}') > 0" for channel in CHANNELS
    )
    return (
        f"select pixel_code, event, event_id_hash, {listed} from events e where {usable} and exists (select 1 from "
        f"({both}) b where b.event = e.event and b.pixel_code is not distinct from e.pixel_code) "
        "group by pixel_code, event, event_id_hash"
    )
