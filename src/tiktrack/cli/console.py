"""What a command knows about where it prints: colour, width, symbols, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tiktrack.errors import UsageError

Progress = Callable[[str], None]


def colour(wanted: str) -> bool:
    """Whether stdout gets colour: the flag first, then NO_COLOR and FORCE_COLOR, then whether it is a terminal."""
    if wanted not in ("auto", "always", "never"):
        raise UsageError(f"--color {wanted}", hint="one of auto, always, never")
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal, or of COLUMNS; 100 where neither is known."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def needs_ascii(wanted: bool) -> bool:
    """Whether only plain characters may be printed."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return wanted or not encoding.startswith("utf")


@contextmanager
def progress(*, quiet: bool, off: bool) -> Iterator[Progress]:
    """A status line on stderr, only on a terminal; otherwise silence."""
    if quiet or off or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as status:
        yield lambda text: status.update(text)


def say(text: str) -> None:
    """A note for the person at the terminal: on stderr, never in the report."""
    print(f"tiktrack: {text}", file=sys.stderr)
