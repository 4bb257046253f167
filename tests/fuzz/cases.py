"""One case: a fixture, mutations of it, and what has to hold when it is read."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.mutations import MUTATIONS, packed
from tests.helpers import ALL_COLUMNS, ROOT
from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import InputError
from tiktrack.intake import Intake, take_in

_SHAPES = ROOT / "tests" / "sources" / "shapes"
_MEMORY = 1 << 30
_LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Fixture:
    """A file, and whether each of its lines but the header is one record, so that they can be counted apart from us."""

    path: Path
    a_line_a_record: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that broke a promise; ``seed`` makes it again."""

    seed: int
    fixture: str
    mutations: tuple[str, ...]
    what: str


def fixtures(folder: Path, every: int = 1) -> list[Fixture]:
    """All fixtures, or every so-many-th; those whose lines are their records are found by reading them as they are."""
    found = []
    for path in sorted(_SHAPES.glob("*/in*"))[::every]:
        beside = path.with_name(path.name + ".manifest").exists()  # means nothing without the file beside it
        if path.suffix != ".manifest" and not beside and path.stat().st_size < _LARGEST:
            found.append(Fixture(path, _is_a_line_a_record(path, folder)))
    return found


def _is_a_line_a_record(path: Path, folder: Path) -> bool:
    data = path.read_bytes()
    try:
        return _accounts_for(data, _read(path, data, folder)) is None
    except InputError:
        return False


def failures(seeds: Iterator[int], known: list[Fixture], folder: Path) -> Iterator[Failure | None]:
    """One result a seed; None where all promises were kept."""
    for seed in seeds:
        chance = Random(seed)
        fixture = chance.choice(known)
        chosen = chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3)))
        data = fixture.path.read_bytes()
        for mutation in chosen:
            data = mutation(data, chance) or b"\n"
        yield _failure(seed, fixture, tuple(m.__name__ for m in chosen), data, folder)


def _failure(seed: int, fixture: Fixture, names: tuple[str, ...], data: bytes, folder: Path) -> Failure | None:
    def broken(what: str) -> Failure:
        return Failure(seed, f"{fixture.path.parent.name}/{fixture.path.name}", names, what)

    try:
        read = _read(fixture.path, data, folder)
    except InputError as error:
        place = str(error.place) + error.message + (error.hint or "")
        return None if error.hint and fixture.path.name in place else broken(f"no place or remedy: {error.lines()}")
    except Exception:
        return broken(traceback.format_exc())
    if wrong := _promises(read):
        return broken(wrong)
    exact = fixture.a_line_a_record and packed.__name__ not in names
    return broken(wrong) if exact and (wrong := _accounts_for(data, read)) else None


@dataclass(frozen=True, slots=True)
class _Read:
    intake: Intake
    records: int


def _read(path: Path, data: bytes, folder: Path) -> _Read:
    target = folder / path.name
    target.write_bytes(data)
    with DuckDB(memory_bytes=_MEMORY, threads=1, folder=folder) as engine:
        intake = take_in(engine, [str(target)], ALL_COLUMNS)
        stored, rejected = 0, 0
        for table in {read.table for read in intake.inputs}:
            starts = "count_if(record_start)" if table == "events" else "count(*)"
            known = "count_if(reject is not null and not starts_with(reject, '#'))"
            records, not_understood = engine.rows(f"select {starts}, {known} from {table}_store").rows[0]
            stored, rejected = stored + records, rejected + not_understood
    refused = sum(read.rejected for read in intake.inputs) - rejected  # by the CSV reader, so never stored
    return _Read(intake, stored + refused)


def _promises(read: _Read) -> str | None:
    """Every message names file and place."""
    for item in read.intake.inputs:
        if item.rejected and not item.rejects:
            return f"{item.rejected} rejected rows without a place"
        if any(reject.row is None or reject.row < 1 or not reject.reason for reject in item.rejects):
            return f"a reject without row or reason: {item.rejects}"
    for unknown in read.intake.unknowns:
        if not (unknown.what and unknown.why and unknown.how_to_get):
            return f"an unknown without a remedy: {unknown}"
    return None


def _accounts_for(data: bytes, read: _Read) -> str | None:
    """Compare with our own count of records, for text in UTF-8 with one record a line and no quotes astray."""
    if len(read.intake.inputs) != 1:
        return "not one input"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    is_json = sum(isinstance(_loaded(line), dict) for line in lines) * 2 > len(lines)
    if is_json:
        lines = [line for line in lines if line.strip()]
    while not is_json and lines and not lines[0].strip():
        lines.pop(0)
    if "\r" in text or "\0" in text or (not is_json and '"' in text):
        return None
    expected = len(lines) if is_json else len(lines) - 1 - _above_the_header(read)
    return None if read.records == expected else f"{read.records} records accounted for, {expected} in the file"


def _above_the_header(read: _Read) -> int:
    """Rows that a note says were not read."""
    said = [re.search(r"rows above it, which were not read: (\d+)", note) for note in read.intake.inputs[0].notes]
    return sum(int(match[1]) for match in said if match)


def _loaded(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
