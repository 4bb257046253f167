"""What is told of a report: what it lacks, what had to be decided about it, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tiktrack.sources import dates
from tiktrack.sources.ads_headers import ALL_CHANNELS, APP_PURCHASES, NUMBERS
from tiktrack.sources.ads_look import Columns
from tiktrack.sources.csvfile import Sheet, mapping, plain, unwrapped
from tiktrack.sources.map_line import map_line

_NO_DAY = "no day column: nothing that needs daily figures can be checked; export again with 'By day'"
_LONGER = "the rows are weeks, months or longer"
_NOT_OF_FIGURES = re.compile(r"creat|start|end|updat|modif|synced|extracted|loaded|batched|until|expir")


def notes(table: Sheet, columns: Columns) -> Iterable[str]:
    """Notes on a report, the most important first."""
    yield from table.notes
    days, found = columns.days, columns.found
    if "day" not in found:
        yield (_NO_DAY + _maybe_days(table, found)) if not (days and days.longer) else f"{_LONGER}: {_NO_DAY}"
    elif days and days.problem:
        line = map_line("ads", mapping(table, found), date_format=days.maybe)
        ask = f"save this line as map.yaml, with the format that is right, and add --map map.yaml: {line}"
        yield f"{days.problem}; export with days as YYYY-MM-DD" + (f"; or {ask}" if days.maybe else "")
    elif days and days.note:
        yield days.note
    for field, index in found.items():
        if field in NUMBERS and columns.styles[index].unsure:
            header = unwrapped(table.header[index])
            yield f"'{header}': nothing tells decimals from thousands; the point was read as the decimal separator"
    for index, example in columns.rounded.items():
        header = unwrapped(table.header[index])
        yield f"'{header}': a spreadsheet rounded the ids ({example}), not used; names tell apart what has one"
    if columns.breakdowns:
        names = ", ".join(unwrapped(table.header[index]) for index in columns.breakdowns)
        yield f"broken down further by {names}: rows of one day are added up"
    headers = {plain(header) for header in table.header}
    if "purchases" not in found:
        if headers & set(APP_PURCHASES):
            yield ("purchases in apps are not purchases on a website, where they are always 0: not used; "
                   "add 'Purchases (website)' to the export")  # fmt: skip
        elif headers & set(ALL_CHANNELS):
            yield "purchases of all channels together are not used; add 'Purchases (website)' to the export"


def _maybe_days(table: Sheet, found: dict[str, int]) -> str:
    """What to do where one column holds days under a name that nobody confirmed."""
    used = {*found.values()}
    held = [
        index for index, name in enumerate(table.header)
        if index not in used and not _NOT_OF_FIGURES.search(plain(name)) and _holds_days(table, index)
    ]  # fmt: skip
    if len(held) != 1:
        return ""
    header = unwrapped(table.header[held[0]])
    line = map_line("ads", {"day": header, **mapping(table, found)})
    return f"; or, if '{header}' is the day of the figures, save this line as map.yaml and add --map map.yaml: {line}"


def _holds_days(table: Sheet, index: int) -> bool:
    cells = [row[index] for row in table.rows if index < len(row) and row[index].strip() not in ("", "-")]
    read = dates.days(cells)
    return bool(cells) and bool(read.formats or read.problem) and all(any(map(str.isdigit, cell)) for cell in cells)
