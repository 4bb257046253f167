"""Files → each with the source that reads it, by its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from zipfile import BadZipFile

from tiktrack.intake import archive
from tiktrack.intake.explain import not_understood
from tiktrack.intake.files import Found, Refused
from tiktrack.intake.names import PROSE
from tiktrack.intake.requote import LONG_ROW, requoted
from tiktrack.intake.settle import Text, binary, first_bytes, framed_as, unframed
from tiktrack.intake.survey import Survey
from tiktrack.settings import ColumnMap
from tiktrack.sources import OF_LINES, SOURCES, Head, Source
from tiktrack.sources.compressed import BROKEN
from tiktrack.sources.flat import any_flat
from tiktrack.sources.inside import inside
from tiktrack.sources.mapped import Mapped
from tiktrack.sources.workbook import filled_tabs, is_workbook

_SURE = 50
_RECORD = b"\x1e"
"""What a JSON text sequence (RFC 7464) puts before each object; for DuckDB such a line is no JSON."""
_READABLE = "give exports, logs or orders as CSV, XLSX, JSON or Parquet"
_EMPTY = ("the file is empty", "export it again; even an empty month has a header row")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file and the source that reads it. ``head`` is that of the file that is really read, which may be a rewritten
    copy; ``path`` is the user's file, ``notes`` say what was done to it, and ``seen`` is what its text holds, unless
    it was put in another frame.
    """

    shown: str
    path: Path
    source: Source
    head: Head
    notes: tuple[str, ...] = ()
    seen: Survey | None = None


def recognise(found: Found, folder: Path, maps: Sequence[ColumnMap] = ()) -> Iterator[Recognised | Refused]:
    """What the file is, or, where it is an archive, what each of its files is. ``folder`` takes what has to be
    rewritten before it can be read; ``maps`` are the user's own.
    """
    try:
        if archive.is_archive(found.path):
            yield from _members(found, folder, maps)
        else:
            yield from _tabs(_File(found, folder, _sources(found, maps)))
    except BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Refused(
            found.shown,
            f"cannot be read: {reason}",
            "check that the file is complete and that you are allowed to read it",
        )


def _tabs(file: _File) -> Iterator[Recognised | Refused]:
    """The file; where it is a workbook, each of its tabs that is something, or, if none is, why the fullest is not."""
    found = file.found
    tabs = filled_tabs(found.path) if is_workbook(found.path, first_bytes(found.path)) else ()
    if len(tabs) < 2:
        yield file.recognised()
        return
    each = {
        tab: replace(file, found=replace(found, shown=f"{found.shown}/{tab}"), tab=tab).recognised() for tab in tabs
    }
    read = {tab: item for tab, item in each.items() if isinstance(item, Recognised)}
    others = ", ".join(tab for tab in each if tab not in read)
    if not read:
        yield each[tabs[0]]
    elif len(read) == 1:
        ((tab, item),) = read.items()
        yield replace(item, shown=found.shown, notes=(*item.notes, f"only the tab '{tab}' was read, not {others}"))
    else:
        said = (f"tabs that were not recognised: {others}",) if others else ()
        yield from (replace(item, notes=(*item.notes, *said)) for item in read.values())


def _sources(found: Found, maps: Sequence[ColumnMap]) -> tuple[Source, ...]:
    """All sources; a map comes first, so that it wins over a source that is as sure."""
    fitting = [m for m in maps if m.files is None or fnmatch(found.shown, m.files) or Path(found.shown).match(m.files)]
    return (*map(Mapped, fitting), *SOURCES)


