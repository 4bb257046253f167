"""What a table and a column are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Column:
    """A canonical column.

    ``type`` is one of bigint, ubigint, double, text, bool, date. ``values`` lists the states of a status column.
    ``few`` says that the column has few distinct values, so that counts by it fit into the cube.
    ``personal`` marks what may identify a person; such columns are never printed as they are.
    """

    name: str
    type: str
    meaning: str
    values: tuple[str, ...] = ()
    few: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Table:
    """A canonical table; ``what`` names a row in the plural for sentences."""

    name: str
    what: str
    meaning: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by their name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def few(self) -> frozenset[str]:
        """Columns with few distinct values."""
        return frozenset(column.name for column in self.columns if column.few)


def status(name: str, meaning: str, *values: str) -> Column:
    """A column whose values are a short list of states."""
    return Column(name, "text", meaning, values=values, few=True)


def flag(name: str, meaning: str) -> Column:
    """A yes/no column."""
    return Column(name, "bool", meaning, few=True)
