"""``tiktrack/simulate/v1``: the simulation as JSON, for other programs. Additive changes only."""

from __future__ import annotations

from typing import Any

from tiktrack import __version__
from tiktrack.ledger.causes import BY_ID
from tiktrack.ledger.remedies import Remedy, words
from tiktrack.ledger.run import Simulated
from tiktrack.ledger.simulation import Tally, summed, total

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
        "tool": {"name": "tiktrack", "version": __version__},
        "timezone": done.intake.timezone,
        "inputs": [
            {"path": read.path, "kind": read.kind, "rows": read.rows, "rejected": read.rejected}
            for read in done.intake.inputs
        ],
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
        "event": change.event, "cause": change.cause, "title": cause.title, "n": change.n, "with": words(change.cause),
        "counted": change.before, "counted_with": change.after, "owner": cause.owner, "note": cause.note or None,
        "roas": round(change.roas[0], 4) if change.roas else None,
        "roas_with": round(change.roas[1], 4) if change.roas else None,
    }  # fmt: skip
