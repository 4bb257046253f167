"""A table of orders → the columns of ``orders``, whatever shop made it.

An order is one row, however many lines it has: rows below it that repeat its number without money, or leave the number
out, are its further lines. A row that has no time of its own belongs to the order above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tiktrack.errors import InputError
from tiktrack.settings import ColumnMap
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import (
    NO_ROW,
    Sheet,
    cell,
    columns,
    header_again,
    mapping,
    plain,
    read_csv,
    sheet,
    text,
)
from tiktrack.sources.header_words import alike, keys
from tiktrack.sources.ids import rounded
from tiktrack.sources.money import currency_sql, told_in_header
from tiktrack.sources.numbers import Style, missing, styles
from tiktrack.sources.orders_status import STATUS, states, tidied, tidy
from tiktrack.sources.orders_words import ORIGIN, Fields
from tiktrack.sources.records import all_rows, first_rows
from tiktrack.sources.survey import Survey, survey
from tiktrack.sources.times import epoch_or_instant_ms, offset_minutes
from tiktrack.sources.told import told_ms
from tiktrack.sources.written_times import is_clock, written

_AMOUNTS = ("total", "subtotal", "tax", "shipping", "refunded")
_LOOKED_AT = 200
NO_STATUS = "no column gives the order status: all count as paid"


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop system: what its columns are called; any set of ``told_by`` tells it. ``words`` override what a status
    means, ``payments`` says that it is a payment service, which sees the orders of a shop once more, and ``told`` is
    what the user says about a table of his own."""

    name: str
    about: str
    fields: Fields
    told_by: tuple[frozenset[str], ...]
    words: Mapping[str, str] = field(default_factory=dict)
    not_with: frozenset[str] = frozenset()
    sure: int = 95
    table: str = "orders"
    payments: bool = False
    told: ColumnMap | None = None

    def sniff(self, head: Head) -> int:
        found = sheet(head) or first_rows(head)
        if found is None:
            return 0
        names = {plain(name) for name in found.header}
        fields = self.columns(found).keys()
        known = fields >= {"order_id", "created"} and fields & {"total", "subtotal"}
        told = any(marks <= names for marks in self.told_by)
        other = self.not_with & names or keys(self.not_with) & keys(found.header)
        return self.sure if known and told and not other else 0

    def columns(self, table: Sheet) -> dict[str, int]:
        """Field → position: by the names as they are, else as words (``orderDate`` is ``order date``). The names of a
        map are the file's own."""
        found = columns(table, self.fields)
        others = {} if self.told else {name: wanted for name, wanted in self.fields.items() if name not in found}
        taken = frozenset(found.values())
        found |= {name: at for name, at in alike(table.header, others).items() if at not in taken}
        if not self.told and found.get("order_name", -1) == found.get("order_id"):
            found.pop("order_name")
            found |= self._second_name(table, found)
        return found

    def _second_name(self, table: Sheet, found: dict[str, int]) -> dict[str, int]:
        """The order's other name, where its first choice was taken for the number."""
        first = plain(table.header[found["order_id"]]) if "order_id" in found else ""
        others = tuple(name for name in self.fields.get("order_name", ()) if plain(name) != first)
        return columns(table, {"order_name": others})

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        found = sheet(head) or all_rows(head)
        if found is None or "order_id" not in self.columns(found):  # its whole rows have other names than its beginning
            raise InputError("most of its rows are damaged", hint="export it again")
        orders = _Orders.of(found, self)
        if power := rounded(orders.values("order_id")):
            raise InputError(
                f"a spreadsheet shortened its order numbers ({power})",
                hint="give the file as the shop exported it, not as a spreadsheet saved it",
            )
        return orders.reading()


