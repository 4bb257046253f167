"""JSON, one object a line, read with explicit columns: fast, and no line is lost.

A line that is no JSON object comes back as NULLs and is counted as rejected; a field of another type than expected
comes back as NULL without harm to its line.
"""

from __future__ import annotations

from json import dumps, loads
from typing import Any

from tiktrack.engine.duckdb import glance
from tiktrack.sources.base import LONGEST_LINE, Head, quoted


def struct(**fields: str) -> str:
    """A STRUCT type."""
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")"


def read_json(head: Head, columns: dict[str, str]) -> str:
    """Table function that reads the file with these columns."""
    if head.inside:
        return f"(select unnest({read_as('json', struct(**columns))}) from {read_lines(head)})"
    listed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    return (
        f"read_json({quoted(str(head.path))}, format = 'newline_delimited', ignore_errors = true, "
        f"compression = {quoted(head.compression)}, maximum_object_size = {LONGEST_LINE}, columns = {{{listed}}})"
    )


def read_lines(head: Head) -> str:
    """Table function with one column ``json`` a line, for logs whose keys are not known before; NULL where a line is no
    JSON."""
    if head.inside:
        return f"(select try_cast(line as json) as json from ({head.inside.lines}))"
    return (
        f"read_json_objects({quoted(str(head.path))}, format = 'newline_delimited', ignore_errors = true, "
        f"compression = {quoted(head.compression)}, maximum_object_size = {LONGEST_LINE})"
    )


def object_in(text: str) -> str:
    """SQL of the JSON object inside a text, also after other words; NULL where there is none."""
    among_words = f"regexp_extract({text}, '(?s)[{{].*[}}]')"
    return f"try_cast(case when starts_with({text}, '{{') then {text} else {among_words} end as json)"


def read_as(json: str, kind: str) -> str:
    """SQL of JSON read into a type; a field of another type becomes NULL and harms nothing else."""
    return f"from_json({json}, {quoted(dumps(kind))})"


Shape = dict[str, Any]
"""Keys of JSON objects → texts, or shapes of the objects under them."""

_ROWS_FOR_SHAPE = 100_000


def shape(lines: str) -> Shape:
    """All keys of the first many records of ``lines``, a relation with the column ``json``."""
    found = glance(f"select json_group_structure(json) from (select json from {lines} limit {_ROWS_FOR_SHAPE})")
    told = loads(found[0][0]) if found and found[0][0] else None
    return told if isinstance(told, dict) else {}
