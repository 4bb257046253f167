"""What a flat table of events holds: its columns, whether its rows are events at all, and whose names they bear."""

from __future__ import annotations

from tiktrack.schema.names import normalise, today
from tiktrack.sources.event_columns import ALIASES, MAYBE_EVENT, columns, of_another_platform
from tiktrack.sources.flat import Flat
from tiktrack.sources.header_words import alike, key, words

_COUNTED = frozenset(("count", "counts", "events", "users", "hits", "occurrences"))
_HINTS = ("event_id", "pixel_code", "ttclid", "email", "value", "channel", "ttp", "url", "order_id", "currency")
_SINGLE = ("event_id", "order_id", "email", "ttclid", "ip", "url")
_TIKTOK = ("pixel_code", "ttclid", "ttp", "test_code")


def fields_of(table: Flat) -> dict[str, int]:
    """Field → position of its column. Where none is called the event, one whose cells are names of events is it."""
    found = columns(table.header, ALIASES)
    if "event" in found:
        return found
    maybe = (alike(table.header, {"event": (name,)}).get("event") for name in MAYBE_EVENT)
    named = next((at for at in maybe if at is not None and known_names(table, at)), None)
    if named is None:
        return found
    return {"event": named, **{field: at for field, at in found.items() if at != named}}


def known_names(table: Flat, position: int) -> bool:
    """Whether most names in the first rows are names of events."""
    names = table.values(position)
    known = sum(normalise(name).status not in ("custom", "placeholder") for name in names)
    return known * 2 > len(names)


def sureness(table: Flat, *, least_hints: int) -> int:
    """How sure we are that a table is one of events: it has a name and a time, and so many usual fields beside them,
    unless the names themselves are known."""
    found = fields_of(table)
    if "event" not in found or "time" not in found or of_another_platform(table.header):
        return 0
    hints = sum(field in found for field in _HINTS)
    if counts_events(table, found) or (hints < least_hints and not known_names(table, found["event"])):
        return 0
    return min(80, 50 + 5 * hints)


def counts_events(table: Flat, found: dict[str, int]) -> bool:
    """Whether a row is a number of events: it has a count, and nothing that a single event has."""
    if any(field in found for field in _SINGLE):
        return False
    counts = (at for at, name in enumerate(table.header) if words(name)[-1:] and words(name)[-1] in _COUNTED)
    return any(table.values(at) and all(map(str.isdecimal, table.values(at))) for at in counts)


def upstream(table: Flat, found: dict[str, int]) -> bool:
    """Whether the names are those of a data layer, a shop or another tool, and nothing says that TikTok gets them."""
    says_tiktok = any(field in found for field in _TIKTOK) or any("tiktok" in key(name) for name in table.header)
    if says_tiktok or "event" not in found:
        return False
    seen = {normalise(name).status for name in table.values(found["event"])}
    return "foreign" in seen and not seen & {"standard", "legacy"}


def todays(x: str) -> str:
    """SQL of today's name for a name that is known; others pass."""
    cases = " ".join(f"when '{word}' then '{name}'" for word, name in today().items())
    return f"case regexp_replace(lower({x}), '[^a-z0-9]', '', 'g') {cases} else {x} end"
