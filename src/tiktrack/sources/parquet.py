"""Parquet files: told by their first bytes, read by DuckDB. Their columns are known only to the engine, so the first
rows are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tiktrack.engine.duckdb import glance
from tiktrack.sources.base import Head, quoted

_FIRST = 50


def is_parquet(head: Head) -> bool:
    """Whether the file begins as Parquet does."""
    return head.raw[:4] == b"PAR1"


def read_parquet(head: Head) -> str:
    """Table function that reads the file."""
    return f"read_parquet({quoted(str(head.path))})"


def parquet_lines(head: Head) -> str:
    """Relation with each row as one ``json``."""
    return f"(select to_json(r) as json from {read_parquet(head)} r)"


@lru_cache(maxsize=8)
def first_objects(head: Head) -> tuple[dict[str, Any], ...]:
    """The first rows as objects; empty where the file is broken."""
    rows = glance(f"select json::varchar from {parquet_lines(head)} limit {_FIRST}")
    return tuple(json.loads(line) for (line,) in rows)


def all_objects(head: Head) -> Iterator[dict[str, Any]]:
    """All rows as objects: for reports, which are small."""
    return (json.loads(line) for (line,) in glance(f"select json::varchar from {parquet_lines(head)}"))
