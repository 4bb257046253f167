"""How a pull is shown while it works: bars on a terminal, plain lines in CI, nothing with -q."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tiktrack.pull.progress import Observer, Silent

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class PlainLines:
    """One line a part, on stderr."""

    def __init__(self) -> None:
        self._part = ""
        self._left = 0
        self._rows = 0

    def part(self, advertiser_id: str, part: str, slices: int) -> None:
        self._part, self._left, self._rows = f"{advertiser_id}: {part}", slices, 0
        self._say(f"{self._part}: {f'{slices} to ask for' if slices else 'all there'}")

    def slice_done(self, rows: int) -> None:
        self._left -= 1
        self._rows += rows
        if self._left == 0:
            self._say(f"{self._part}: done, {self._rows:,} rows")

    def waiting(self, seconds: float, why: str) -> None:
        self._say(f"waiting {seconds:.0f} s: {why}")

    def note(self, text: str) -> None:
        self._say(f"note: {text}")

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


class Bars:
    """A bar a part: slices done, rows so far, and why nothing moves when nothing moves."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar: TaskID | None = None
        self._rows = 0

    def part(self, advertiser_id: str, part: str, slices: int) -> None:
        self._rows = 0
        self._bar = None
        if slices:
            self._bar = self._progress.add_task(f"{advertiser_id} {part}", total=slices, state="")

    def slice_done(self, rows: int) -> None:
        self._rows += rows
        if self._bar is not None:
            self._progress.update(self._bar, advance=1, state=f"{self._rows:,} rows")

    def waiting(self, seconds: float, why: str) -> None:
        if self._bar is not None:
            self._progress.update(self._bar, state=f"waiting {seconds:.0f} s: {why[:60]}")

    def note(self, text: str) -> None:
        self._progress.console.print(f"note: {text}", markup=False, highlight=False)


@contextmanager
def shown(*, quiet: bool) -> Iterator[Observer]:
    """The observer that fits where stderr goes."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[state]}"),
        )
        with Progress(*columns, console=Console(stderr=True)) as progress:
            yield Bars(progress)
    else:
        yield PlainLines()
