"""A sheet of lines and tables for stdout: rich, within the width of the terminal, harmless to look at."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tiktrack.cli.console import colour, needs_ascii, width
from tiktrack.render import text
from tiktrack.render.terminal.page import TO_ASCII


class Sheet:
    """Collects lines and tables; ``text`` gives them back, in plain characters where only these can be shown."""

    def __init__(self, *, width: int, colour: bool, ascii: bool) -> None:
        self._ascii = ascii
        self._out = StringIO()
        self._console = Console(
            file=self._out, width=max(60, min(width, 120)), force_terminal=colour, no_color=not colour,
            color_system="standard" if colour else None, highlight=False, markup=False, emoji=False,
            legacy_windows=False,
        )  # fmt: skip

    def text(self) -> str:
        """Everything so far."""
        lines = "\n".join(line.rstrip() for line in self._out.getvalue().splitlines()) + "\n"
        return lines.translate({**TO_ASCII, ord("─"): "-"}) if self._ascii else lines

    def line(self, words: str = "", style: str = "", *, indent: int = 0) -> None:
        """A line, wrapped where it is too long."""
        self._console.print(Padding(Text(words, style=style), (0, 0, 0, indent)))

    def heading(self, words: str) -> None:
        """A bold line with a blank one before it."""
        self.line()
        self.line(words, "bold")

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int = 1, last: bool = False
    ) -> None:
        """A table whose first ``texts`` columns are texts, and with ``last`` the last one too; the others are numbers
        and never wrapped.
        """
        made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
        for position, title in enumerate(header):
            is_text = position < texts or (last and position == len(header) - 1)
            made.add_column(title, justify="left" if is_text else "right", no_wrap=not is_text, overflow="fold")
        for row in rows:
            made.add_row(*(Text(text.name(cell)) for cell in row))
        self._console.print(made)


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
