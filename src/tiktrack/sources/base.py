"""What a source is: it recognises a file by its content and says how DuckDB reads it."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

HEAD_BYTES = 256 * 1024


@dataclass(frozen=True)
class Head:
    """The beginning of a file: enough to recognise it."""

    path: Path
    raw: bytes
    folder: Path

    @classmethod
    def of(cls, path: Path, folder: Path) -> Head:
        """Read the first bytes of ``path``, through gzip where it is compressed. ``folder`` is for :meth:`scratch`."""
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as file:
            return cls(path, file.read(HEAD_BYTES), folder)

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
        lines = self.text.splitlines()
        return lines[:-1] if len(self.raw) >= HEAD_BYTES and len(lines) > 1 else lines

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """JSON objects on the first lines; empty where the file is no JSONL."""
        found = []
        for line in self.lines[:50]:
            if not line.lstrip().startswith("{"):
                continue
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                found.append(value)
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read.

    ``sql`` selects the stored columns of the table, and ``reject``: NULL for a row that was understood, a reason
    for one
    that was not, and a text that starts with ``#`` for a row that is no data (a footer). ``first_row`` is the number of
    the first record in the file; ``csv`` says that DuckDB's CSV reader keeps its own list of rejected lines.
    """

    sql: str
    mapping: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    first_row: int = 1
    csv: bool = False


class Source(Protocol):
    """One kind of file."""

    name: str
    table: str
    about: str

    def sniff(self, head: Head) -> int:
        """How sure we are that the file is of this kind, 0 to 100."""
        ...

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        """How to read it; ``needed`` names the columns that somebody will ask for."""
        ...


def quoted(text: str) -> str:
    """A SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """A SQL identifier."""
    return '"' + text.replace('"', '""') + '"'
