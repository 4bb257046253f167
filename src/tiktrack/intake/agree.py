"""What a file cannot tell it is taken to share with the others: its pixel, and the names that a connector sends.

A copy of an event meets its twin by pixel and name. A log that holds neither (a connector's own log, a table without a
column for the pixel) would meet nothing, and everything in it would look counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from tiktrack.engine.duckdb import DuckDB
from tiktrack.schema.names import LEGACY
from tiktrack.schema.packing import layout
from tiktrack.sources.base import quoted

_OF_PIXELS = ("browser", "server", "unknown")
Notes = dict[int, list[str]]


def agree(engine: DuckDB, translated: Collection[int]) -> Notes:
    """Fill in what the others tell; notes by the id of the file. ``translated`` are files whose connector renames
    events on the way."""
    notes: Notes = defaultdict(list)
    if "pixel_code" in engine.columns("events_store"):
        _pixel(engine, notes)
    for legacy, today in LEGACY.items():
        if legacy != today and translated:
            _name(engine, legacy, today, translated, notes)
    return notes


def _pixel(engine: DuckDB, notes: Notes) -> None:
    """Rows of a file without pixels belong to the only pixel that the others name."""
    channel = layout()["channel"]
    codes = ", ".join(str(channel.code(name)) for name in _OF_PIXELS)
    lacking = f"reject is null and pixel_code is null and {channel.code_of('states')} in ({codes})"
    pixels = engine.rows(
        "select distinct pixel_code from events_store where reject is null and pixel_code <> '' limit 2"
    ).rows
    files = engine.rows(f"select distinct file_id from events_store where {lacking}").rows if len(pixels) == 1 else []
    if files:
        engine.run(f"update events_store set pixel_code = {quoted(pixels[0][0])} where {lacking}")
    for (file_id,) in files:
        notes[file_id].append(f"it names no pixel; assumed to be {pixels[0][0]}, the only one in the other files")


def _name(engine: DuckDB, legacy: str, today: str, translated: Collection[int], notes: Notes) -> None:
    """A connector is taken to send the old name where all other files do."""
    listed = ", ".join(map(str, translated))
    names = engine.rows(
        "select distinct event_raw from events_store "
        f"where reject is null and file_id not in ({listed}) and event_raw in ('{legacy}', '{today}')"
    ).rows
    here = f"reject is null and file_id in ({listed}) and event_raw = '{today}'"
    files = engine.rows(f"select distinct file_id from events_store where {here}").rows if names == [(legacy,)] else []
    if files:
        engine.run(f"update events_store set event_raw = '{legacy}' where {here}")
    for (file_id,) in files:
        notes[file_id].append(f"{today} is assumed to be sent as {legacy}, as in the other files")
