"""A folder of ``tiktrack pull``: the files of a part are one input, and what the manifest knows to be missing is said.

The format is docs/pull.md. Files are the truth and ``manifest.json`` is their index: a file that it does not list is
read, a file that differs from its checksum is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tiktrack.model.report import Unknown
from tiktrack.sources.pages import PageFile, page_file, part_in

MANIFEST = "manifest.json"
_SCHEMA = "tiktrack/pull/"
_AGAIN = "Run the same `tiktrack pull` again; it completes the folder."
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are one input: a file of its own, or all pages of one part. ``shown`` is what the report calls it,
    the file or the folder of the pages; ``named`` as in ``files.expand``."""

    paths: tuple[Path, ...]
    shown: Path
    named: bool
    notes: tuple[str, ...] = ()


def batches(files: Iterable[tuple[Path, bool]]) -> tuple[list[Batch], list[Unknown]]:
    """The inputs of these files, and what is missing of the pulled ones."""
    listed = list(files)
    pages = {path: page for path, _ in listed if (page := page_file(path))}
    accounts: dict[Path, set[str]] = {}
    for path in pages:
        accounts.setdefault(path.absolute().parents[2], set()).add(path.absolute().parents[1].name)
    indexes = [_Index.of(root, names) for root, names in sorted(accounts.items())]
    altered = {path for index in indexes for path in index.altered}
    notes = {path: said for index in indexes for path, said in index.notes.items()}
    groups: dict[tuple[Path, str | None], list[tuple[Path, bool]]] = {}
    for path, named in listed:
        if path.absolute() not in altered:
            part = part_in(path) if path in pages else None
            groups.setdefault((path.parent, part) if part else (path, None), []).append((path, named))
    found = [
        Batch(
            tuple(path for path, _ in members),
            where if where.name == part else members[0][0],
            any(named for _, named in members),
            tuple(dict.fromkeys(note for path, _ in members for note in notes.get(path.absolute(), ()))),
        )
        for (where, part), members in groups.items()
    ]
    holes = [unknown for batch in found if (unknown := _holes(batch, pages))]
    return found, [*(unknown for index in indexes for unknown in index.unknowns()), *holes]


@dataclass(frozen=True)
class _Index:
    """What ``manifest.json`` says against what is there, of the accounts that are looked at."""

    root: Path
    skipped: tuple[dict[str, Any], ...]
    missing: tuple[Path, ...]
    altered: tuple[Path, ...]
    notes: dict[Path, tuple[str, ...]]
    stopped: str | None = None
    """Why the last run ended before its time."""

    broken: bool = False

    @classmethod
    def of(cls, root: Path, accounts: set[str]) -> _Index:
        path = root / MANIFEST
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            if not str(body["schema"]).startswith(_SCHEMA):
                return cls(root, (), (), (), {})
            others = {str(entry["advertiser_id"]) for entry in body["files"]} - accounts
            entries = {root / entry["path"]: entry for entry in body["files"] if entry["advertiser_id"] in accounts}
            return cls(
                root=root,
                skipped=tuple(skip for skip in body["skipped"] if skip["advertiser_id"] not in others),
                missing=tuple(file for file in entries if not file.exists()),
                altered=tuple(file for file, entry in entries.items() if file.exists() and _differs(file, entry)),
                notes={file: tuple(entry["notes"]) for file, entry in entries.items() if entry["notes"]},
                stopped=_stopped(body),
            )
        except FileNotFoundError:
            return cls(root, (), (), (), {})
        except (OSError, ValueError, KeyError, TypeError):
            return cls(root, (), (), (), {}, broken=True)

    def unknowns(self) -> list[Unknown]:
        """What the folder cannot tell."""
        found = [
            Unknown(
                what=f"{skip.get('part')} of {skip.get('advertiser_id')}",
                why=f"it could not be pulled: {skip.get('reason')}",
                how_to_get=str(skip.get("remedy") or _AGAIN),
            )
            for skip in self.skipped
        ]
        if self.broken:
            found.append(_unknown(str(self.root / MANIFEST), "it cannot be read as the index of a pull"))
        if self.stopped:
            found.append(_unknown(f"the rest of {self.root.name}", self.stopped))
        for files, why in (
            (self.missing, "the manifest lists files that are not there"),
            (self.altered, "files were changed after the pull, so they are not read"),
        ):
            if files:
                found.append(_unknown(_named(self.root, files), why))
        return found


def _stopped(body: dict[str, Any]) -> str | None:
    """A silence that TikTok asked for, and after which nothing more was pulled."""
    hold = body.get("hold")
    if not hold:
        return None
    until = datetime.fromisoformat(hold["until"])
    if any(datetime.fromisoformat(entry["pulled_at"]) >= until for entry in body["files"]):
        return None
    return f"TikTok accepted no more requests until {hold['until']}: {hold['why']}"


def _differs(file: Path, entry: dict[str, Any]) -> bool:
    if file.stat().st_size != int(entry["size"]):
        return True
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() != str(entry["sha256"])


def _unknown(what: str, why: str) -> Unknown:
    return Unknown(what=what, why=why, how_to_get=_AGAIN, file=what)


def _named(root: Path, files: Sequence[Path]) -> str:
    names = ", ".join(str(file.relative_to(root)) for file in files[:_SHOWN])
    return names + (f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else "")


def _holes(batch: Batch, pages: dict[Path, PageFile]) -> Unknown | None:
    """Days between the first and the last that no file of the part answers."""
    own = [pages[path] for path in batch.paths if path in pages]
    days = sorted({day for page in own for day in page.days()})
    if not days:
        return None
    whole = (days[-1] - days[0]).days + 1
    if whole == len(days):
        return None
    first = next(day for day in days if day + timedelta(days=1) not in days) + timedelta(days=1)
    what = f"{whole - len(days)} days of {batch.shown.parent.name}/{batch.shown.name}, the first is {first}"
    return _unknown(what, "the pull was not finished")
