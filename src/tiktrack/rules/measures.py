"""Measures: SQL files for what needs a join. The header says what comes out.

A measure returns ``day, n, bad, unknown`` and the columns of its ``keys`` line; ``n`` and ``bad`` add up over days and
keys. It is checked like a rule: canonical tables only, no function outside the subset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tiktrack.errors import Place, Problem, RuleError

_KEYS = re.compile(r"^--\s*keys:\s*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """One ``rules/measures/<name>.sql``."""

    name: str
    sql: str
    keys: tuple[str, ...]
    tables: frozenset[str]
    columns: frozenset[str]


def read_measures(folders: Sequence[Path], names: frozenset[str]) -> dict[str, MeasureFile]:
    """The measures of these names. Raises RuleError where one is missing or refused."""
    found: dict[str, MeasureFile] = {}
    for folder in folders:
        for path in sorted((folder / "measures").glob("*.sql")) if folder.is_dir() else []:
            if path.stem in names:
                found[path.stem] = _read(path)
    missing = sorted(names - set(found))
    if missing:
        place = Place(str(folders[-1] if folders else "rules"))
        raise RuleError(
            [
                Problem(place, "measure", f"there is no measure '{name}'", f"write measures/{name}.sql")
                for name in missing
            ]
        )
    return found


def _read(path: Path) -> MeasureFile:
    from tiktrack import sql

    text = path.read_text(encoding="utf-8")
    header = _KEYS.search(text)
    if not header:
        raise RuleError(
            [Problem(Place(str(path), 1), "keys", "the header has no line '-- keys: …'", "name the key columns there")]
        )
    try:
        checked, tables, columns = sql.query(text)
    except sql.RefusedError as refused:
        raise RuleError([Problem(Place(str(path)), "sql", refused.message, refused.hint)]) from refused
    keys = tuple(key.strip() for key in header[1].split(",") if key.strip())
    return MeasureFile(path.stem, checked, keys, tables, columns)
