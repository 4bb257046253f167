"""How numbers are written in a file, decided from whole columns, and the SQL that reads them.

``1,234.56``, ``1.234,56``, ``1 234,56`` and ``1'234.56`` name themselves. ``1.234`` alone does not: then the column's
other cells decide, then its kind (a count has no decimals), then the file's other columns, then a semicolon between the
cells (spreadsheets put it where the comma is the decimal mark). What nothing decides is read with a decimal point and
said in the notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

MISSING = ("", "-", "--", "—", "–", "n/a", "na", "nan", "null", "none")
"""What stands for no value, in lower case."""

_BLANKS = r"[\s\x{00a0}\x{2009}\x{202f}'’%]"
_SIGN = r"[\p{L}]{0,4}[./]?\p{Sc}?"
_DIGITS = str.maketrans("123456789", "9" * 9)
_SIMPLE = re.compile(r"-?\d+(\.\d{1,2}|\.\d{4,})?")
_JOINED = re.compile(r"[\d.,]*\d")


def shape(cell: str) -> str:
    """A cell with every digit but a leading zero as 9: few shapes stand for many cells."""
    text = cell.translate(_DIGITS)
    return "0" + text[1:].replace("0", "9") if text.startswith("0") else text.replace("0", "9")


@dataclass(frozen=True, slots=True)
class Votes:
    """Cells of a column that can only be read with a decimal point, only with a decimal comma, or either way."""

    point: int = 0
    comma: int = 0
    either: str | None = None
    simple: bool = True

    @property
    def mark(self) -> str | None:
        """The decimal mark that the column itself decides on."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","


def votes(shapes: Mapping[str, int]) -> Votes:
    """What the cells of a column say, from their shapes and how often each occurs."""
    count: Counter[str] = Counter()
    either, simple = None, True
    for cell, times in shapes.items():
        text = cell.strip()
        if text.lower() in MISSING:
            simple = simple and text in ("", "-")
            continue
        simple = simple and _SIMPLE.fullmatch(text) is not None
        kind = _decides(re.sub(r"[\s\u00a0\u2009\u202f'’]", "", text))
        if kind in (".", ","):
            count[kind] += times
        elif kind:
            either = kind[-1]
    return Votes(count["."], count[","], either, simple)


def _decides(cell: str) -> str | None:
    """``.`` or ``,`` where the cell tells its decimal mark, ``?.`` or ``?,`` where a single mark may be either."""
    match = _JOINED.search(cell)
    digits = match[0] if match else ""
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return None
    if len(set(marks)) == 2:
        return marks[-1]
    (mark,) = set(marks)
    if len(marks) > 1:
        groups = digits.split(mark)[1:]
        grouped = len(groups[-1]) == 3 and all(len(group) in (2, 3) for group in groups)  # 12,34,567 in India
        return ("," if mark == "." else ".") if grouped else None
    before, _, after = digits.partition(mark)
    grouped = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return f"?{mark}" if grouped else mark


@dataclass(frozen=True, slots=True)
class Style:
    """Decimal mark of a column; ``simple`` where a plain cast reads every cell."""

    mark: str
    simple: bool
    unsure: bool = False

    def sql(self, cell: str) -> str:
        """SQL of the number in a cell: NULL where it is missing or no number."""
        if self.simple:
            return f"try_cast(nullif(trim({cell}), '-') as double)"
        grouping = "," if self.mark == "." else "."
        bare = _bare(cell)
        valid = rf"[-+]?([0-9]{{1,3}}([{grouping}][0-9]{{2,3}})*[{grouping}][0-9]{{3}}|[0-9]*)([{self.mark}][0-9]*)?"
        cast = f"replace(replace({bare}, '{grouping}', ''), '{self.mark}', '.')"
        return f"case when regexp_full_match({bare}, '{valid}([eE][-+]?[0-9]+)?') then try_cast({cast} as double) end"


def _bare(cell: str) -> str:
    """SQL of a cell without wrapper, blanks, percent sign, currency and brackets around a negative."""
    inner = f"regexp_replace(trim({cell}), '^=\"(.*)\"$', '\\1')"
    narrow = f"replace(regexp_replace({inner}, '{_BLANKS.replace(chr(39), chr(39) * 2)}', '', 'g'), '−', '-')"
    bracket = f"regexp_replace({narrow}, '^([^()]*)\\(([^()]*)\\)([^()]*)$', '-\\1\\2\\3')"
    front = f"regexp_replace({bracket}, '^([-+]?){_SIGN}([-+]?)', '\\1\\2')"
    return f"regexp_replace({front}, '\\p{{Sc}}?[\\p{{L}}]{{0,4}}[.]?$', '')"


def styles(
    columns: Mapping[int, Votes], counts: frozenset[int], delimiter: str, usual: str | None = None
) -> dict[int, Style]:
    """The style of each column; ``counts`` are the columns that hold whole numbers, ``usual`` is the decimal mark that
    such files have by all that is known."""
    own = {index: vote.mark or usual or _by_kind(vote, whole=index in counts) for index, vote in columns.items()}
    file = Counter(mark for mark in own.values() if mark).most_common(1)
    common = file[0][0] if file else ("," if delimiter == ";" else None)
    return {
        index: Style(own[index] or common or ".", vote.simple and (own[index] or common or ".") == ".",
                     unsure=not own[index] and not common and vote.either is not None)
        for index, vote in columns.items()
    }  # fmt: skip


def _by_kind(vote: Votes, *, whole: bool) -> str | None:
    if not whole or vote.either is None:
        return None
    return "," if vote.either == "." else "."


def missing(cell: str) -> str:
    """SQL: nothing stands in the cell."""
    listed = ", ".join(f"'{word}'" for word in MISSING)
    inner = f"lower(trim(regexp_replace(trim({cell}), '^=\"(.*)\"$', '\\1')))"
    return f"({cell} is null or {inner} in ({listed}) or starts_with({inner}, '<'))"
