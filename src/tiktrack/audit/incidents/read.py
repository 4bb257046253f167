"""From the tables: the daily series that incidents are held against. A few small groupings, once an audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tiktrack.audit.incidents.signs import Change
from tiktrack.audit.results import Setting
from tiktrack.detect.records import Completeness
from tiktrack.engine import Engine

MEASURES = (
    "clicks", "landing_page_views", "conversions", "conversions_event_time", "content_views", "add_to_cart",
    "checkouts", "view_purchases", "click_purchases",
)  # fmt: skip
"""What is read of an ads report."""
_BY_CLICK = ("conversions", "purchases")
"""Conversions dated by the click; in a report without conversions its purchases stand for them."""

EventKey = tuple[str, str, str, str]
"""pixel_code, channel, event_class, event; '' where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Counts by day. ``events`` by ``EventKey``; ``ads`` by campaign and measure; an empty mapping is a table that
    was not given. ``days`` of each table are all days that it covers, ``partial`` those that it covers only in part.
    ``completeness`` is how the newest days of the report fill up, None as they usually do.
    """

    days: Mapping[str, tuple[date, ...]]
    events: Mapping[EventKey, Mapping[date, float]]
    ads: Mapping[tuple[str, str], Mapping[date, float]]
    orders: Mapping[date, float]
    partial: Mapping[str, frozenset[date]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    completeness: Completeness | None = None


def read(setting: Setting) -> Store:
    """All series of the tables at hand."""
    engine = setting.engine
    return Store(
        days=setting.days,
        events=_events(engine),
        ads=_ads(engine),
        orders=setting.orders,
        partial=setting.partial,
        changes=_changes(engine),
        completeness=setting.completeness,
    )


def _events(engine: Engine) -> dict[EventKey, dict[date, float]]:
    view = "events_cube" if engine.columns("events_cube") else "events"
    if not {"day", "channel", "event_class", "event", "pixel_code", "test", "w"} <= engine.columns(view):
        return {}
    found: dict[EventKey, dict[date, float]] = defaultdict(dict)
    rows = engine.rows(
        "select coalesce(pixel_code, ''), coalesce(channel, ''), coalesce(event_class, ''), coalesce(event, ''), day, "
        f"sum(w) from {view} where day is not null and test is not true and event_class <> 'custom' group by all"
    ).rows
    for pixel, channel, kind, event, day, n in rows:
        found[(pixel, channel, kind, event)][day] = float(n)
    return found


def _ads(engine: Engine) -> dict[tuple[str, str], dict[date, float]]:
    there = [name for name in MEASURES if name in engine.columns("ads")]
    if not there:
        return {}
    found: dict[tuple[str, str], dict[date, float]] = defaultdict(dict)
    by_click = ", ".join(name for name in _BY_CLICK if name in engine.columns("ads"))
    sums = ", ".join(f"sum({f'coalesce({by_click})' if name == 'conversions' else name})" for name in there)
    rows = engine.rows(f"select coalesce(campaign, ''), day, {sums} from ads where day is not null group by all").rows
    for campaign, day, *values in rows:
        for name, value in zip(there, values, strict=True):
            if value is not None:
                found[(campaign, name)][day] = float(value)
    return found


def _changes(engine: Engine) -> tuple[Change, ...]:
    if not {"day", "kind", "what"} <= engine.columns("changes"):
        return ()
    rows = engine.rows("select distinct day, kind, what from changes where day is not null order by all").rows
    return tuple(Change(day, str(kind or "other"), str(what or "")) for day, kind, what in rows)
