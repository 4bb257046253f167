"""Stand-ins for what must not be shared: a name becomes "campaign 1", an id a keyed hash, always the same one."""

from __future__ import annotations

import hmac
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePath

from tiktrack.schema import TABLES, Column
from tiktrack.schema.currencies import CURRENCIES
from tiktrack.schema.names import normalise

_NUMBERED: dict[str, tuple[str, str]] = {
    "account": ("account", "account {}"),
    "campaign": ("campaign", "campaign {}"),
    "adgroup": ("ad group", "ad group {}"),
    "ad": ("ad", "ad {}"),
    "objective": ("objective", "objective {}"),
    "page_host": ("host", "host-{}.example"),
    "referrer_host": ("host", "host-{}.example"),
    "page_path": ("page", "/page-{}"),
    "sender": ("sender", "sender {}"),
    "source_file": ("file", "file-{}"),
    "event": ("event", "custom event {}"),
    "event_raw": ("event", "custom event {}"),
}
"""Column → the kind that its values are counted as, and what stands for the nth of them."""

_PUBLIC: dict[str, Callable[[str], bool]] = {
    "event": lambda value: normalise(value).status not in ("custom", "placeholder"),
    "event_raw": lambda value: normalise(value).status not in ("custom", "placeholder"),
    "currency": lambda value: value.upper() in CURRENCIES,
    "country": lambda value: re.fullmatch("[A-Z]{2}", value) is not None,
    "content_type": lambda value: value in ("product", "product_group"),
    "page_path": lambda value: value == "/",
    **dict.fromkeys(("browser", "time", "api_field", "signal_faults", "timezone"), lambda value: True),
}
"""Columns of which some values, or all, are everybody's words."""

_NOTHING = ("", "(none)")
_KNOWN = {column.name: column for table in TABLES.values() for column in table.columns}
_QUOTED = re.compile(r"""(?<!\w)(?:'[^']*'|"[^"]*"|“[^”]*”|‘[^’]*’)(?!\w)""")
_ID_LIKE = re.compile(r"\b(?:\d{9,}|(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{16,})\b")
_LEAST = 3  # shorter originals would be found in any sentence


class Aliases:
    """Gives stand-ins and remembers them; ``key`` makes ids of two reports different and guessing useless."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._given: dict[tuple[str, str], str] = {}
        self._numbers: dict[str, int] = defaultdict(int)
        self._columns: dict[str, set[str]] = defaultdict(set)

    @property
    def counts(self) -> dict[str, int]:
        """Different values replaced so far, by column."""
        return {column: len(values) for column, values in sorted(self._columns.items())}

    def cell(self, column: str, value: object) -> object:
        """The stand-in of a value of this column; what identifies nothing stays as it is."""
        described = _KNOWN.get(column)
        textual = column.endswith("_id") or (described is not None and described.type == "text")
        if not isinstance(value, str):
            return self.cell(column, str(value)) if textual and value is not None else value
        return value if self._stays(column, value) else self._alias(column, value)

    def knows(self, column: str) -> bool:
        """Whether a name is that of a column of data."""
        return column in _KNOWN or column in _NUMBERED or column in _PUBLIC or column.endswith("_id")

    def text(self, column: str, value: str) -> str:
        """``cell`` for text."""
        return str(self.cell(column, value))

    def token(self, text: str) -> str:
        """A keyed hash of sixteen hexadecimal digits: for fingerprints."""
        return hmac.digest(self._key, text.encode("utf-8", "replace"), "sha256").hex()[:16]

    def scrub(self, text: str) -> str:
        """A sentence with known originals and what looks like an id replaced, and what else it quotes left out."""
        known = {original: alias for (_, original), alias in self._given.items() if _findable(original)}
        if known:
            listed = "|".join(re.escape(original) for original in sorted(known, key=len, reverse=True))
            text = re.sub(rf"(?<!\w)(?:{listed})(?!\w)", lambda match: known[match[0]], text)
        text = _ID_LIKE.sub(lambda match: self.text("id", match[0]), text)
        stand_ins = set(self._given.values())
        return _QUOTED.sub(lambda match: match[0] if match[0][1:-1] in stand_ins else "“…”", text)

    def _stays(self, column: str, value: str) -> bool:
        public = _PUBLIC.get(column)
        described: Column | None = _KNOWN.get(column)
        listed = described is not None and (value in described.values or described.type != "text")
        return value in _NOTHING or listed or (public is not None and public(value))

    def _alias(self, column: str, value: str) -> str:
        kind, pattern = _NUMBERED.get(column, ("id", ""))
        self._columns[column].add(value)
        if (kind, value) not in self._given:
            self._numbers[kind] += 1
            made = pattern.format(self._numbers[kind]) if pattern else f"id-{self.token(value)[:10]}"
            self._given[kind, value] = made + (_suffix(value) if kind == "file" else "")
            if kind == "file":  # sentences name a file without its folder
                self._given.setdefault(("file name", PurePath(value).name), self._given[kind, value])
        return self._given[kind, value]


def _findable(original: str) -> bool:
    return len(original) >= _LEAST and not (original.isdigit() and len(original) < 9)


def _suffix(path: str) -> str:
    """The last suffix of a file where it is one, so that the kind of the file can still be seen."""
    suffix = PurePath(path).suffix
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else ""
