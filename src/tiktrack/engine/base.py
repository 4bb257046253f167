"""The protocol of an engine: two members, so that a warehouse can take the place of DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Rows:
    """A result: column names and rows of plain Python values."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """Rows as mappings."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Engine(Protocol):
    """Counts over the canonical tables."""

    def columns(self, table: str) -> frozenset[str]:
        """Columns of a table; empty where it does not exist."""
        ...

    def rows(self, sql: str) -> Rows:
        """Run a query of the portable subset."""
        ...
