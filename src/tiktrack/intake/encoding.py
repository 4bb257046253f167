"""Text in any encoding → UTF-8 with one kind of line end, row by row, so that no row is lost on the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tiktrack.intake.survey import Survey
from tiktrack.sources.base import LONGEST_LINE

UNREADABLE = "\ufffd".encode()
"""Stands for a row of which nothing is left, so that it is still counted: no source takes it for a row."""

# In this order where the bytes leave it open: the commonest first.
_PAGES = ("cp1252", "cp949", "cp932", "gb18030", "big5", "cp1251", "cp1250", "cp1254")
_CELL = re.compile(rb"[,;|\t\r\n\"]")
_CELLS = 500
# Nobody writes Korean with Chinese signs in between, Japanese in half-width letters, capitals inside Russian words, or
# one Russian letter in a word like Frьhling or Wдhrung.
_UNLIKELY = {
    "cp949": re.compile("[\u4e00-\u9fff\uf900-\ufaff]"), "cp932": re.compile("[\uff61-\uff9f]"),
    "cp1251": re.compile("[а-яё][А-ЯЁ]|[єѕіј][А-ЯЁ]|[A-Za-z][а-яё](?![а-яё])"),
}  # fmt: skip
_LONE, _RUSSIAN = re.compile("(?<![а-яё])[А-ЯЁ](?=[a-z]{2})"), re.compile("[А-Яа-яЁё]{2}")
"""A Russian capital before Latin letters, as Цsterreich would have it, and what is left of Russian words."""
_NEVER = re.compile(r"(?!)")
_MONEY = re.compile(rb"[\x00-\x7f\x80\xa0\xa2\xa3\xa5]*")
"""Plain text with signs of money and blanks that do not break, as Western pages write them."""
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that cp1252 has no character for."""


@dataclass(slots=True)
class Tally:
    """Rows that had to be mended."""

    nul: int = 0
    replaced: int = 0
    too_long: int = 0


def wide(sample: bytes) -> str | None:
    """The encoding of two or four bytes a character, by its mark or by where its NUL bytes stand; else None."""
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            return name
    start = sample[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if len(start) >= 8 and max(even, odd) * 2 > len(start) * 0.6 and min(even, odd) * 20 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def guess(seen: Survey) -> str:
    """The encoding of a text. Bytes that are no UTF-8 amid others that are were damaged; otherwise they are a code
    page, and the likeliest is taken.
    """
    if found := wide(seen.sample):
        return found
    if seen.utf8:
        return "utf-8"
    high = _HIGH.findall(seen.sample)
    if sum(len(hit) for hit in _MULTIBYTE.findall(seen.sample)) * 2 > len(high):
        return "utf-8"
    return _code_page(seen.sample) or "utf-8"


def _code_page(sample: bytes) -> str | None:
    """The likeliest page for the cells that are not ASCII; the others only blur the picture."""
    from charset_normalizer import from_bytes  # only where a file asks for it

    cells = dict.fromkeys(cell for cell in _CELL.split(sample) if not _MONEY.fullmatch(cell))
    if not cells:
        return "cp1252"
    found = from_bytes(b"\n".join(islice(cells, _CELLS)), cp_isolation=list(_PAGES))
    likely = [match for match in found if not _unlikely(match.encoding, str(match))]
    ranked = sorted(likely, key=lambda m: (round(m.chaos, 2), -round(m.coherence, 2), _PAGES.index(m.encoding)))
    if not ranked:
        return "cp1252" if not _UNDEFINED.search(sample) else None
    alike = set(ranked[0].could_be_from_charset)
    return next((page for page in _PAGES if page in alike), ranked[0].encoding)


def _unlikely(page: str, text: str) -> bool:
    lone = page == "cp1251" and len(_LONE.findall(text)) > len(_RUSSIAN.findall(text))
    return lone or _UNLIKELY.get(page, _NEVER).search(text) is not None


def mended(chunks: Iterable[bytes], encoding: str, seen: Survey, tally: Tally) -> Iterator[bytes]:
    """Blocks of whole rows in UTF-8; what was mended is added to ``tally``."""
    text = chunks if encoding == "utf-8" else _recoded(chunks, encoding)
    if encoding != "utf-8" or seen.mixed_ends or seen.crlf:  # marks for rows that are dropped end in \n
        text = _with_line_ends(text, only_cr=seen.only_cr)
    for block in _blocks(text, tally):
        if b"\0" in block or (encoding == "utf-8" and not _decodes(block)):
            yield b"".join(_mended_row(row, tally) for row in block.splitlines(keepends=True))
        else:
            if encoding != "utf-8" and UNREADABLE in block:
                tally.replaced += sum(UNREADABLE in row for row in block.split(b"\n"))
            yield block


def _recoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def _with_line_ends(chunks: Iterable[bytes], *, only_cr: bool) -> Iterator[bytes]:
    """Line ends become ``\\n``; a carriage return alone is one only where nothing else ends lines, else a blank."""
    lone, held = (b"\n" if only_cr else b" "), b""
    for chunk in chunks:
        part = held + chunk
        held = b"\r" if part.endswith(b"\r") else b""
        part = part[: len(part) - len(held)]
        yield part.replace(b"\r\n", b"\n").replace(b"\r", lone) if b"\r" in part else part
    if held:
        yield b"\n"


def _blocks(chunks: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    """Whole rows; one that is too long to be read is replaced by a mark that counts as one rejected row."""
    held = bytearray()
    dropping = False
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if dropping and end:
            first = chunk.index(b"\n") + 1
            chunk, end, dropping = chunk[first:], end - first, False
        if dropping:
            continue
        if end:
            yield bytes(held) + chunk[:end]
            held = bytearray(chunk[end:])
        else:
            held += chunk
        if len(held) > LONGEST_LINE:
            tally.too_long += 1
            yield UNREADABLE + b"\n"
            held, dropping = bytearray(), True
    if held:
        yield bytes(held)


def _decodes(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended_row(row: bytes, tally: Tally) -> bytes:
    if b"\0" in row:
        tally.nul += 1
        row = row.replace(b"\0", b"")
        if not row.strip():
            return UNREADABLE + b"\n"
    if not _decodes(row):
        tally.replaced += 1
        row = row.decode(errors="replace").encode()
    return row
