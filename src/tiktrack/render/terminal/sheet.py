"""A sheet of lines and tables: rich, within the width of the terminal, harmless to look at."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tiktrack.render import text

_TO_ASCII = str.maketrans({
    "…": "...", "–": "-", "—": "-", "─": "-", "−": "-", "·": "-", "→": "->", "÷": "/", "×": "x", "•": "*", "’": "'",
    "“": '"', "”": '"', "≥": ">=", "≤": "<=", "\u202f": " ", "\xa0": " ",
})  # fmt: skip


class Sheet:
    """Collects lines and tables; ``text`` gives them back, in plain characters where only these can be shown."""

    def __init__(self, *, width: int, colour: bool, ascii: bool) -> None:
        self.width = max(60, min(width, 120))
        self._ascii = ascii
        self._out = StringIO()
        self._console = Console(
            file=self._out, width=self.width, force_terminal=colour, no_color=not colour,
            color_system="standard" if colour else None, highlight=False, markup=False, emoji=False,
            legacy_windows=False,
        )  # fmt: skip

    def text(self) -> str:
        """Everything so far."""
        lines = "\n".join(line.rstrip() for line in self._out.getvalue().splitlines()) + "\n"
        return lines.translate(_TO_ASCII) if self._ascii else lines

    def put(self, drawn: RenderableType, *, indent: int = 0) -> None:
        """Anything that rich can draw."""
        self._console.print(Padding(drawn, (0, 0, 0, indent)))

    def line(self, words: Text | str = "", style: str = "", *, indent: int = 0) -> None:
        """A line, wrapped where it is too long."""
        self.put(words if isinstance(words, Text) else Text(words, style=style), indent=indent)

    def heading(self, words: str) -> None:
        """A bold line with a blank one before it."""
        self.line()
        self.line(words, "bold")

    def pairs(self, rows: Sequence[tuple[str, Text]], *, indent: int = 0, between: int = 1, least: int = 0) -> None:
        """Names and what belongs to them, as far as there is something."""
        table = Table.grid(padding=(0, between))
        table.add_column(style="dim", no_wrap=True, min_width=least)
        table.add_column(overflow="fold")
        for name, words in rows:
            if words.plain:
                table.add_row(name, words)
        self.put(table, indent=indent)

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
