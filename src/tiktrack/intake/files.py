"""What the user named → files, each once, in a stable order."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from tiktrack.intake.names import aside

_FOLDER = "put exports, logs or orders into it, or give another one"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. ``shown`` is what the user calls it; ``named`` is true where the user named it and did not just
    name its folder. ``more`` are files of the same make that are read with it.
    """

    path: Path
    shown: str
    named: bool
    more: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be read: its name, why, and what to do about it. ``quiet`` where it most likely was no data."""

    shown: str
    why: str
    hint: str
    quiet: bool = False


def expand(arguments: Iterable[str], folder: Path) -> list[Found | Refused]:
    """Files behind the arguments; ``folder`` takes what comes from a pipe."""
    found: dict[str, Found | Refused] = {}
    for argument in arguments:
        for item in _expand_one(argument, folder):
            key = os.path.realpath(item.path) if isinstance(item, Found) else item.shown
            found.setdefault(key, item)
    return list(found.values())


def shown(path: Path) -> str:
    """Relative to where the user stands, where that is possible: reports travel."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _expand_one(argument: str, folder: Path) -> Iterator[Found | Refused]:
    if argument == "-":
        yield Found(_copied(sys.stdin.buffer, folder), "-", named=True)
        return
    path = Path(argument)
    try:
        if path.is_dir():
            inside = list(_walked(path))
            yield from inside or [Refused(shown(path), "the folder contains no data file", _FOLDER)]
        elif path.is_file():
            yield Found(path, shown(path), named=True)
        elif path.exists():
            with path.open("rb") as pipe:
                yield Found(_copied(pipe, folder), argument, named=True)
        else:
            yield from _globbed(argument)
    except (OSError, ValueError) as error:
        yield Refused(
            argument, f"cannot be read: {_reason(error)}", "check the name and that you are allowed to read it"
        )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _globbed(pattern: str) -> Iterator[Found | Refused]:
    path = Path(pattern)
    root, rest = (Path(path.anchor), path.relative_to(path.anchor)) if path.anchor else (Path(), path)
    matches = sorted(match for match in root.glob(str(rest)) if match.is_file()) if rest.parts else []
    yield from (Found(match, shown(match), named=True) for match in matches)
    if not matches:
        yield Refused(pattern, "no such file or folder", "check the path; a folder is read with everything in it")


def _walked(folder: Path) -> Iterator[Found | Refused]:
    """Everything in a folder and below it, linked folders included, by name."""
    refused: list[OSError] = []
    seen: set[str] = set()
    for place, below, names in os.walk(folder, onerror=refused.append, followlinks=True):
        real = os.path.realpath(place)
        below[:] = [] if real in seen else sorted(below)
        if real in seen:
            continue
        seen.add(real)
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not aside(path.relative_to(folder).as_posix()):
                yield Found(path, shown(path), named=False)
    for error in refused:
        yield Refused(
            str(error.filename), f"cannot be read: {_reason(error)}", "check that you are allowed to read the folder"
        )


def _copied(stream: BinaryIO, folder: Path) -> Path:
    path = folder / uuid4().hex
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, 1 << 20)
    return path
