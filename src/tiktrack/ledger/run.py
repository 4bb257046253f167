"""Files in, records out: the work behind ``tiktrack simulate`` and ``tiktrack reconcile``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import InputError, UsageError
from tiktrack.intake import Intake, take_in
from tiktrack.ledger.build import NEEDED, NUMBERED, SIMULATED, build, build_of_conversions
from tiktrack.ledger.daily import Daily, daily
from tiktrack.ledger.extract import extract
from tiktrack.ledger.reconciliation import Reconciliation, reconciliation
from tiktrack.ledger.remedies import Remedy, Reported, remedies, reported
from tiktrack.ledger.simulation import Simulation, simulation
from tiktrack.nearest import did_you_mean
from tiktrack.settings import Settings

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was read and what came out of it."""

    intake: Intake
    simulation: Simulation
    remedies: tuple[Remedy, ...]
    reported: Reported | None


def simulate(
    settings: Settings, *, memory_bytes: int, only: tuple[str, ...] = (), progress: Progress = lambda _: None
) -> Simulated:
    """Replay the merge rule on the log in ``settings.paths``; ``only`` keeps events of these names.

    Raises InputError where there is no log, UsageError where a name of ``only`` is not in it.
    """
    with DuckDB(memory_bytes=memory_bytes, threads=settings.threads) as engine:
        intake = _read(engine, settings, SIMULATED, progress)
        progress("replaying the merge rule")
        build(engine, "events")
        found, report = _only(simulation(engine), only), reported(engine)
        return Simulated(intake, found, tuple(remedies(found.rows, report)), report)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was read and what came out of it; ``extracted`` are the files written, with their number of rows."""

    intake: Intake
    reconciliation: Reconciliation
    daily: Daily
    extracted: tuple[tuple[Path, int], ...] = ()


def reconcile(
    settings: Settings, *, memory_bytes: int, extract_to: Path | None = None, progress: Progress = lambda _: None
) -> Reconciled:
    """Hold the orders in ``settings.paths`` against the log there. Raises InputError where one of the two is
    missing.
    """
    with DuckDB(memory_bytes=memory_bytes, threads=settings.threads) as engine:
        intake = _read(engine, settings, NEEDED, progress)
        if not engine.columns("orders"):
            raise InputError(
                "these files contain no shop orders",
                hint="add the orders export: in Shopify Orders → Export → Plain CSV for the same days",
            )
        progress("comparing orders with events")
        build_of_conversions(engine)
        found = Reconciled(intake, reconciliation(engine), daily(engine))
        if extract_to is None:
            return found
        progress(f"writing {extract_to}")
        return replace(found, extracted=tuple(extract(engine, intake, extract_to)))


def _only(found: Simulation, names: tuple[str, ...]) -> Simulation:
    known = dict.fromkeys(row.event for row in found.rows)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, f"the log contains {', '.join(known)}")
            raise UsageError(f"there is no event '{name}' in the log", hint=hint)
    if not names:
        return found
    rows = tuple(row for row in found.rows if row.event in names)
    return replace(found, rows=rows, names=tuple(n for n in found.names if n.event in names))


def _read(engine: DuckDB, settings: Settings, needed: frozenset[str], progress: Progress) -> Intake:
    intake = take_in(
        engine, settings.paths, needed, beside_orders=NUMBERED, timezone=settings.timezone,
        since=settings.since, until=settings.last_day, progress=progress, maps=settings.map,
    )  # fmt: skip
    if not engine.columns("events"):
        raise InputError(
            "these files contain no event log",
            hint="add Events API requests or pixel hits as JSON lines, or a CSV with one event per row",
        )
    return intake
