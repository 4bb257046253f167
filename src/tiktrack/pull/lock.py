"""One run at a time in a folder; the lock ends with the process, also with a killed one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tiktrack.errors import Place, UsageError
from tiktrack.pull.atomic import OWNER_ONLY, make_folder

NAME = ".lock"


@contextmanager
def only_run_in(root: Path) -> Iterator[None]:
    """Hold the folder. Raises UsageError when another run fills it, or when it cannot be written."""
    try:
        make_folder(root)
        handle = os.open(root / NAME, os.O_CREAT | os.O_RDWR, OWNER_ONLY)
    except OSError as error:
        why = f"The folder cannot be written: {error.strerror}."
        raise UsageError(why, hint="Choose another one with --out.", place=Place(str(root))) from error
    try:
        _lock(handle, root)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, root: Path) -> None:
    if sys.platform == "win32":  # no flock there; the page files are still whole, only some might be asked twice
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        hint = "Wait for it, or choose another folder with --out."
        raise UsageError("Another pull is filling this folder right now.", hint=hint, place=Place(str(root))) from None
