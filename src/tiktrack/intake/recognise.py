"""Files → each with the source that reads it, by its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from tiktrack.intake import archive
from tiktrack.intake.explain import not_understood
from tiktrack.intake.files import Found, Refused
from tiktrack.intake.names import PROSE
from tiktrack.intake.settle import Text, binary, framed_as, unframed
from tiktrack.sources import OF_LINES, SOURCES, Head, Source
from tiktrack.sources.compressed import BROKEN
from tiktrack.sources.inside import inside

_SURE = 50
_READABLE = "give exports, logs or orders as CSV, XLSX, JSON or Parquet"
_EMPTY = ("the file is empty", "export it again; an empty month exports at least a header")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file and the source that reads it. ``head`` is that of the file that is really read, which may be a rewritten
    copy; ``path`` is the user's file, and ``notes`` say what was done to it.
    """

    shown: str
    path: Path
    source: Source
    head: Head
    notes: tuple[str, ...] = ()


def recognise(found: Found, folder: Path) -> Iterator[Recognised | Refused]:
    """What the file is, or, where it is an archive, what each of its files is. ``folder`` takes what has to be
    rewritten before it can be read.
    """
    try:
        if archive.is_archive(found.path):
            yield from _members(found, folder)
        else:
            yield _one(found, folder)
    except BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Refused(found.shown, f"cannot be read: {reason}", "check that the file is whole and that you may read it")


def _members(found: Found, folder: Path) -> Iterator[Recognised | Refused]:
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
                yield _one(Found(member.path, shown, named=False), folder)
    except BadZipFile as error:
        yield Refused(found.shown, f"is a damaged archive: {error}", "get it again, or unpack what can be unpacked")
        return
    if empty:
        yield Refused(found.shown, "the archive holds no file with data", "check what was packed")


def _one(found: Found, folder: Path) -> Recognised | Refused:
    with found.path.open("rb") as file:
        first = file.read(16)
    what = binary(first)
    if what is not None or found.more:
        head = Head.of(found.path, folder, found.more)
        score, source, seen = _surest(head)
        if score >= _SURE:
            return Recognised(found.shown, found.path, source, seen, found.notes)
        kind, _, remedy = (what or f"a file of no known kind: {_READABLE}").partition(": ")
        return Refused(found.shown, f"is {kind}", remedy)
    return _text(found, Text.of(found.path), folder)


def _text(found: Found, text: Text, folder: Path) -> Recognised | Refused:
    if not text.seen.size:
        return Refused(found.shown, *_EMPTY)
    if text.no_text:
        return Refused(found.shown, "the kind of file was not recognised: it is no text", _READABLE)
    path, mended = (found.path, ()) if text.ready else text.rewritten(folder)
    notes = (*found.notes, *mended)
    head = Head.of(path, folder)
    if not head.text.strip():
        return Refused(found.shown, *_EMPTY)
    score, source, seen = _surest(head)
    lined = bool(head.objects) or head.text.lstrip()[:1] not in ("{", "[")
    if score >= _SURE and lined:
        return Recognised(found.shown, found.path, source, seen, notes)
    framed = _framed(found, text, head, folder, at_least=score + (head.text.lstrip()[:1] != "["))
    if framed:
        return framed
    if score >= _SURE:
        return Recognised(found.shown, found.path, source, seen, notes)
    prose = Path(found.shown).suffix.lower() in PROSE and not found.named
    return not_understood(found.shown, head, quiet=prose)


def _framed(found: Found, text: Text, head: Head, folder: Path, *, at_least: int) -> Recognised | None:
    """The file as JSON objects that are not one a line, where a source knows them better than the file as it is."""
    best: tuple[int, Source, tuple[bytes, ...]] | None = None
    for path, sample in framed_as(text):
        score, source, _ = _surest(Head(head.path, sample, folder))
        if score >= max(at_least, _SURE) and (best is None or score > best[0]):
            best = score, source, path
    if best is None:
        return None
    target, notes = unframed(text, best[2], folder)
    return Recognised(found.shown, found.path, best[1], Head.of(target, folder), notes)


def _surest(head: Head) -> tuple[int, Source, Head]:
    """The source that is surest, how sure it is, and the head that it reads: a table may hold JSON inside."""
    return max(_opinions(head), key=lambda opinion: opinion[0])


def _opinions(head: Head) -> Iterator[tuple[int, Source, Head]]:
    yield from ((source.sniff(head), source, head) for source in SOURCES)
    for seen, doubt in inside(head):
        yield from ((source.sniff(seen) - doubt, source, seen) for source in OF_LINES)
