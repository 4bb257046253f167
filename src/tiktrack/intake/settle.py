"""A file that DuckDB cannot read as it is → a copy in the scratch folder that it can, and notes on what was done.

One row of the user's file stays one row of the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import uuid4

from tiktrack.intake import encoding, framing
from tiktrack.intake.survey import Survey, chunks, survey
from tiktrack.sources.base import LONGEST_LINE
from tiktrack.sources.compressed import BROKEN, NATIVE, compression

_BINARY = {
    # There are sources for Parquet and workbooks; what is said here is for files that none of them can read.
    b"PAR1": "a Parquet file of no known kind: see docs/inputs.md",
    b"PK\x03\x04": "a damaged archive, or a workbook of no known kind: get it again, or export it as CSV",
    b"\xd0\xcf\x11\xe0": "an Office file of no known kind: export it as CSV or XLSX",
    b"%PDF": "a PDF: export the table as CSV or XLSX", b"SQLite format 3": "a SQLite database: export it as CSV",
    b"Rar!": "a RAR archive: unpack it first", b"7z\xbc\xaf": "a 7-Zip archive: unpack it first",
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "an image: export the table as CSV or XLSX"),
    b"ORC": "an ORC file: export it as Parquet or CSV", b"Obj\x01": "an Avro file: export it as Parquet or CSV",
}  # fmt: skip
_SAMPLED, _LOOKED_AT = 20, 2000


def first_bytes(path: Path) -> bytes:
    """Enough to tell what a file is. Raises OSError."""
    with path.open("rb") as file:
        return file.read(16)


def binary(first: bytes) -> str | None:
    """What the file is and what to do about it, by its first bytes; None for a text."""
    return next((hint for magic, hint in _BINARY.items() if first.startswith(magic)), None)


@dataclass(frozen=True, slots=True)
class Text:
    """A text file: how it is packed and written."""

    path: Path
    kind: str
    seen: Survey
    code: str

    @classmethod
    def of(cls, path: Path) -> Text:
        """Look through the file. Raises one of ``BROKEN``."""
        kind = compression(path)
        seen = survey(path, kind)
        return cls(path, kind, seen, encoding.guess(seen))

    @property
    def ready(self) -> bool:
        """Whether DuckDB reads it in place."""
        return self.seen.clean and self.kind in NATIVE

    @property
    def no_text(self) -> bool:
        """Whether it is full of NUL bytes that no encoding explains."""
        start = self.seen.sample[:4096]
        return encoding.wide(start) is None and start.count(0) * 10 > len(start)

    def rows(self, tally: encoding.Tally) -> Iterator[bytes]:
        """Blocks of whole rows in UTF-8, as far as the file can be unpacked."""
        blocks = encoding.mended(self._chunks(), self.code, self.seen, tally)
        first = next(blocks, b"")
        yield first.removeprefix(b"\xef\xbb\xbf")
        yield from blocks

    def _chunks(self) -> Iterator[bytes]:
        try:
            yield from chunks(self.path, self.kind)
        except BROKEN:
            if not self.seen.cut:
                raise

    def rewritten(self, folder: Path) -> tuple[Path, tuple[str, ...]]:
        """The same rows as UTF-8 text that is not packed, under their own name, and what was mended."""
        tally = encoding.Tally()
        target = folder / uuid4().hex / self.path.name
        target.parent.mkdir()
        with target.open("wb") as out:
            for block in self.rows(tally):
                out.write(block)
        return target, self.notes(tally)

    def notes(self, tally: encoding.Tally) -> tuple[str, ...]:
        """What is worth telling about the text."""
        limit = LONGEST_LINE >> 20
        said = {
            f"text in {self.code.upper()}, read as such": self.code.startswith("utf-") and self.code != "utf-8",
            f"text in code page {self.code}, judging by its bytes; save it as UTF-8 if names look wrong": (
                not self.code.startswith("utf-")
            ),
            f"rows with NUL bytes, which were dropped: {tally.nul:,}": tally.nul,
            f"rows with bytes that are not text, shown as \ufffd: {tally.replaced:,}": tally.replaced,
            f"rows longer than {limit} MB, which were rejected: {tally.too_long:,}": tally.too_long,
            f"the file is cut off ({self.seen.cut}): everything before that was read": self.seen.cut,
        }
        return tuple(note for note, true in said.items() if true)


def framed_as(text: Text) -> list[tuple[framing.Path, bytes]]:
    """The ways in which the text may hold JSON objects: where they stand, and the first of them, one a line."""
    start = next(text.rows(encoding.Tally()), b"")
    if b"{" not in start:
        return []
    found = []
    for path in [(), *framing.lists(start)]:
        records = framing.lines(text.rows(encoding.Tally()), path, framing.Pieces())
        whole = (record for record in islice(records, _LOOKED_AT) if not record.startswith(encoding.UNREADABLE))
        if sample := b"".join(islice(whole, _SAMPLED)):
            found.append((path, sample))
    return found


def unframed(text: Text, path: framing.Path, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The objects at ``path``, one a line, and what was seen on the way."""
    tally, pieces = encoding.Tally(), framing.Pieces()
    target = folder / f"{uuid4().hex}.jsonl"
    with target.open("wb") as out:
        for line in framing.lines(text.rows(tally), path, pieces):
            out.write(line)
    where = f"in the list '{'.'.join(key.decode(errors='replace') for key in path)}'" if path else "not one a line"
    notes = [f"JSON objects {where}; rows are counted by object"]
    if pieces.words:
        notes.append(f"{pieces.words:,} × lines without JSON, as a log's other messages")
    if pieces.lost:
        notes.append(f"the JSON breaks off after object {pieces.whole:,}: what follows is counted as one rejected row")
    return target, (*text.notes(tally), *notes)