def _members(found: Found, folder: Path, maps: Sequence[ColumnMap]) -> Iterator[Recognised | Refused]:
    empty = True
    try:
        for member in archive.members(found.path, folder):
            empty = False
            shown = f"{found.shown}/{member.name}"
            if member.path is None:
                yield Refused(shown, member.why, member.hint)
            elif archive.is_archive(member.path):
                yield Refused(shown, "is an archive within an archive", "unpack the outer one first")
            else:
                yield from recognise(Found(member.path, shown, named=False), folder, maps)
    except BadZipFile as error:
        yield Refused(found.shown, f"is a damaged archive: {error}", "get it again, or unpack what can be unpacked")
        return
    if empty:
        yield Refused(found.shown, "the archive contains no data file", "check what was packed")


@dataclass(frozen=True, slots=True)
class _File:
    """A file and the sources that may read it."""

    found: Found
    folder: Path
    sources: tuple[Source, ...]
    tab: str | None = None

    def recognised(self) -> Recognised | Refused:
        """Raises one of ``BROKEN``."""
        found = self.found
        what = binary(first_bytes(found.path))
        if what is None and not found.more:
            return self._text(Text.of(found.path))
        head = replace(Head.of(found.path, self.folder, found.more), tab=self.tab)
        score, source, seen = self._surest(head)
        if score >= _SURE:
            return self._read_by(source, seen, found.notes)
        if any_flat(head):
            return not_understood(found.shown, head)
        kind, _, remedy = (what or f"a file of no known kind: {_READABLE}").partition(": ")
        return Refused(found.shown, f"is {kind}", remedy)

    def _text(self, text: Text) -> Recognised | Refused:
        shown = self.found.shown
        if not text.seen.size:
            return Refused(shown, *_EMPTY)
        if text.no_text:
            return Refused(shown, "the kind of file was not recognised: it is not text", _READABLE)
        path, mended = (self.found.path, ()) if text.ready else text.rewritten(self.folder)
        notes = (*self.found.notes, *mended)
        head = Head.of(path, self.folder)
        start = head.text.lstrip()[:1]
        if not start:
            return Refused(shown, *_EMPTY)
        if text.seen.longest > LONG_ROW:
            # DuckDB keeps a refused line once for each cell too many: one long line would take all memory and time.
            head = requoted(head) or head
        score, source, seen = self._surest(head)
        lined = (bool(head.objects) and not head.raw.startswith(_RECORD)) or start not in ("{", "[")
        # Objects that are not one a line are no lines of JSON, however well the few that are look.
        surer = start != "[" and (lined or source not in OF_LINES)
        if not (score >= _SURE and lined) and (framed := self._framed(text, head, at_least=score + surer)):
            return framed
        if score >= _SURE:
            return self._read_by(source, seen, notes, text.seen)
        quiet = Path(shown).suffix.lower() in PROSE and not self.found.named
        return not_understood(shown, head, quiet=quiet)

    def _framed(self, text: Text, head: Head, *, at_least: int) -> Recognised | None:
        """The file as JSON objects that are not one a line, where a source knows them better than the file as it is."""
        best: tuple[int, Source, tuple[bytes, ...]] | None = None
        for path, sample in framed_as(text):
            score, source, _ = self._surest(Head(head.path, sample, self.folder))
            if score >= max(at_least, _SURE) and (best is None or score > best[0]):
                best = score, source, path
        if best is None:
            return None
        target, notes = unframed(text, best[2], self.folder)
        return self._read_by(best[1], Head.of(target, self.folder), (*self.found.notes, *notes))

    def _surest(self, head: Head) -> tuple[int, Source, Head]:
        """How sure the surest source is, which it is, and the head that it reads: a table may hold JSON inside."""
        return max(self._opinions(head), key=lambda opinion: opinion[0])

    def _opinions(self, head: Head) -> Iterator[tuple[int, Source, Head]]:
        yield from ((source.sniff(head), source, head) for source in self.sources)
        for seen, doubt in inside(head):
            yield from ((source.sniff(seen) - doubt, source, seen) for source in OF_LINES)

    def _read_by(self, source: Source, head: Head, notes: tuple[str, ...], seen: Survey | None = None) -> Recognised:
        return Recognised(self.found.shown, self.found.path, source, head, notes, seen)
