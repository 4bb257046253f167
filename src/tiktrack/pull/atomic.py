"""Files that are whole or not there, and that only their owner may read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
UNFINISHED = ".part"


def make_folder(path: Path) -> None:
    """The folder and its parents, closed to others from the start."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=FOLDER_OWNER_ONLY, exist_ok=True)


def open_unfinished(target: Path) -> tuple[Path, IO[bytes]]:
    """A new file beside ``target`` that is not yet it."""
    unfinished = target.with_name(f".{target.name}{UNFINISHED}")
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    return unfinished, os.fdopen(os.open(unfinished, flags, OWNER_ONLY), "wb")


def finish(unfinished: Path, file: IO[bytes], target: Path) -> None:
    """Make it ``target`` in one step; after a power cut there is the old or the new, never half."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    unfinished.replace(target)


def write_whole(target: Path, text: str) -> None:
    """Replace ``target`` by ``text``."""
    unfinished, file = open_unfinished(target)
    file.write(text.encode())
    finish(unfinished, file, target)


def sha256_of(path: Path) -> str:
    """Checksum of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def scratch_file(folder: Path, name: str) -> Iterator[Path]:
    """A file for the time of the ``with`` block."""
    path, file = open_unfinished(folder / name)
    file.close()
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
