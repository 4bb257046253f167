"""JSON, one object a line, read with explicit columns: fast, and no line is lost.

A line that is no JSON object comes back as NULLs and is counted as rejected; a field of another type than expected
comes back as NULL without harm to its line.
"""

from __future__ import annotations

from tiktrack.sources.base import LONGEST_LINE, Head, quoted


def struct(**fields: str) -> str:
    """A STRUCT type."""
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")"


def read_json(head: Head, columns: dict[str, str]) -> str:
    """Table function that reads the file with these columns."""
    listed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    return (
        f"read_json({quoted(str(head.path))}, format = 'newline_delimited', ignore_errors = true, "
        f"compression = {quoted(head.compression)}, maximum_object_size = {LONGEST_LINE}, columns = {{{listed}}})"
    )
