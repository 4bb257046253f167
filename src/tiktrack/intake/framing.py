"""JSON in any frame → one object a line.

Frames are an array, objects one after the other, pretty-printed objects, and a list inside of objects.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass

from tiktrack.intake.cursor import Cursor, TornError
from tiktrack.intake.encoding import UNREADABLE

Path = tuple[bytes, ...]
"""Keys that lead from a top-level object to the list that holds the records; empty: the objects themselves."""

_DEPTH = 3
_OPEN, _CLOSE, _LIST, _LIST_END = (ord(c) for c in "{}[]")


@dataclass(slots=True)
class Pieces:
    """Counts of what was cut out; ``lost`` where the rest of the file could not be told apart."""

    whole: int = 0
    torn: int = 0
    lost: bool = False


def lines(chunks: Iterator[bytes], path: Path, pieces: Pieces) -> Iterator[bytes]:
    """The records, each on a line; what is no object becomes a mark, so that it is counted as a rejected row."""
    for record in _Cut(Cursor(chunks), pieces).records(path):
        if record is None:
            pieces.torn += 1
            yield UNREADABLE + b"\n"
        else:
            pieces.whole += 1
            yield record.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n"


class _Cut:
    """Walks through the stream; every method moves the cursor on."""

    def __init__(self, cursor: Cursor, pieces: Pieces) -> None:
        self.cursor = cursor
        self.pieces = pieces

    def records(self, path: Path) -> Iterator[bytes | None]:
        """Objects at the top of the stream, or in lists there; None for what is none."""
        cursor = self.cursor
        while (byte := cursor.peek()) != -1:
            if byte in (_LIST, _LIST_END, _CLOSE):
                cursor.take()
            elif byte != _OPEN:
                if cursor.scalar() or not cursor.rubbish():
                    yield None
            elif path:
                if not (yield from self._inside(path)):
                    yield None
            else:
                yield from self._one()

    def _one(self) -> Iterator[bytes | None]:
        try:
            yield self.cursor.value()
        except TornError:
            yield None
            self._recover()

    def _recover(self) -> None:
        self.pieces.lost = not self.cursor.recover()

    def _inside(self, path: Path) -> Generator[bytes | None, None, bool]:
        """Records of the list at ``path`` inside of the object at the cursor; returns whether it told of any list, or
        broke off and was counted for that: an object without one must not be lost in silence."""
        cursor, told = self.cursor, False
        try:
            cursor.take()
            while cursor.peek() != _CLOSE:
                key = cursor.key()
                following = cursor.peek()
                if key == path[0] and len(path) > 1 and following == _OPEN:
                    told |= yield from self._inside(path[1:])
                elif key == path[0] and len(path) == 1 and following == _LIST:
                    yield from self._listed()
                    told = True
                else:
                    _skip(cursor)
            cursor.take()
        except TornError:
            yield None
            self._recover()
            return True
        return told

    def _listed(self) -> Iterator[bytes | None]:
        cursor = self.cursor
        cursor.take()
        while (byte := cursor.peek()) != _LIST_END:
            if byte == _OPEN:
                yield from self._one()
            elif byte == _LIST:
                cursor.value()
                yield None
            elif cursor.scalar():
                yield None
            else:
                raise TornError
        cursor.take()


def _skip(cursor: Cursor) -> None:
    if cursor.peek() in (_OPEN, _LIST):
        cursor.value()
    elif not cursor.scalar():
        raise TornError


def lists(beginning: bytes) -> list[Path]:
    """Where lists of objects stand in the first object of a file, nearest to the top first."""
    cursor, found = Cursor(iter([beginning])), list[Path]()
    while cursor.peek() == _LIST:
        cursor.take()
    with suppress(TornError):  # the beginning of a file ends somewhere inside
        _look(cursor, (), found)
    return sorted(found, key=len)


def _look(cursor: Cursor, path: Path, found: list[Path]) -> None:
    if cursor.peek() != _OPEN or len(path) == _DEPTH:
        _skip(cursor)
        return
    cursor.take()
    while cursor.peek() != _CLOSE:
        key = cursor.key()
        if cursor.peek() == _LIST and cursor.opens_objects():
            found.append((*path, key))
        _look(cursor, (*path, key), found)
    cursor.take()
