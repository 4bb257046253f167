"""Parquet files: told by their first bytes, read by DuckDB. Their columns are known only to the engine, so the first
rows are asked for.
"""

from __future__ import annotations

import json
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


def lines(head: Head) -> str:
    """SELECT of each row as one JSON text, ``line``."""
    return f"select to_json(r)::varchar as line from {read_parquet(head)} r"


def first_objects(head: Head) -> list[dict[str, Any]]:
    """The first rows as objects; empty where the file is broken."""
    return [json.loads(line) for (line,) in glance(f"{lines(head)} limit {_FIRST}")]
