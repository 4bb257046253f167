"""One look at every byte of a text file, before anything is read from it: what would be lost or misread otherwise.

Plain ASCII costs half a second a GB, other UTF-8 about one; packed files cost their unpacking.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tiktrack.sources.base import LONGEST_LINE
from tiktrack.sources.compressed import BROKEN, open_plain

CHUNK = 1 << 20
_WINDOW = 1 << 13
_BLANK = re.compile(rb"\n\s*\n\s*\S")


@dataclass(slots=True)
class Survey:
    """What the bytes hold. ``sample`` is the beginning and, where bytes are no UTF-8, what lies around the first;
    ``longest`` is the length of the longest line where that matters, from 16 KB on.
    """

    sample: bytes = b""
    size: int = 0
    utf8: bool = True
    nul: bool = False
    crlf: bool = False
    lone_lf: bool = False
    lone_cr: bool = False
    blank: bool = False
    longest: int = 0
    cut: str | None = None

    @property
    def mixed_ends(self) -> bool:
        """Whether lines end in more than one way."""
        return self.lone_cr or (self.crlf and self.lone_lf)

    @property
    def only_cr(self) -> bool:
        """Whether lines end with a carriage return alone, as on old Macs."""
        return self.lone_cr and not self.crlf and not self.lone_lf

    @property
    def clean(self) -> bool:
        """Whether DuckDB reads the text as it is."""
        odd = self.nul or self.mixed_ends or self.longest > LONGEST_LINE or self.cut
        return self.utf8 and not odd


def chunks(path: Path, kind: str) -> Iterator[bytes]:
    """Unpacked bytes. Raises one of ``BROKEN`` where the file cannot be read, or not to its end."""
    with open_plain(path, kind) as file:
        # read1 hands over what there is before it complains that the rest is missing.
        while chunk := file.read1(CHUNK):
            yield chunk


def survey(path: Path, kind: str) -> Survey:
    """Look through the whole file. Raises one of ``BROKEN`` where not even its beginning can be read."""
    seen, decoder = Survey(), codecs.getincrementaldecoder("utf-8")()
    run, previous, trailing = 0, b"", b"\n"
    try:
        for chunk in chunks(path, kind):
            seen.sample = seen.sample or chunk
            seen.size += len(chunk)
            seen.nul = seen.nul or b"\0" in chunk
            _line_ends(seen, chunk, previous)
            run = _longest(seen, chunk, run)
            if seen.utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
                _decode(seen, chunk, decoder)
            if not seen.blank:
                seen.blank, trailing = _blank(chunk, trailing)
            previous = chunk[-1:]
    except BROKEN as error:
        if not seen.size:
            raise
        seen.cut = str(error) or type(error).__name__
    seen.longest = max(seen.longest, run)
    seen.lone_cr = seen.lone_cr or previous == b"\r"
    if seen.utf8 and decoder.getstate()[0]:
        seen.utf8 = False
    return seen


def _line_ends(seen: Survey, chunk: bytes, previous: bytes) -> None:
    split = previous == b"\r" and chunk[:1] == b"\n"
    if previous == b"\r" and not split:
        seen.lone_cr = True
    if b"\r" not in chunk and not split:
        seen.lone_lf = seen.lone_lf or b"\n" in chunk
        return
    pairs = chunk.count(b"\r\n")
    returns = chunk.count(b"\r") - chunk.endswith(b"\r")  # the last one may be half of a pair
    seen.crlf = seen.crlf or pairs + split > 0
    seen.lone_cr = seen.lone_cr or returns > pairs
    seen.lone_lf = seen.lone_lf or chunk.count(b"\n") > pairs + split


def _longest(seen: Survey, chunk: bytes, run: int) -> int:
    """Follow the length of a line over chunks; returns the bytes since the last line end."""
    first = chunk.find(b"\n")
    if first < 0:
        return run + len(chunk)
    seen.longest = max(seen.longest, run + first)
    # A window without a line end shows a long line; where there is none, none needs to be measured.
    if any(chunk.find(b"\n", at, at + _WINDOW) < 0 for at in range(0, len(chunk), _WINDOW)):
        seen.longest = max(seen.longest, *map(len, chunk.split(b"\n")[1:-1] or [b""]))
    return len(chunk) - chunk.rfind(b"\n") - 1


def _blank(chunk: bytes, trailing: bytes) -> tuple[bool, bytes]:
    """Whether a blank line stands before another one, and the blanks at the end of what was seen."""
    probe = trailing + chunk
    return _BLANK.search(probe) is not None, probe[len(probe.rstrip()) :]


def _decode(seen: Survey, chunk: bytes, decoder: codecs.IncrementalDecoder) -> None:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        seen.utf8 = False
        if seen.sample is not chunk:
            seen.sample += chunk
