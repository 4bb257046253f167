"""Totals of the window: what the ads report, the events and the orders add up to. Currencies are never mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from tiktrack.audit.reach import beyond
from tiktrack.engine import Engine
from tiktrack.ledger.wire import ledger_totals

_BUSY = 20  # rows a day
_EARLY, _LATE = 1, 22  # a log that begins after 2:00 or ends before 22:00 has not seen the whole day
_COUNTS = ("impressions", "clicks", "conversions", "purchases")
_MONEY = ("spend", "purchase_value")
_MOST_SENDERS = 100


@dataclass(frozen=True, slots=True)
class Extent:
    """First and last day of a table."""

    first: date | None
    last: date | None


def extent(engine: Engine, table: str) -> Extent | None:
    """Days that a table covers; None where there is no such table or it is empty."""
    if not engine.columns(table):
        return None
    view = "events_cube" if table == "events" and engine.columns("events_cube") else table
    first, last, rows = engine.rows(f"select min(day), max(day), count(*) from {view}").rows[0]
    return Extent(first, last) if rows else None


def partial_days(engine: Engine, ends: Mapping[str, int] | None = None) -> dict[str, frozenset[date]]:
    """Days that the event log covers only in part, or not at all: they must not be taken for a drop.

    A day without a single row of any event is a hole in the log; hours of silence have a rule of their own. ``ends``
    are the hours at which the logs of single channels were cut.
    """
    if not engine.columns("events_cube"):
        return {}
    first, last = engine.rows("select min(first_hour), max(last_hour) from events_cube where day is not null").rows[0]
    if first is None:
        return {}
    found = {_day_of(first)} if first % 24 > _EARLY else set()
    found |= {_day_of(last)} if last % 24 < _LATE else set()
    found |= beyond(ends or {}, _day_of(last))
    return {"events": frozenset(found | _without_rows(engine, _day_of(first), _day_of(last)))}


def _without_rows(engine: Engine, first: date, last: date) -> set[date]:
    """Days between without a row, in a log that usually has so many that chance leaves no day empty."""
    rows = dict(engine.rows("select day, sum(w) from events_cube where day is not null group by day").rows)
    if median(rows.values()) < _BUSY:
        return set()
    return {first + timedelta(days=i) for i in range((last - first).days)} - set(rows)


def undated(engine: Engine) -> tuple[str, ...]:
    """What a report says about events that belong to no day of the log."""
    if not engine.columns("events_cube"):
        return ()
    n = int(engine.rows("select coalesce(sum(w), 0) from events_cube where day is null").rows[0][0])
    if not n:
        return ()
    return (
        f"{n:,} event{'s have' if n > 1 else ' has'} no usable time, or one outside the days of the log, as from a "
        "visitor whose clock is wrong: counted, but on no day.",
    )


def orders_by_day(engine: Engine) -> dict[date, float]:
    """Orders that a thank-you page has seen: placed on the web, no tests; 0 on days without, over the table's days."""
    covered = extent(engine, "orders")
    if covered is None or covered.first is None or covered.last is None:
        return {}
    counted = engine.rows(
        "select day, count(*) from orders where day is not null and coalesce(status, '') <> 'test' "
        "and coalesce(origin, 'web') = 'web' group by day"
    ).rows
    found = {covered.first + timedelta(days=i): 0.0 for i in range((covered.last - covered.first).days + 1)}
    return found | {day: float(n) for day, n in counted}


def clicks_by_day(engine: Engine) -> dict[date, float]:
    """Clicks on all ads, over the days of the report; empty where it has no days or no clicks."""
    if not {"day", "clicks"} <= engine.columns("ads"):
        return {}
    rows = engine.rows("select day, sum(clicks) from ads where day is not null group by day").rows
    return {day: float(n) for day, n in rows if n is not None}


def _day_of(hour: int) -> date:
    return date(1970, 1, 1) + timedelta(days=hour // 24)


def totals(engine: Engine) -> dict[str, Any]:
    """``ads``, ``events`` and ``orders`` of the report, as far as there are such tables."""
    found: dict[str, Any] = {}
    if engine.columns("ads"):
        found["ads"] = _ads(engine)
    if engine.columns("events_cube"):
        found["events"] = _events(engine)
    if engine.columns("orders"):
        found["orders"] = _orders(engine)
    if engine.columns("counted"):
        found["ledger"] = ledger_totals(engine)
    return found


def _ads(engine: Engine) -> dict[str, Any]:
    """Counts of all accounts; money only where there is one currency, else by currency, the most clicked first."""
    by_currency = _sums(engine, "currency, ", (*_COUNTS, *_MONEY), "group by currency order by sum(clicks) desc, 1")
    if len(by_currency) == 1:
        return by_currency[0]
    return {**_sums(engine, "", _COUNTS, "")[0], "by_currency": by_currency} if by_currency else {}


def _sums(engine: Engine, key: str, names: tuple[str, ...], rest: str) -> list[dict[str, Any]]:
    sums = ", ".join(f"sum({name}) as {name}" for name in names)
    rows = engine.rows(f"select {key}{sums} from ads {rest}").dicts()
    return [{name: value for name, value in row.items() if value is not None or name == "currency"} for row in rows]


def _events(engine: Engine) -> dict[str, Any]:
    rows = engine.rows("select sum(w) from events_cube").rows[0][0]
    purchases = dict(
        engine.rows(
            "select channel, sum(w)::bigint from events_cube where event = 'Purchase' and test is not true "
            "group by channel"
        ).rows
    )
    found: dict[str, Any] = {"browser": purchases.get("browser", 0), "server": purchases.get("server", 0)}
    if engine.columns("counted"):
        counted, orders = engine.rows(
            "select count(*), count(distinct order_hash) from counted where event = 'Purchase'"
        ).rows[0]
        found |= {"counted": int(counted), "unique": int(orders)}
    return {"rows": int(rows or 0), "purchases": found, "senders": _senders(engine)}


def _senders(engine: Engine) -> list[dict[str, Any]]:
    """Who sent: a later report from which one of them is missing cannot call its faults fixed."""
    if not {"pixel_code", "channel"} <= engine.columns("events_cube"):  # the chosen rules asked for neither
        return []
    return engine.rows(
        "select pixel_code, channel, sum(w)::bigint as rows from events_cube group by pixel_code, channel "
        f"order by rows desc, pixel_code, channel limit {_MOST_SENDERS}"
    ).dicts()


def _orders(engine: Engine) -> dict[str, Any]:
    rows, paid = engine.rows("select count(*), count(*) filter (where status = 'paid') from orders").rows[0]
    values = engine.rows(
        "select currency, sum(total) from orders where status = 'paid' group by currency order by count(*) desc, 1"
    ).rows
    found: dict[str, Any] = {"rows": int(rows), "paid": int(paid)}
    if len(values) == 1:
        found |= {"value": values[0][1], "currency": values[0][0]}
    if len(values) > 1:
        found["by_currency"] = [{"currency": c, "value": v} for c, v in values]
    return found
