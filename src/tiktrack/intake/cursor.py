"""A place in a stream of JSON text that moves from value to value without parsing them.

Only what frames a value is looked at: quotes, braces and brackets. The text of a value stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiktrack.sources.base import LONGEST_LINE

# Everything up to the next brace or bracket; strings are passed over whole, so that braces inside do not count.
_FLAT = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SPACE = re.compile(rb"[\s\x1e,]*+")
_NUMBER = rb"-?[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_SCALAR = re.compile(rb"(?:" + _STRING.pattern + rb"|true|false|null|" + _NUMBER + rb")(?=[\s,{}\[\]]|$)", re.DOTALL)
_WORDS = re.compile(rb"[^\n{]++")
_BRACKETS = re.compile(rb"\[{4,}+")
_OPENS_OBJECTS = re.compile(rb"\[\s*\{")
_OPENS_LIST = re.compile(rb'\[\s*(?:[\[{"\]]|(?:true|false|null|' + _NUMBER + rb")\s*[,\]])")
_CONTINUES = re.compile(rb"\s*[,}\]:]")
_FOLLOWS = re.compile(
    rb'\s*(?:["{]|' + _OPENS_LIST.pattern + rb"|(?:true|false|null|" + _NUMBER + rb")\s*(?:[,\]}\n]|$))"
)
"""How a line begins that goes on with an object: with what needs something before it, or with what follows a comma."""
_BEGUN = re.compile(rb"\s*\S")
_CLOSES = {ord("{"): ord("}"), ord("["): ord("]")}
_KEEP = 1 << 16
_NEAR = 1 << 16
"""A line that does not end so near is no line of a log."""


class TornError(Exception):
    """A value that does not end within the limit, or that ends with the wrong bracket."""


class TornLineError(TornError):
    """An object on a line that is cut off in it; the next line is another."""


class Cursor:
    """Reads ahead as far as the value at hand needs."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = b""
        self._at = 0
        self._ended = False

    def _more(self) -> bool:
        """Read on; False at the end of the stream. What lies well before the cursor is forgotten."""
        if self._ended:
            return False
        chunk = next(self._chunks, b"")
        self._ended = not chunk
        cut = max(self._at - _KEEP, 0)  # a little stays, so that the beginning of the line can be seen
        self._buffer = self._buffer[cut:] + chunk
        self._at -= cut
        return not self._ended

    def peek(self) -> int:
        """The next byte that is no blank and no comma; -1 at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return -1

    def take(self) -> None:
        """Step over one byte."""
        self._at += 1

    def key(self) -> bytes:
        """Step over the key of an object and its colon; raises TornError where there is none."""
        while not (match := _STRING.match(self._buffer, self._at)):
            if len(self._buffer) - self._at > LONGEST_LINE or not self._more():
                raise TornError
        self._at = match.end()
        if self.peek() != ord(":"):
            raise TornError
        self.take()
        return match.group()[1:-1]

    def scalar(self) -> bool:
        """Step over a text, a number, true, false or null; False where there is none at the cursor."""
        while not (match := _SCALAR.match(self._buffer, self._at)) or match.end() == len(self._buffer):
            if len(self._buffer) - self._at > LONGEST_LINE or not self._more():
                break
        self._at = match.end() if match else self._at
        return match is not None

    def brackets(self) -> bool:
        """Step over a run of opening brackets that no frame has; False where there is none."""
        while (match := _BRACKETS.match(self._buffer, self._at)) and match.end() == len(self._buffer):
            if not self._more():
                break
        self._at = match.end() if match else self._at
        return match is not None

    def words(self) -> bytes:
        """Step over what is no JSON, up to an object or the end of the line, and return it."""
        found = b""
        while match := _WORDS.match(self._buffer, self._at):
            self._at = match.end()
            found = (found + match.group())[-LONGEST_LINE:]
            if self._at < len(self._buffer) or not self._more():
                break
        return found

    def begins_line(self) -> bool:
        """Whether nothing but blanks and brackets stands before the cursor on its line."""
        line = self._buffer.rfind(b"\n", 0, self._at) + 1
        return not self._buffer[line : self._at].strip(b" \t\r,[]}\xef\xbb\xbf")

    def at_object(self) -> bool:
        """Whether an object begins here."""
        return self._buffer[self._at : self._at + 1] == b"{"

    def opens_list(self) -> bool:
        """Whether a list of JSON begins here, and not the bracket of a log's date."""
        self.peek()
        return _OPENS_LIST.match(self._buffer, self._at) is not None

    def opens_objects(self) -> bool:
        """Whether a list of objects begins here, as far as the stream was read."""
        return _OPENS_OBJECTS.match(self._buffer, self._at) is not None

    def record(self) -> bytes:
        """Step over the object at the cursor, which may fill one line or several, and return its text.

        Raises TornLineError where it fills one and is cut off there, else what :meth:`value` raises.
        """
        while (end := self._buffer.find(b"\n", self._at, self._at + _NEAR)) < 0:
            if len(self._buffer) - self._at > _NEAR or not self._more():
                return self.value()
        if (closes := _closes(self._buffer, self._at, end)) is not None:
            text, self._at = self._buffer[self._at : closes], closes
            return text
        if self._goes_on(end):
            return self.value()
        raise TornLineError

    def _goes_on(self, end: int) -> bool:
        """Whether the object at the cursor goes on behind the line that ends at ``end``."""
        while not _BEGUN.match(self._buffer, end):
            before = self._at
            if not self._more():
                break
            end -= before - self._at
        open_end = self._buffer[self._at : end].rstrip()[-1:] in b"{[,:"
        follows = open_end and _FOLLOWS.match(self._buffer, end)
        return bool(follows or _CONTINUES.match(self._buffer, end))

    def next_line(self) -> None:
        """Go to the end of the line."""
        while (end := self._buffer.find(b"\n", self._at)) < 0 and self._more():
            pass
        self._at = end if end >= 0 else len(self._buffer)

    def value(self) -> bytes:
        """Step over the object or list at the cursor and return its text.

        Raises TornError where it does not end well; :meth:`recover` then finds where to go on.
        """
        offset, stack = 0, []
        while True:
            match = _FLAT.match(self._buffer, self._at + offset)
            offset = match.end() - self._at if match else offset
            if self._at + offset >= len(self._buffer) or self._buffer[self._at + offset] == ord('"'):
                if offset > LONGEST_LINE or len(self._buffer) - self._at > 2 * LONGEST_LINE:
                    raise TornError
                if not self._more():
                    raise TornError
                continue
            byte = self._buffer[self._at + offset]
            offset += 1
            if byte in _CLOSES:
                stack.append(_CLOSES[byte])
            elif stack.pop() != byte:
                raise TornError
            if not stack:
                text, self._at = self._buffer[self._at : self._at + offset], self._at + offset
                return text

    def recover(self) -> bool:
        """After TornError: go to the next line that begins an object no deeper than the torn one began. False where
        there is none; the stream is at its end then.
        """
        line = self._buffer.rfind(b"\n", 0, self._at) + 1
        indent = self._at - line if not self._buffer[line : self._at].strip(b" \t,") else 0
        after = re.compile(rb"\n[ \t,]{0,%d}(?=\{)" % indent)
        while not (match := after.search(self._buffer, self._at)):
            self._at = max(self._at + 1, len(self._buffer) - indent - 2)
            if not self._more():
                self._at = len(self._buffer)
                return False
        self._at = match.end()
        return True


def _closes(text: bytes, at: int, end: int) -> int | None:
    """Where the object that begins at ``at`` ends; None where that is not before ``end``."""
    place, stack = at, []
    while place < end:
        match = _FLAT.match(text, place, end)
        place = match.end() if match else place
        if place >= end or (byte := text[place]) == ord('"'):
            return None
        place += 1
        if byte in _CLOSES:
            stack.append(_CLOSES[byte])
        elif not stack or stack.pop() != byte:
            return None
        if not stack:
            return place
    return None
