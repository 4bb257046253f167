"""The folder of a pull: finished files, and the manifest that lists them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from tiktrack.errors import Place, UsageError
from tiktrack.pull import atomic
from tiktrack.pull.clock import Clock
from tiktrack.pull.manifest import NAME, Hold, Label, Manifest, Skipped, Slice, read_manifest
from tiktrack.pull.pages import PageWriter, Row, rows_in, slice_of

SAVE_EVERY_SECONDS = 2.0
"""The manifest of a year by the hour is long; the files are the truth meanwhile."""

CHANGED = ".changed"
"""Ending of a file that is not as we wrote it: set aside, not read, asked for again."""


class Folder:
    """What is there already, and the way to add to it."""

    def __init__(self, root: Path, manifest: Manifest, clock: Clock) -> None:
        self.root = root
        self.manifest = manifest
        self._clock = clock
        self._saved = clock.monotonic()

    def writer(self, label: Label, endpoint: str) -> PageWriter:
        """Where the pages of one slice go."""
        return PageWriter(self.root, label, endpoint, self._finished)

    def slices(self, advertiser_id: str, part: str) -> list[Slice]:
        """Finished files of a part, oldest pull first."""
        found = [
            s for s in self.manifest.slices.values() if (s.label.advertiser_id, s.label.part) == (advertiser_id, part)
        ]
        return sorted(found, key=lambda s: (s.label.pulled_at, s.path))

    def newest_rows(self, advertiser_id: str, part: str) -> list[Row]:
        """Rows of the newest snapshot of a part; empty where there is none."""
        found = self.slices(advertiser_id, part)
        return rows_in(self.root / found[-1].path) if found else []

    def know_account(self, advertiser_id: str, facts: dict[str, Any]) -> None:
        self.manifest.accounts[advertiser_id] = facts

    def skip(self, skipped: Skipped) -> None:
        self.manifest.skipped[skipped.advertiser_id, skipped.part] = skipped
        self.save()

    def not_skipped(self, advertiser_id: str, part: str) -> None:
        """The part went well this time."""
        self.manifest.skipped.pop((advertiser_id, part), None)

    def hold(self, until: datetime, why: str) -> None:
        """Remember that TikTok asked for silence, also for the next run."""
        self.manifest.hold = Hold(until, why)
        self.save()

    def remember_task(self, key: str, task_id: str) -> None:
        """At once: a task that is forgotten is created twice."""
        self.manifest.tasks[key] = task_id
        self.save()

    def forget_task(self, key: str) -> None:
        self.manifest.tasks.pop(key, None)

    def save(self) -> None:
        """Write the manifest now."""
        atomic.write_whole(self.root / NAME, json.dumps(self.manifest.as_json(), ensure_ascii=False, indent=1) + "\n")
        self._saved = self._clock.monotonic()

    def _finished(self, slice_: Slice) -> None:
        self.manifest.slices[slice_.path] = slice_
        if self._clock.monotonic() - self._saved >= SAVE_EVERY_SECONDS:
            self.save()


def open_folder(root: Path, clock: Clock) -> Folder:
    """The folder as the last run left it: half files removed, files unknown to the manifest taken in,
    files that changed since (size, checksum) set aside, so that they are asked for again.

    Raises UsageError when it holds a manifest.json of somebody else.
    """
    for leftover in root.rglob(f".*{atomic.UNFINISHED}"):
        leftover.unlink()
    manifest = _read(root)
    manifest.slices = {s.path: s for s in _present(root, manifest)}
    folder = Folder(root, manifest, clock)
    folder.save()
    return folder


def _read(root: Path) -> Manifest:
    path = root / NAME
    if not path.exists():
        return Manifest()
    try:
        return read_manifest(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            "This manifest.json was not written by tiktrack.",
            hint="Choose another folder with --out, or remove the file: it is rebuilt from the pages.",
            place=Place(str(path)),
        ) from error


def _present(root: Path, manifest: Manifest) -> Iterable[Slice]:
    for path in sorted(root.glob("*/*/*.ndjson")):
        known = manifest.slices.get(path.relative_to(root).as_posix())
        changed = known and (known.size, known.sha256) != (path.stat().st_size, atomic.sha256_of(path))
        found = None if changed else known or slice_of(root, path)
        if found:
            yield found
        else:
            path.rename(path.with_name(path.name + CHANGED))
