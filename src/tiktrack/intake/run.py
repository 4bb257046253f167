"""The whole intake: recognise, load, account, build the canonical tables, lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import InputError, Place
from tiktrack.intake import footers, orders, overlaps, personal, views
from tiktrack.intake.agree import agree
from tiktrack.intake.files import Refused
from tiktrack.intake.gather import gather
from tiktrack.intake.load import load_all
from tiktrack.intake.rows import Rows
from tiktrack.intake.zone import is_zone, zone_of_offsets
from tiktrack.model.report import InputRead, Unknown
from tiktrack.settings import ColumnMap

Progress = Callable[[str], None]

ALWAYS = frozenset({"ts_ms", "event_raw", "channel", "message_hash"})
"""Columns of events that the report and the intake itself need, whatever the rules."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read: inputs in their order, what was refused, and the time zone that days were cut in."""

    inputs: tuple[InputRead, ...]
    unknowns: tuple[Unknown, ...]
    timezone: str
    timezone_from: str
    rows: dict[int, Rows]


def take_in(
    engine: DuckDB,
    paths: Iterable[str],
    needed: frozenset[str],
    *,
    beside_orders: frozenset[str] = frozenset(),
    timezone: str | None = None,
    extracts: Mapping[str, frozenset[str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    progress: Progress = lambda _: None,
    warn: Progress = lambda _: None,
    maps: Sequence[ColumnMap] = (),
) -> Intake:
    """Read everything into ``engine``: of events the columns ``needed``, and ``beside_orders`` where there are orders.
    What cannot be read is told to ``warn`` and listed among the unknowns; the rest goes on.

    Raises InputError where nothing at all could be read.
    """
    needed |= ALWAYS
    with TemporaryDirectory(prefix="tiktrack-") as folder:
        gathered = gather(paths, Path(folder), maps, progress)
        if any(found.source.table == "orders" for found in gathered.recognised):
            needed |= beside_orders
        read, broken = load_all(engine, gathered.recognised, needed, progress)
        if engine.columns("ads_store"):
            overlaps.know_files(engine, {file_id: file.path for file_id, file in enumerate(read)})
    inputs = [file.read for file in read]
    refused = [item for item in (*gathered.refused, *broken) if not item.quiet or not inputs]
    for item in refused if inputs else refused[1:]:  # the first one is the error itself then
        warn(f"{item.shown}: {item.why}\n  → {item.hint}")
    if not inputs:
        raise _nothing(refused)
    progress("counting")
    agreed = agree(engine, [file_id for file_id, file in enumerate(read) if file.translated])
    inputs = [replace(file, notes=(*file.notes, *agreed.get(file_id, ()))) for file_id, file in enumerate(inputs)]
    zone, why = (timezone, "as set") if timezone else _zone_of(engine)
    files_read = {file_id: read.path for file_id, read in enumerate(inputs)}
    cut = views.Cut(zone, since, until)
    payments = [file_id for file_id, file in enumerate(read) if file.payments]
    views.build(engine, cut, files_read, extracts or {}, payments)
    engine.lock()
    spans = _spanned(engine, inputs, cut)
    if not any(read.rows for read in spans):
        raise InputError(
            "none of the files contains a row that can be audited",
            hint="; ".join(f"{read.path}: {_why_empty(read)}" for read in spans),
        )
    unknowns = tuple(
        Unknown(what=Path(item.shown).name, why=item.why, how_to_get=item.hint, file=item.shown) for item in refused
    )
    return Intake(
        tuple(spans), (*unknowns, *gathered.missing), zone, why, {i: file.rows for i, file in enumerate(read)}
    )


def _nothing(refused: list[Refused]) -> InputError:
    if not refused:
        return InputError(
            "no file to audit", hint="give exports, logs or a folder containing them; `tiktrack demo` writes samples"
        )
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return InputError(first.why + more, hint=first.hint, place=Place(first.shown))


def _zone_of(engine: DuckDB) -> tuple[str, str]:
    """The time zone, and where we have it from: the word of the account or of its report, else the clock that the
    orders were written by.
    """
    for table, why in (
        ("setup_store", "the time zone of the account"),
        ("ads_store", "the time zone of the ads report"),
    ):
        if engine.columns(table):
            named = f"from {table} where timezone is not null group by timezone order by count(*) desc, timezone"
            zones = [str(name) for (name,) in engine.rows(f"select timezone {named}").rows if is_zone(str(name))]
            if len(zones) > 1:
                return zones[0], f"the first of several account time zones: {', '.join(zones)}; set it with --tz"
            if zones:
                return zones[0], why
    if engine.columns("orders_store"):
        seen = engine.rows(
            "select max(created_ms), offset_minutes from orders_store "
            "where reject is null and offset_minutes is not null "
            f"group by offset_minutes, created_ms // {30 * 86_400_000}"
        ).rows
        if found := zone_of_offsets(seen):
            return found, "the time zone of the orders; set --tz if the ad account uses another"
    return "UTC", "no file names a time zone; set --tz, or days may be a few hours off"


def _spanned(engine: DuckDB, inputs: Sequence[InputRead], cut: views.Cut) -> list[InputRead]:
    """The inputs with their days and with what was seen in their rows."""
    seen = {table: _by_file(engine, table, cut) for table in {read.table for read in inputs}}
    spanned = []
    for file_id, read in enumerate(inputs):
        say = {"ads": (footers.notes, overlaps.notes), "orders": (orders.notes,)}.get(read.table, ())
        said = [note for tell in say for note in tell(engine, file_id)]
        first, last, plain = seen[read.table].get(file_id, (None, None, {}))
        spanned.append(replace(read, first=first, last=last, notes=(*read.notes, *said, *personal.notes(plain))))
    return spanned


def _by_file(engine: DuckDB, table: str, cut: views.Cut) -> dict[int, tuple[str | None, str | None, dict[str, int]]]:
    """First and last day of each file and what it holds in plain text, in one scan. A report that was set aside for a
    better one tells its days as well.
    """
    counters = personal.counters(engine, table)
    listed = ", ".join(["file_id", "min(day)::varchar", "max(day)::varchar", *counters.values()])
    view = "ads_known" if table == "ads" else table
    rows = engine.rows(f"select {listed} from {view} where {cut.keeps('day')} group by file_id").rows
    return {file_id: (first, last, dict(zip(counters, counts, strict=True))) for file_id, first, last, *counts in rows}


def _why_empty(read: InputRead) -> str:
    """What became of the rows: rejected, with what the notes say of it, or set aside, or there were none."""
    if not read.rejects:
        return "; ".join(note for note in read.notes if " × " in note) or "it holds no rows"
    first = read.rejects[0]
    why = "" if any(first.reason in note for note in read.notes) else f": {first.reason}"
    return "; ".join([f"{read.rejected} rows rejected, the first on row {first.row}{why}", *read.notes])
