"""Ids that went through a spreadsheet, which keeps 15 digits of a number: 1812300441028609 becomes 1.8123E+15."""

from __future__ import annotations

import re
from collections.abc import Collection

_POWER = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_POWER_OF = re.compile(r"\d(?:[.,](\d+))?E\+(\d+)", re.IGNORECASE)
_DIGITS = 15


def lost(ids: Collection[str]) -> str | None:
    """An example, where the ids of a column were rounded, so that several objects may share one; None where not."""
    powers = [text for text in ids if _POWER.fullmatch(text.strip())]
    long = [text.strip() for text in ids if text.strip().isdigit() and len(text.strip()) > _DIGITS]
    cut = len(long) > 2 and all(not text[_DIGITS:].strip("0") for text in long)
    return min(powers or long) if powers or cut else None


def rounded(values: Collection[str]) -> str | None:
    """An example, where numbers of a column became powers of ten that have lost digits (1.79E+12); None where not."""
    powers = ((text.strip(), _POWER_OF.fullmatch(text.strip())) for text in values)
    return min((text for text, power in powers if power and len(power[1] or "") < int(power[2])), default=None)


def whole(sql: str) -> str:
    """SQL of an id without the decimals that a program put behind it: ``1812300441028609.0``."""
    return f"regexp_replace({sql}, '^([0-9]+)[.]0$', '\\1')"