@dataclass(frozen=True, slots=True)
class _Orders:
    """Where the fields are, and how their cells are written."""

    table: Sheet
    shop: Shop
    found: dict[str, int]
    styles: dict[int, Style]
    seen: Survey

    @classmethod
    def of(cls, table: Sheet, shop: Shop) -> _Orders:
        found = shop.columns(table)
        seen = survey(table, [found[f] for f in _AMOUNTS if f in found], [found["status"]] if "status" in found else [])
        return cls(table, shop, found, styles(seen.numbers, frozenset(), table.delimiter), seen)

    def reading(self) -> Reading:
        created, notes = self._moment("created")
        paid, _ = self._moment("paid")
        return Reading(
            self._select(created, paid),
            mapping=mapping(self.table, self.found),
            notes=(*self.table.notes, *notes, *self._status_notes()),
            first_row=self.table.first_row,
            csv=True,
        )

    def values(self, name: str) -> list[str]:
        """What the first rows have in a column."""
        place = self.found[name]
        return [row[place].strip() for row in self.table.rows[:_LOOKED_AT] if len(row) > place and row[place].strip()]

    def _text(self, name: str) -> str:
        return text(cell(self.found[name])) if name in self.found else "null::varchar"

    def _amount(self, name: str) -> str:
        return self.styles[self.found[name]].sql(cell(self.found[name])) if name in self.found else "null::double"

    def _moment(self, name: str) -> tuple[str, tuple[str, ...]]:
        if name not in self.found:
            return "null::bigint", ()
        values = self.values(name)
        x = self._text(name)
        if name == "created" and self._has_clock(values):
            x = f"{x} || coalesce(' ' || {self._text('clock')}, '')"
        told = self.shop.told
        if told and (told.date_format or told.timezone):
            return told_ms(x, told), ()
        read = written(x, values, f"(select * from {read_csv(self.table)})", self.table.header[self.found[name]])
        return epoch_or_instant_ms(f"try_cast({read.sql} as double)", read.sql), read.notes

    def _select(self, created: str, paid: str) -> str:
        label = f"ltrim({self._text('order_id')}, '#')"
        other = self._text("order_name")
        total = f"coalesce({self._amount('total')}, {self._amount('subtotal')})"
        email, phone = self._text("email"), self._text("phone")
        shown = {
            "order_id": label,
            "order_name": other,
            "order_hash": f"hash({label})",
            "order_name_hash": f"case when {other} is not null then hash({other}) end",
            "created_ms": created,
            "offset_minutes": offset_minutes(self._text("created")),
            "paid_ms": paid,
            "status": self._status(total),
            "total": total,
            **{name: self._amount(name) for name in ("subtotal", "tax", "shipping")},
            "currency": self._currency(),
            "email_hash": _hashed(email, f"lower(trim({email}))"),
            "phone_hash": _hashed(phone, f"'+' || regexp_replace({phone}, '[^0-9]', '', 'g')"),
            "origin": self._origin(),
            "reject": self._reject(label, created, total),
        }
        chosen = ", ".join(f"{sql} as {name}" for name, sql in shown.items())
        return f"select {chosen} from {read_csv(self.table)}"

    def _currency(self) -> str:
        if "currency" in self.found or "total" not in self.found or (self.shop.told and self.shop.told.currency):
            constant = self.shop.told and self.shop.told.currency
            return f"coalesce(upper({self._text('currency')}), {quoted(constant) if constant else 'null'})"
        place = self.found["total"]
        told = told_in_header(self.table.header[place])
        return quoted(told) if told else currency_sql(cell(place), self.seen.shapes[place])

    def _has_clock(self, days: list[str]) -> bool:
        """Whether the time of day stands in a column of its own."""
        clock = self.found.get("clock", self.found["created"])
        return clock != self.found["created"] and is_clock(self.values("clock")) and not any(":" in day for day in days)

    def _states(self) -> dict[str, str]:
        """What the words in the column of the status mean, as far as they are known."""
        return states(self.seen.texts[self.found["status"]], self.shop.words) if "status" in self.found else {}

    def _status(self, total: str) -> str:
        word, refunded = tidy(self._text("status")), self._amount("refunded")
        by_word: dict[str, list[str]] = {}
        for known, state in self._states().items():
            by_word.setdefault(state, []).append(quoted(known))
        branches = " ".join(
            f"when {word} in ({', '.join(sorted(by_word[state]))}) then '{state}'"
            for state in STATUS
            if state in by_word
        )
        return (
            f"case when {self._is_test()} then 'test' when {self._text('cancelled')} is not null then 'cancelled' "
            f"when coalesce({refunded}, 0) >= {total} and {total} > 0 then 'refunded' {branches} else 'paid' end"
        )

    def _is_test(self) -> str:
        tags, payment, told = self._text("tags"), self._text("payment"), self._text("test")
        return (
            f"coalesce(regexp_matches(lower({tags}), '(^|[,; ])test([,; -]|$)'), false) "
            f"or coalesce(contains(lower({payment}), 'bogus'), false) "
            f"or coalesce(lower({told}) in ('true', '1', 'yes'), false)"
        )

    def _origin(self) -> str:
        source = f"lower({self._text('source')})"
        branches = " ".join(
            "when " + " or ".join(f"contains({source}, {quoted(part)})" for part in parts) + f" then '{origin}'"
            for origin, parts in ORIGIN.items()
        )
        return f"case {branches} else 'web' end"

    def _reject(self, label: str, created: str, total: str) -> str:
        written_total = " and ".join(missing(cell(self.found[f])) for f in ("total", "subtotal") if f in self.found)
        further = "'#further line of an order'"
        line = f"{self._text('line')} is not null" if "line" in self.found else f"{self._text('created')} is null"
        lost = f"nullif({cell(self.table.header.index(NO_ROW))}, '')" if NO_ROW in self.table.header else "null"
        return (
            f"case when {lost} is not null then {lost} "
            f"when {header_again(self.table, self.found['order_id'])} then '#the header again' "
            f"when {label} is null and {line} then {further} when {label} is null then 'no order number' "
            f"when {written_total} and {line} then {further} "
            f"when {created} is null then 'no time of creation' "
            f"when {total} is null then 'total is not a number' end"
        )

    def _status_notes(self) -> Iterable[str]:
        if "status" not in self.found:
            yield NO_STATUS
            return
        words = {tidied(word) for word in self.seen.texts[self.found["status"]]} - {"", *self._states()}
        if words:
            header = mapping(self.table, self.found)["status"]
            # The words themselves are not shown: they may be anything, even a customer's name.
            yield f"{len(words):,} of the values in '{header}' are unknown: their orders count as paid"


def _hashed(x: str, normal: str) -> str:
    return f"case when {x} is not null then hash(sha256({normal})) end"
