"""What a source is: it recognises a file by its content and says how DuckDB reads it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from tiktrack.sources.compressed import compression, open_plain

HEAD_BYTES = 256 * 1024
LONGEST_LINE = 16 * 1024 * 1024
"""A line, or a JSON object, may have this many bytes."""
_LINES_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Inside:
    """JSON that a table holds: a SELECT of the texts, as ``line``, and what ``Reading`` has to know of the table."""

    lines: str
    first_row: int
    csv: bool
    note: str


@dataclass(frozen=True)
class Head:
    """The beginning of a file: enough to recognise it. ``raw`` is unpacked, and holds the first line whole; ``more``
    are files of the same make that are read with it. Of JSON inside of a table ``raw`` are its first texts; of a
    workbook ``tab`` is read, or the fullest one."""

    path: Path
    raw: bytes
    folder: Path
    compression: str = "none"
    more: tuple[Path, ...] = ()
    inside: Inside | None = None
    tab: str | None = None

    @classmethod
    def of(cls, path: Path, folder: Path, more: tuple[Path, ...] = ()) -> Head:
        """Read the beginning of ``path``, through its compression. ``folder`` is for :meth:`scratch`."""
        kind = compression(path)
        with open_plain(path, kind) as file:
            raw = file.read(HEAD_BYTES)
            while b"\n" not in raw and len(raw) < LONGEST_LINE and (block := file.read(HEAD_BYTES)):
                raw += block
        return cls(path, raw, folder, kind, more)

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files that are read together, the first of them is :attr:`path`."""
        return (self.path, *self.more)

    def scratch(self, suffix: str) -> Path:
        """A new path for a file that DuckDB reads instead of the original, gone when everything is read."""
        return self.folder / f"{uuid4().hex}{suffix}"

    @cached_property
    def text(self) -> str:
        """The beginning as text; undecodable bytes are replaced."""
        return self.raw.decode("utf-8-sig", errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        """Whole lines of the beginning; the last one is dropped where the file goes on."""
        lines = re.split("\r\n|\n|\r", self.text.removesuffix("\n"))
        return lines[:-1] if len(self.raw) >= HEAD_BYTES and len(lines) > 1 else lines

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """JSON objects on the first lines; empty where most of them hold none, so that the file is no JSONL."""
        lines = [line for line in self.lines[:_LINES_LOOKED_AT] if line.strip()]
        found = [value for line in lines if isinstance(value := _parsed(line), dict)]
        return found if len(found) * 2 >= len(lines) else []


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read.

    ``sql`` selects the stored columns of the table, and ``reject``: NULL for a row that was understood, a reason for
    one that was not, and a text that starts with ``#`` for a row that is no data (a footer). ``first_row`` is the
    number of the first record in the file; ``csv`` says that DuckDB's CSV reader keeps its own list of rejected lines;
    ``translated`` that TikTok gets other names than the file holds, set in a connector and not in the file.
    """

    sql: str
    mapping: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    first_row: int = 1
    csv: bool = False
    translated: bool = False


class Source(Protocol):
    """One kind of file."""

    @property
    def name(self) -> str:
        """What the kind is called in reports."""
        ...

    @property
    def table(self) -> str:
        """The canonical table that it fills."""
        ...

    @property
    def about(self) -> str:
        """A line for users: what the kind is and how it is recognised."""
        ...

    def sniff(self, head: Head) -> int:
        """How sure we are that the file is of this kind, 0 to 100."""
        ...

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        """How to read it; ``needed`` names the columns that somebody will ask for."""
        ...


def limits_of(source: Source) -> str:
    """What the kind cannot do, for users; most have no limits of their own."""
    return str(getattr(source, "limits", ""))


def quoted(text: str) -> str:
    """A SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """A SQL identifier."""
    return '"' + text.replace('"', '""') + '"'
