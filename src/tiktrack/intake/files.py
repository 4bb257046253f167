"""What the user named → files, each recognised by its content."""

from __future__ import annotations

import gzip
import sys
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tiktrack.errors import InputError, Place
from tiktrack.intake.pulled import Batch
from tiktrack.sources import SOURCES, Head, Source

# Files that lie beside data and are none: our own, notes, and what operating systems leave behind.
_ASIDE = {".md", ".txt", ".yaml", ".yml", ".html", ".pdf", ".png", ".jpg", ".sarif", ".xml", ".docx", ".changed"}
_OWN = {"expected.json", "report.json", "manifest.json"}
_SURE = 50


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file and the source that reads it; ``path`` is what the report calls it."""

    path: Path
    source: Source
    head: Head
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be read, and why; ``named`` is true where the user named it and did not just name its
    folder.
    """

    path: Path
    why: str
    hint: str
    named: bool


def expand(paths: Iterable[str]) -> list[tuple[Path, bool]]:
    """Files behind the arguments, each once, in a stable order; True where the user named the file itself."""
    found: dict[Path, bool] = {}
    for argument in paths:
        for path, named in _expand_one(argument):
            found.setdefault(path, named)
    return list(found.items())


def _expand_one(argument: str) -> list[tuple[Path, bool]]:
    if argument == "-":
        return [(_from_stdin(), True)]
    path = Path(argument)
    if path.is_dir():
        return [(file, False) for file in sorted(path.rglob("*")) if file.is_file() and not _aside(file, path)]
    if path.exists():
        return [(path, True)]
    matches = _globbed(argument)
    if matches:
        return [(match, True) for match in matches if match.is_file()]
    raise InputError(
        "no such file or folder", hint="check the path; a folder is read with everything in it", place=Place(argument)
    )


def _globbed(pattern: str) -> list[Path]:
    path = Path(pattern)
    root, rest = (Path(path.anchor), path.relative_to(path.anchor)) if path.anchor else (Path(), path)
    return sorted(root.glob(str(rest)))


def _aside(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return hidden or file.suffix.lower() in _ASIDE or file.name in _OWN


def _from_stdin() -> Path:
    with tempfile.NamedTemporaryFile(prefix="tiktrack-stdin-", delete=False) as file:
        while chunk := sys.stdin.buffer.read(1 << 20):
            file.write(chunk)
    return Path(file.name)


def recognise(batch: Batch, folder: Path) -> Recognised | Refused:
    """The source that is surest about the file; ``folder`` takes what has to be rewritten before it can be read."""
    path, named = batch.shown, batch.named
    try:
        head = Head.of(batch.paths[0], folder, batch.paths[1:])
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Refused(
            path, f"cannot be read: {reason}", "check that the file is whole and that you may read it", named
        )
    if not head.raw.strip():
        return Refused(path, "the file is empty", "export it again; an empty month exports at least a header", named)
    score, source = max(((source.sniff(head), source) for source in SOURCES), key=lambda pair: pair[0])
    if score < _SURE:
        return Refused(path, "the kind of file was not recognised", _hint(head), named)
    return Recognised(path, source, head, batch.notes)


def _hint(head: Head) -> str:
    first = head.lines[0][:160] if head.lines else ""
    kinds = "; ".join(source.about for source in SOURCES)
    return f"it begins with: {first!r}. Readable are: {kinds}"
