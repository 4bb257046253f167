"""What the sources of wrapped requests share: they differ in the marks by which a log is known, and read alike."""

from __future__ import annotations

from tiktrack.sources import leaks
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_fields import projection
from tiktrack.sources.places import ROOT, Place, Survey, survey
from tiktrack.sources.requests import ALSO, BARE_2, ORDER, projected
from tiktrack.sources.unwrap import bodies

_SHOWN = {
    "body": "request",
    "address": "request in the address",
    "answer": "TikTok's answer",
    "status": "HTTP status",
    "time": "received_ms",
}
_IN_ORDER = (
    "responses carry no trace and are matched to requests in their order: how many were refused is right, "
    "which one it was may be off by a few lines"
)


def read_wrapped(head: Head, needed: frozenset[str]) -> Reading:
    """Reading of a log by what its first records hold."""
    found = survey(head)
    raw = projected(bodies(head, found), bare=BARE_2 in found.shapes, wrapped=not found.plain)
    # An event without its envelope cannot carry the pixel that it was sent to.
    absent = frozenset({"pixel_code"}) if found.shapes == {BARE_2} else frozenset[str]()
    sql = projection(raw, needed=needed, literal=True, absent=absent, also=ALSO, order=ORDER if found.apart else "")
    return Reading(sql, mapping=seen_places(found), notes=(*_matched(found), *leaks.notes(head)))


def _matched(found: Survey) -> tuple[str, ...]:
    in_order = found.apart and not found.traced
    return (_IN_ORDER,) if in_order else ()


def holds_requests(found: Survey, least: float = 0.2) -> bool:
    """Whether enough of the first records hold a request: a log has other lines as well."""
    answers = sum(record.shape is None and "answer" in record.places for record in found.records)
    return len(found.requests) >= max(1, least * (len(found.records) - answers))


def seen_places(found: Survey) -> dict[str, str]:
    """Where the first records hold what, for the account of the input."""
    places = {shown: found.places(role) for role, shown in _SHOWN.items()}
    return {shown: ", ".join(dict.fromkeys(map(_written, seen))) for shown, seen in places.items() if seen}


def _written(place: Place) -> str:
    if place == ROOT:
        return "the record"
    return " → ".join(".".join(keys) for keys in place if keys)


def ends_with(found: Survey, key: str, *, depth: int) -> bool:
    """Whether requests lie under ``key``, that many keys below the record."""
    return any(place[0][-1:] == (key,) and len(place[0]) == depth for place in found.places("body"))
