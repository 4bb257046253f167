"""Column maps in YAML → records: a file of their own (``--map``), or ``map:`` in ``tiktrack.yaml``.

```yaml
kind: orders                 # ads, events or orders
files: "*/shop-*.csv"        # optional: only for these files
columns: {order_id: Bestellnummer, created: Datum, total: Summe}
date_format: "%d.%m.%Y %H:%M"
decimal: ","
timezone: Europe/Berlin
currency: EUR
```
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tiktrack.errors import ConfigError, Place
from tiktrack.nearest import did_you_mean
from tiktrack.settings import ColumnMap
from tiktrack.sources.mapped import FIELDS, REQUIRED_IN_MAP
from tiktrack.yamlfile import read

_KEYS = ("kind", "files", "columns", "date_format", "decimal", "timezone", "channel", "currency")
_CHANNELS = ("server", "browser", "app", "offline", "crm")


def read_map(path: Path) -> tuple[ColumnMap, ...]:
    """The maps of a file: one a document, or a list of them."""
    return tuple(column_map for document in read(path) for column_map in parse_maps(document, str(path)))


def parse_maps(value: Any, origin: str, folder: Path | None = None) -> tuple[ColumnMap, ...]:
    """One map, a list of maps, or the name of a file with maps, next to ``folder``. ``origin`` is named in errors."""
    if isinstance(value, str | Path):
        return read_map(folder / value if folder else Path(value))
    if isinstance(value, list | tuple):
        return tuple(column_map for item in value for column_map in parse_maps(item, origin, folder))
    if not isinstance(value, Mapping):
        raise ConfigError("a map must be a mapping of keys", hint=f"keys are {', '.join(_KEYS)}", place=Place(origin))
    return (_Parser(origin).parse(value),)


class _Parser:
    """Checks one map; every error names its line."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def parse(self, value: Mapping[str, Any]) -> ColumnMap:
        self._known(value, value, _KEYS, "key of a map")
        kind = self._one_of(value, "kind", tuple(FIELDS))
        columns = value.get("columns")
        if not isinstance(columns, Mapping) or not columns:
            raise self._error(value, "columns", "a map needs columns", "columns: {field: header of the file}")
        self._known(columns, columns, tuple(FIELDS[kind]), f"column of {kind}")
        missing = [field for field in REQUIRED_IN_MAP[kind] if field not in columns]
        if missing:
            raise self._error(
                value,
                "columns",
                f"{kind} need a column for {', '.join(missing)}",
                "add it, with the header of the file",
            )
        return ColumnMap(
            kind=kind,
            columns={field: str(header) for field, header in columns.items()},
            files=self._text(value, "files"),
            date_format=self._date_format(value),
            decimal=self._one_of(value, "decimal", (".", ",")) if "decimal" in value else None,
            timezone=self._zone(value),
            channel=self._one_of(value, "channel", _CHANNELS) if "channel" in value else None,
            currency=self._text(value, "currency"),
            origin=self.origin,
        )

    def _known(self, place: Mapping[str, Any], keys: Iterable[str], known: tuple[str, ...], what: str) -> None:
        for key in keys:
            if key not in known:
                hint = did_you_mean(key, known, f"known are {', '.join(known)}")
                raise self._error(place, key, f"there is no {what} called '{key}'", hint)

    def _text(self, value: Mapping[str, Any], key: str) -> str | None:
        return str(value[key]) if value.get(key) is not None else None

    def _one_of(self, value: Mapping[str, Any], key: str, words: tuple[str, ...]) -> str:
        word = str(value.get(key, ""))
        if word not in words:
            said = f"{key} is '{word}'" if word else f"a map needs {key}"
            raise self._error(value, key, said, did_you_mean(word, words, f"one of {', '.join(words)}"))
        return word

    def _date_format(self, value: Mapping[str, Any]) -> str | None:
        text = self._text(value, "date_format")
        if text is not None and "%" not in text:
            raise self._error(
                value, "date_format", f"'{text}' is not a format", "write it as for strptime, such as %d.%m.%Y"
            )
        return text

    def _zone(self, value: Mapping[str, Any]) -> str | None:
        name = self._text(value, "timezone")
        if name is not None:
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError, OSError) as error:
                raise self._error(
                    value, "timezone", f"there is no time zone called '{name}'", "use a name such as Europe/Berlin"
                ) from error
        return name

    def _error(self, value: Mapping[str, Any], key: str, message: str, hint: str) -> ConfigError:
        line = value.line_of(key) if hasattr(value, "line_of") else None
        return ConfigError(message, hint=hint, place=Place(self.origin, line))
