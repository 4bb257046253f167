"""States packed into one integer a row: narrow to store, cheap to group by, readable again through a view.

Each status and flag column of ``events`` takes a few bits of ``states``; 0 stands for NULL (not known), k for the
k-th value of the column. The layout follows the order of the schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tiktrack.schema.column import Column
from tiktrack.schema.events import EVENTS

DERIVED = frozenset(
    {"event_class", "name_status", "pixel_code_status", "currency_status", "content_type_status", "page_host_kind"}
)
"""Status columns that follow from a column with few values: read off in the view, no bits and no work a row."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Where a column lives in ``states``, and what its codes mean."""

    column: str
    shift: int
    width: int
    values: tuple[str, ...]

    def code(self, value: str) -> int:
        """Code of a value; a misspelt value is an error of ours."""
        return self.values.index(value) + 1

    def put(self, sql: str) -> str:
        """SQL that moves a code to its place."""
        return f"(coalesce({sql}, 0)::bigint << {self.shift})"

    def code_of(self, states: str) -> str:
        """SQL that takes the code out again."""
        return f"(({states} >> {self.shift}) & {(1 << self.width) - 1})"

    def decode(self, states: str) -> str:
        """SQL that turns the code into the value, or into true and false."""
        code = self.code_of(states)
        if self.values == ("false", "true"):
            return f"case {code} when 1 then false when 2 then true end"
        return f"case {code} " + " ".join(f"when {i} then '{v}'" for i, v in enumerate(self.values, 1)) + " end"


def _values(column: Column) -> tuple[str, ...]:
    return column.values or ("false", "true")


@cache
def layout() -> dict[str, Bits]:
    """Column → its bits, for every packed column."""
    result, shift = {}, 0
    for column in EVENTS.columns:
        if column.name in DERIVED or not (column.values or column.type == "bool"):
            continue
        values = _values(column)
        width = len(values).bit_length()
        result[column.name] = Bits(column.name, shift, width, values)
        shift += width
    if shift > 62:
        raise AssertionError(f"the states of events need {shift} bits; a second column of states is due")
    return result


class Codes:
    """Codes of one column as attributes: ``Codes("value_status").zero``."""

    def __init__(self, column: str) -> None:
        self._bits = layout()[column]

    def __getattr__(self, value: str) -> int:
        return self._bits.code(value)
