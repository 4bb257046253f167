"""Recognised files → stored tables, each with its accounts; a file that cannot be read does not stop the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import EngineError, InputError, Place, UnreadableError
from tiktrack.intake import store
from tiktrack.intake.files import Refused
from tiktrack.intake.recognise import Recognised
from tiktrack.intake.requote import requoted
from tiktrack.intake.rows import Rows, blank_rows
from tiktrack.model.report import InputRead
from tiktrack.sources import Reading
from tiktrack.sources.inside import as_inside

# The engine quotes cells, which may be anybody's address, and paths of the scratch folder.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|/\S+")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: what the report says of it, where it is, and where its records stand; whether its names of
    events are translated on their way, and whether its orders are those of a payment service."""

    read: InputRead
    path: Path
    rows: Rows
    translated: bool = False
    payments: bool = False


def load_all(
    engine: DuckDB, recognised: Sequence[Recognised], needed: frozenset[str], progress: Callable[[str], None]
) -> tuple[list[Loaded], list[Refused]]:
    """Load every file; its number is its position in the result."""
    done: list[Loaded] = []
    broken: list[Refused] = []
    for found in recognised:
        progress(f"reading {found.shown} ({found.source.name})")
        if not engine.columns(f"{found.source.table}_store"):
            store.create(engine, found.source.table, needed)
        try:
            done.append(_load(engine, found, len(done), needed))
        except (UnreadableError, InputError) as error:
            why = f"looks like {found.source.name} but cannot be read: {_QUOTED.sub('…', error.message)}"
            hint = error.hint or "check that the file is complete; export it again, or give it as CSV in UTF-8"
            broken.append(Refused(found.shown, why, hint))
    for table in {found.source.table for found in recognised} - {file.read.table for file in done}:
        engine.run(f"drop table {table}_store")
    return done, broken


def _load(engine: DuckDB, found: Recognised, file_id: int, needed: frozenset[str]) -> Loaded:
    try:
        reading, accounts = _stored(engine, found, file_id, needed)
    except EngineError as error:
        error.place = error.place or Place(found.shown)
        raise
    read = InputRead(
        path=found.shown,
        kind=found.source.name,
        table=found.source.table,
        rows=accounts.rows,
        rejected=accounts.rejected,
        rejects=accounts.rejects,
        mapping=reading.mapping,
        notes=(*found.notes, *reading.notes, *accounts.aside),
    )
    payments = bool(getattr(found.source, "payments", False))
    return Loaded(read, found.path, accounts.places, reading.translated, payments)


def _stored(engine: DuckDB, found: Recognised, file_id: int, needed: frozenset[str]) -> tuple[Reading, store.Accounts]:
    """Load the file as it is; where quotes are astray in a table, load it once more without them."""
    table, seen = found.source.table, found.seen
    reading = as_inside(found.source.read(found.head, needed), found.head)
    blanks = blank_rows(found.head, table=reading.csv) if seen and seen.blank else ()
    rows = Rows(reading.first_row).without(blanks)
    mendable = reading.csv and not found.head.inside
    try:
        accounts = store.load(engine, table, reading, file_id, rows)
        if not (accounts.torn and mendable):
            return reading, accounts
    except UnreadableError:
        if not mendable:
            raise
    mended = requoted(found.head)
    if mended is None:
        raise InputError("its rows cannot be told apart", hint="export it again as CSV in UTF-8")
    store.forget(engine, table, file_id)
    reading = replace(found.source.read(mended, needed), notes=reading.notes)
    return reading, store.load(engine, table, reading, file_id, rows)
