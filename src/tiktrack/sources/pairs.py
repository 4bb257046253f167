"""Two columns of one name: Ads Manager heads a count and its value alike, and only position and content differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiktrack.sources.csvfile import Sheet, plain

_PAIRS = {"purchases": "purchase_value"}


def told_apart(sheet: Sheet, found: dict[str, int]) -> dict[str, int]:
    """``found`` with the value next to its count where both columns carry the name of the count."""
    settled = dict(found)
    for count, value in _PAIRS.items():
        if count not in found or value in found:
            continue
        name = plain(sheet.header[found[count]])
        same = [index for index, header in enumerate(sheet.header) if plain(header) == name]
        if len(same) > 1:
            settled[count], settled[value] = _count_and_value(sheet.rows, same[0], same[1])
    return settled


def _count_and_value(rows: Sequence[Sequence[str]], first: int, second: int) -> tuple[int, int]:
    """A value has decimals where a count has none, or is larger; where both look alike the count comes first."""
    width = max(first, second)
    cells = [(row[first], row[second]) for row in rows if len(row) > width]
    decimals = [sum(bool(re.search(r"[.,]\d{1,2}\D*$", pair[i])) for pair in cells) for i in (0, 1)]
    if decimals[0] != decimals[1]:
        return (first, second) if decimals[0] < decimals[1] else (second, first)
    sizes = [sum(int(re.sub(r"\D", "", pair[i]) or 0) for pair in cells) for i in (0, 1)]
    return (first, second) if sizes[0] <= sizes[1] else (second, first)
