"""Zip archives: each member becomes an input of its own, within bounds."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zlib import error as zlib_error

from tiktrack.intake.names import aside

_MOST_MEMBERS = 2000
_MOST_TIMES = 300
_SMALL = 100 * 1024 * 1024
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there and where it was unpacked, or why it was not."""

    name: str
    path: Path | None
    why: str = ""
    hint: str = ""


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive, and no workbook, which is one as well."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return True
    return "[Content_Types].xml" not in names


def members(path: Path, folder: Path) -> Iterator[Member]:
    """Unpack into ``folder``, one member at a time. Raises BadZipFile where the archive itself is damaged."""
    with zipfile.ZipFile(path) as archive:
        found = [info for info in archive.infolist() if not info.is_dir() and not aside(info.filename)]
        # Files of tracking pack 8 to 30 times; beyond 300 times it is a bomb or rows that are all the same.
        room = min(max(path.stat().st_size * _MOST_TIMES, _SMALL), shutil.disk_usage(folder).free // 2)
        for info in found[:_MOST_MEMBERS]:
            member, used = _member(archive, info, folder, room)
            room -= used
            yield member
        for info in found[_MOST_MEMBERS:]:
            yield Member(info.filename, None, f"the archive holds more than {_MOST_MEMBERS:,} files", "unpack it first")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, room: int) -> tuple[Member, int]:
    target = folder / uuid4().hex / Path(info.filename).name
    target.parent.mkdir()
    used = 0
    try:
        with archive.open(info) as source, target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                used += len(chunk)
                if used > room:
                    why = f"unpacks to more than {_MOST_TIMES} times its archive, or than there is room on the disk for"
                    target.unlink()
                    return Member(info.filename, None, why, "unpack it yourself if you trust it"), 0
                out.write(chunk)
    except RuntimeError:
        return Member(info.filename, None, "is protected by a password", "unpack it first"), used
    except NotImplementedError as error:
        return Member(info.filename, None, f"cannot be unpacked: {error}", "unpack it first"), used
    except (zipfile.BadZipFile, EOFError, OSError, zlib_error) as error:
        return Member(info.filename, None, f"cannot be unpacked: {error}", "the archive is damaged: get it again"), used
    with suppress(ValueError):  # a month of 0 and the like
        made = datetime(*info.date_time).timestamp()  # noqa: DTZ001 - an archive keeps the clock of whoever packed it
        os.utime(target, (made, made))
    return Member(info.filename, target), used
