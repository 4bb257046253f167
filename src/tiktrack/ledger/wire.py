"""``tiktrack/simulate/v1`` and ``tiktrack/reconcile/v1``: JSON for other programs. Additive changes only."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tiktrack import __version__
from tiktrack.engine import Engine
from tiktrack.intake import Intake
from tiktrack.ledger.build import CONVERSIONS
from tiktrack.ledger.capture import ASSUMPTION, DIRECTIONS, Estimate
from tiktrack.ledger.causes import BY_ID
from tiktrack.ledger.daily import Daily, Day, daily
from tiktrack.ledger.reconciliation import Range, Reconciliation, missing, reconciliation
from tiktrack.ledger.remedies import Remedy
from tiktrack.ledger.run import Reconciled, Simulated
from tiktrack.ledger.simulation import Tally, counted_rows, summed, total
from tiktrack.schema.ledger import STATES

ASSUMPTIONS = (
    "documented by TikTok: events with the same pixel, event name and event id are one; the first received stays; "
    "later ones within 48 hours are dropped; browser and server within 5 minutes are merged; without an event id each "
    "counts",
    "our reading: both limits include themselves; what comes after 48 hours counts and begins 48 hours of its own; "
    "time of receipt where the log has it, else the event's own time",
    "loose_copies and cookie_repeats are upper limits of what cannot be told, and part of no count; that TikTok drops "
    "server events without an id by the _ttp cookie stood in its help of 2023 and is unconfirmed today",
)


def simulation_wire(done: Simulated) -> dict[str, Any]:
    """The document."""
    found = done.simulation
    by_event = summed(found.rows, "event")
    return {
        "schema": "tiktrack/simulate/v1",
        **_read(done.intake),
        "assumptions": list(ASSUMPTIONS),
        "totals": tally_wire(total(found.rows)),
        "events": [{"event": key[0], **tally_wire(tally)} for key, tally in by_event.items()],
        "pixels": [
            {"pixel_code": pixel, "event": event, **tally_wire(tally)}
            for (pixel, event), tally in summed(found.rows, "pixel_code", "event").items()
        ],
        "days": [
            {"pixel_code": row.pixel_code, "event": row.event, "day": row.day.isoformat() if row.day else None,
             **tally_wire(row.tally)}
            for row in found.rows
        ],
        "names": [{"pixel_code": n.pixel_code, "event": n.event, "counted": n.counted} for n in found.names],
        "remedies": [_remedy(change) for change in done.remedies],
        "timeless": found.timeless,
    }  # fmt: skip


def reconciliation_wire(done: Reconciled) -> dict[str, Any]:
    """The document."""
    return {
        "schema": "tiktrack/reconcile/v1",
        **_read(done.intake),
        **ledger_wire(done.reconciliation),
        "daily": daily_wire(done.daily),
    }


def ledger_totals(engine: Engine) -> dict[str, Any]:
    """``totals.ledger`` of a report: purchases as they count and as they happened, orders by state, days, what is
    missing.
    """
    tallies = summed(counted_rows(engine, CONVERSIONS), "event")
    bought = tallies.get(("Purchase",))
    orders = reconciliation(engine) if engine.columns("ledger") else None
    estimate = orders.missing if orders else missing(engine)
    return {
        "purchases": tally_wire(bought) if bought else None,
        "events": [{"event": event, **tally_wire(tally)} for (event,), tally in tallies.items()],
        "orders": ledger_wire(orders) if orders else None,
        "missing": estimate_wire(estimate) if estimate else None,
        "daily": daily_wire(daily(engine)),
    }


def ledger_wire(found: Reconciliation) -> dict[str, Any]:
    """The ledger of orders without its days; the same keys stand in ``totals.ledger.orders`` of a report."""
    states = {state: {"certain": found.states.certain[state], "probable": found.states.probable[state]}
              for state in STATES}  # fmt: skip
    return {
        "orders": found.orders, "due": found.due, "inside": found.inside, "received": found.received,
        "accuracy": None if found.accuracy is None else round(found.accuracy, 4), "names_fit": found.fits,
        "states": states, "lost_by": found.lost, "twice_by": found.twice, "ignored_as": found.ignored,
        "joined_by": found.joined_by, "never_paid": found.never_paid,
        "purchases": [
            {"behind": sale.kind, "never_paid": sale.never_paid, "counted": sale.n, "value": round(sale.value, 2),
             "currency": sale.currency}
            for sale in found.sales
        ],
        "values": found.values,
        "constant_value": found.constant and {"value": found.constant[0], "share": found.constant[1]},
        "lag_hours": found.lag_hours,
        "lost": [_range(item) for item in found.lost_money], "double": [_range(item) for item in found.double_money],
        "missing": estimate_wire(found.missing) if found.missing else None,
    }  # fmt: skip


def estimate_wire(found: Estimate) -> dict[str, Any]:
    """The estimate with what it rests on."""
    return {
        "browser": found.browser, "server": found.server, "both": found.both, "seen": found.seen,
        "all": [round(found.low, 1), round(found.all, 1), round(found.high, 1)], "assumes": ASSUMPTION,
        "bias": list(DIRECTIONS),
    }  # fmt: skip


def daily_wire(found: Daily) -> dict[str, Any]:
    """Report, events and orders side by side."""
    return {
        "currency": found.currency, "other_currencies": list(found.other_currencies),
        "whole": _day(found.whole, dated=False) if found.whole else None,
        "days": [_day(day, dated=True) for day in found.days], "meanings": list(found.meanings),
    }  # fmt: skip


def _day(day: Day, *, dated: bool) -> dict[str, Any]:
    cells = {name: value for name, value in asdict(day).items() if name != "day" and value is not None}
    rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in cells.items()}
    return {**({"day": day.day.isoformat()} if dated else {}), **rounded}


def _range(found: Range) -> dict[str, Any]:
    return {"currency": found.currency, "n": list(found.n), "value": [round(value, 2) for value in found.value]}


def _read(intake: Intake) -> dict[str, Any]:
    return {
        "tool": {"name": "tiktrack", "version": __version__},
        "timezone": intake.timezone,
        "inputs": [
            {"path": read.path, "kind": read.kind, "rows": read.rows, "rejected": read.rejected}
            for read in intake.inputs
        ],
    }


def tally_wire(tally: Tally) -> dict[str, Any]:
    """Counts under their names; causes that did not occur are left out."""
    dropped = {"exact_resend": tally.dropped - tally.late, "late_twin": tally.late}
    alias = tally.over.get("name_mismatch", 0)
    return {
        "sent": tally.sent, "test": tally.test, "failed": tally.failed, "received": tally.received,
        "merged": tally.merged, "dropped": tally.dropped, "dropped_as": {k: n for k, n in dropped.items() if n},
        "counted": tally.counted, "true": tally.true, "over": sum(tally.over.values()), "over_by": dict(tally.over),
        "under": sum(tally.under.values()), "under_by": dict(tally.under), **tally.hints,
        **({"counted_if_names_are_one": tally.counted - alias} if alias else {}),
    }  # fmt: skip


def _remedy(change: Remedy) -> dict[str, Any]:
    cause = BY_ID[change.cause]
    return {
        "event": change.event, "cause": change.cause, "title": cause.title, "n": change.n, "with": cause.with_fix,
        "counted": change.before, "counted_with": change.after, "owner": cause.owner, "note": cause.note or None,
        "roas": round(change.roas[0], 4) if change.roas else None,
        "roas_with": round(change.roas[1], 4) if change.roas else None,
    }  # fmt: skip
