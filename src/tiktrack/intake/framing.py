"""JSON in any frame → one object a line.

Frames are an array, objects one after the other, pretty-printed objects, a list inside of objects, and lines of a log:
words around an object are no record, and a line of nothing but words is another message of the log.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass

from tiktrack.intake.cursor import Cursor, TornError, TornLineError
from tiktrack.intake.encoding import UNREADABLE

Path = tuple[bytes, ...]
"""Keys that lead from a top-level object to the list that holds the records; empty: the objects themselves."""

_BROKEN = re.compile(rb'":|^\s*(?:"(?:[^"\\]|\\.)*"|true|false|null|-?[0-9.]+)[\s,\]]*$')
"""A piece of an object, or a value that stands alone: a record that lost its braces, and not words."""
_DEPTH = 3
_OPEN, _CLOSE, _LIST, _LIST_END = (ord(c) for c in "{}[]")


@dataclass(slots=True)
class Pieces:
    """Counts of what was cut out, and of lines that hold no JSON; ``lost`` where the rest of the file could not be told
    apart."""

    whole: int = 0
    torn: int = 0
    words: int = 0
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
        self.listed = False

    def records(self, path: Path) -> Iterator[bytes | None]:
        """Objects at the top of the stream, or in lists there; None for what is none."""
        cursor = self.cursor
        self.listed = cursor.opens_list()
        while (byte := cursor.peek()) != -1:
            if cursor.brackets():
                yield None
            elif byte in (_LIST, _LIST_END, _CLOSE):
                cursor.take()
            elif byte != _OPEN:
                yield from self._between()
            elif path:
                if not (yield from self._inside(path)):
                    yield None
            else:
                yield from self._one()

    def _between(self) -> Iterator[None]:
        """What stands between objects: None for what should be one."""
        cursor = self.cursor
        begins = cursor.begins_line()
        if self.listed and cursor.scalar():
            yield None
            return
        words = cursor.words()
        if cursor.at_object() or not (begins or self.listed):
            return
        if self.listed or _BROKEN.search(words):
            yield None
        else:
            self.pieces.words += 1

    def _one(self) -> Iterator[bytes | None]:
        try:
            yield self.cursor.record()
        except TornError as error:
            yield None
            if isinstance(error, TornLineError) or not (self.listed or self.cursor.begins_line()):
                self.cursor.next_line()
            else:
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
