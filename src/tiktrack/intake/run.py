"""The whole intake: recognise, load, account, build the canonical tables, lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import EngineError, InputError, Place
from tiktrack.intake import files, footers, overlaps, pulled, store, views
from tiktrack.intake.zone import is_zone, zone_of_offsets
from tiktrack.model import InputRead, Reject, Unknown

Progress = Callable[[str], None]

ALWAYS = frozenset({"ts_ms", "event_raw", "channel"})
"""Columns of events that the report itself needs, whatever the rules."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read: inputs in their order, what was refused, and the time zone that days were cut in."""

    inputs: tuple[InputRead, ...]
    unknowns: tuple[Unknown, ...]
    timezone: str
    timezone_from: str
    first_rows: dict[int, int]


def take_in(
    engine: DuckDB,
    paths: Iterable[str],
    needed: frozenset[str],
    *,
    timezone: str | None = None,
    acts: frozenset[str] = frozenset(),
    since: date | None = None,
    until: date | None = None,
    progress: Progress = lambda _: None,
) -> Intake:
    """Read everything into ``engine``.

    Raises InputError where a file that the user named cannot be read, or where nothing at all could be read.
    """
    needed |= ALWAYS
    with TemporaryDirectory(prefix="tiktrack-") as folder:
        recognised, refused, missing = _sort(paths, Path(folder))
        if not recognised:
            raise _nothing(refused)
        inputs, first_rows = _load_all(engine, recognised, needed, progress)
    progress("counting")
    zone, why = (timezone, "as set") if timezone else _zone_of(engine)
    files_read = {file_id: read.path for file_id, read in enumerate(inputs)}
    if engine.columns("ads_store"):
        overlaps.know_files(engine, {file_id: found.path for file_id, found in enumerate(recognised)})
    views.build(engine, views.Cut(zone, since, until), files_read, acts)
    engine.lock()
    spans = [_spanned(engine, read, file_id) for file_id, read in enumerate(inputs)]
    if not any(read.rows for read in spans):
        raise InputError(
            "none of the files holds a row that can be audited",
            hint="; ".join(f"{read.path}: {_why_empty(read)}" for read in spans),
        )
    unknowns = tuple(
        Unknown(what=item.path.name, why=item.why, how_to_get=item.hint, file=str(item.path)) for item in refused
    )
    return Intake(tuple(spans), (*unknowns, *missing), zone, why, first_rows)


def _load_all(
    engine: DuckDB, recognised: list[files.Recognised], needed: frozenset[str], progress: Progress
) -> tuple[list[InputRead], dict[int, int]]:
    for table in dict.fromkeys(found.source.table for found in recognised):
        store.create(engine, table, needed)
    inputs, first_rows = [], {}
    for file_id, found in enumerate(recognised):
        progress(f"reading {found.path.name} ({found.source.name})")
        read, first_rows[file_id] = _load(engine, found, file_id, needed)
        inputs.append(read)
    return inputs, first_rows


def _sort(
    paths: Iterable[str], folder: Path
) -> tuple[list[files.Recognised], list[files.Refused], list[Unknown]]:
    recognised, refused = [], []
    batches, missing = pulled.batches(files.expand(paths))
    for batch in batches:
        found = files.recognise(batch, folder)
        if isinstance(found, files.Recognised):
            recognised.append(found)
        else:
            refused.append(found)
    return recognised, refused, missing


def _nothing(refused: list[files.Refused]) -> InputError:
    if not refused:
        return InputError(
            "no file to audit", hint="name exports, logs or a folder that holds them; `tiktrack demo` writes samples"
        )
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return InputError(first.why + more, hint=first.hint, place=Place(str(first.path)))


def _load(engine: DuckDB, found: files.Recognised, file_id: int, needed: frozenset[str]) -> tuple[InputRead, int]:
    reading = found.source.read(found.head, needed)
    try:
        loaded = store.load(engine, found.source.table, reading, file_id)
    except EngineError as error:
        error.place = error.place or Place(str(found.path))
        raise
    read = InputRead(
        path=_shown(found.path),
        kind=found.source.name,
        table=found.source.table,
        rows=loaded.rows,
        rejected=loaded.rejected,
        rejects=loaded.rejects,
        mapping=reading.mapping,
        notes=(*reading.notes, *found.notes, *loaded.aside),
    )
    return read, reading.first_row


def _shown(path: Path) -> str:
    """Relative to where the user stands, where that is possible: reports travel."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _zone_of(engine: DuckDB) -> tuple[str, str]:
    """The time zone, and where we have it from: the word of the account or of its report, else the clock that the
    orders were written by.
    """
    for table, why in (("setup_store", "as the account says"), ("ads_store", "as the ads report says")):
        if engine.columns(table):
            told = engine.rows(f"select distinct timezone from {table} where timezone is not null").rows
            zones = [name for (name,) in told if is_zone(str(name))]
            if len(zones) == 1:
                return str(zones[0]), why
    if engine.columns("orders_store"):
        seen = engine.rows(
            "select max(created_ms), offset_minutes from orders_store "
            "where reject is null and offset_minutes is not null "
            f"group by offset_minutes, created_ms // {30 * 86_400_000}"
        ).rows
        if found := zone_of_offsets(seen):
            return found, "by the clock of the orders; set it with --tz if the ad account has another one"
    return "UTC", "no file says which; set it with --tz, else days may be cut a few hours off"


def _spanned(engine: DuckDB, read: InputRead, file_id: int) -> InputRead:
    sql = f"select min(day)::varchar, max(day)::varchar from {read.table} where file_id = {file_id}"
    first, last = engine.rows(sql).rows[0]
    said = (*footers.notes(engine, file_id), *overlaps.notes(engine, file_id)) if read.table == "ads" else ()
    return replace(read, first=first, last=last, notes=(*read.notes, *said))


def _why_empty(read: InputRead) -> str:
    if read.rejects:
        first: Reject = read.rejects[0]
        return f"{read.rejected} rows rejected, the first on row {first.row}: {first.reason}"
    return "; ".join(read.notes) or "no rows"
