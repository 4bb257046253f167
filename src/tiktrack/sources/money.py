"""The currency of an amount, where it stands in the header or beside the number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tiktrack.schema.currencies import CURRENCIES, SIGNS
from tiktrack.sources.base import quoted
from tiktrack.sources.csvfile import unmarked

_AROUND = re.compile(r"[\d.,\s'’%()+\-−=\"\u00a0\u2009\u202f]+")


def told_in_header(header: str) -> str | None:
    """The currency of ``Cost (USD)`` or ``Cost, €``."""
    return unmarked(header)[1]


def currency_sql(cell: str, cells: Iterable[str]) -> str:
    """SQL of the currency that stands beside a number; NULL where there is none or it names several."""
    signs = {sign for written in cells if (sign := _AROUND.sub("", written))}
    known = {sign: code for sign in signs if (code := _code(sign))}
    branches = " ".join(
        f"when contains({cell}, {quoted(sign)}) then {quoted(known[sign])}" for sign in sorted(known, key=len)[::-1]
    )
    return f"case {branches} end" if branches else "null::varchar"


def _code(sign: str) -> str | None:
    return SIGNS.get(sign) or (sign.upper() if sign.upper() in CURRENCIES else None)
