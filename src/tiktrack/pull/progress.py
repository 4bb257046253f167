"""What a pull tells while it works. It never prints: the CLI draws bars, plain lines or nothing."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Listens to a pull."""

    def part(self, advertiser_id: str, part: str, slices: int) -> None:
        """A part begins; ``slices`` files of it are missing (0: all of it is there)."""

    def slice_done(self, rows: int) -> None:
        """One file is finished."""

    def waiting(self, seconds: float, why: str) -> None:
        """Nothing is asked for a while."""

    def note(self, text: str) -> None:
        """Something the user should know: a metric dropped, a part skipped."""


class Silent:
    """An observer that hears nothing."""

    def part(self, advertiser_id: str, part: str, slices: int) -> None: ...

    def slice_done(self, rows: int) -> None: ...

    def waiting(self, seconds: float, why: str) -> None: ...

    def note(self, text: str) -> None: ...
