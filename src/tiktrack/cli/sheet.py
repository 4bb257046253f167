"""The sheet that a command prints on stdout, and how its cells are written."""

from __future__ import annotations

from tiktrack.cli.console import colour, needs_ascii, width
from tiktrack.render.terminal.sheet import Sheet


def sheet_for(color: str, *, ascii: bool) -> Sheet:
    """A sheet for stdout. Raises UsageError for a ``color`` that there is not."""
    return Sheet(width=width(), colour=colour(color), ascii=needs_ascii(ascii))


def number(n: float | None) -> str:
    """A count with thousands, blank where there is none."""
    return "" if not n else f"{n:,.0f}"


def change(before: float, after: float) -> str:
    """By how much, in percent of what is true; where nothing is true, by how many."""
    if before == after:
        return "exact"
    if not after:
        return f"{before:+,.0f}"
    share = before / after - 1
    return (f"{share:+.1%}" if abs(share) >= 0.0005 else f"{share:+.3%}").replace("-", "−")


def pixel(code: str | None) -> str:
    """A pixel code, short enough for a table."""
    if not code:
        return "(none)"
    return code if len(code) <= 6 else f"…{code[-5:]}"
