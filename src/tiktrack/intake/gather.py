"""What the user named → what can be read, what cannot, and what is known to be missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tiktrack.intake import pulled
from tiktrack.intake.files import Found, Refused, expand, shown
from tiktrack.intake.recognise import Recognised, recognise
from tiktrack.intake.twins import once
from tiktrack.model.report import Unknown
from tiktrack.settings import ColumnMap
from tiktrack.sources.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything behind the arguments, each in the order of the files."""

    recognised: tuple[Recognised, ...]
    refused: tuple[Refused, ...]
    missing: tuple[Unknown, ...]


def gather(paths: Iterable[str], folder: Path, maps: Sequence[ColumnMap], progress: Callable[[str], None]) -> Gathered:
    """Find and recognise all files; ``folder`` takes what has to be rewritten before it can be read."""
    listed = expand(paths, folder)
    refused = [item for item in listed if isinstance(item, Refused)]
    found, missing = _batched([item for item in listed if isinstance(item, Found)])
    recognised: list[Recognised] = []
    for file in found:
        progress(f"looking at {file.shown}")
        for item in recognise(file, folder, maps):
            if isinstance(item, Recognised):
                recognised.append(item)
            else:
                refused.append(item)
    used = {id(item.source.map) for item in recognised if isinstance(item.source, Mapped)}
    refused += [_unused(column_map) for column_map in maps if id(column_map) not in used]
    return Gathered(tuple(once(recognised)), tuple(refused), tuple(missing))


def _unused(column_map: ColumnMap) -> Refused:
    wanted = ", ".join(f"'{header}'" for header in column_map.columns.values())
    where = f"no file that fits {column_map.files}" if column_map.files else "no file"
    return Refused(column_map.origin, f"the map for {column_map.kind} was not used: {where} has the columns {wanted}",
                   "correct its headers, or leave the map out")  # fmt: skip


def _batched(files: list[Found]) -> tuple[list[Found], list[Unknown]]:
    """Pages of a pull become one file a part."""
    names = {file.path: file.shown for file in files}
    batches, missing = pulled.batches([(file.path, file.named) for file in files])
    found = [
        Found(batch.paths[0], names.get(batch.shown) or shown(batch.shown), batch.named, batch.paths[1:], batch.notes)
        for batch in batches
    ]
    return found, missing
