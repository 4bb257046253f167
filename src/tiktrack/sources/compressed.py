"""Bytes behind a compression, told by the first bytes of the file and not by its name."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from io import BufferedReader
from pathlib import Path
from typing import cast

import zstandard

_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
NATIVE = frozenset({"none", "gzip", "zstd"})
"""Compressions that DuckDB reads by itself; the others are unpacked first."""

BROKEN: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
"""What reading a file raises that cannot be read, or whose packing is damaged or cut off."""


def compression(path: Path) -> str:
    """``none``, ``gzip``, ``zstd``, ``bzip2`` or ``xz``. Raises OSError."""
    with path.open("rb") as file:
        first = file.read(8)
    return next((name for magic, name in _MAGIC.items() if first.startswith(magic)), "none")


def open_plain(path: Path, kind: str) -> BufferedReader:
    """The unpacked bytes of ``path``; reading raises one of ``BROKEN`` where the file is damaged."""
    match kind:
        case "gzip":
            return cast("BufferedReader", gzip.open(path, "rb"))
        case "bzip2":
            return cast("BufferedReader", bz2.open(path, "rb"))
        case "xz":
            return cast("BufferedReader", lzma.open(path, "rb"))
        case "zstd":
            return cast("BufferedReader", zstandard.open(path, "rb"))
        case _:
            return path.open("rb")
