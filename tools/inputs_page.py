"""docs/inputs.md: what is read, from the registry of sources, the fixtures that hold it, and the fields of a map."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from string import Template

from tiktrack.schema import TABLES
from tiktrack.sources import SOURCES
from tiktrack.sources.base import LONGEST_LINE, limits_of
from tiktrack.sources.mapped import FIELDS, REQUIRED_IN_MAP

_SHAPES = Path(__file__).parents[1] / "tests" / "sources" / "shapes"
_TEMPLATE = Path(__file__).with_name("inputs.md.template")


def inputs_page() -> str:
    """The whole page, without the note on top."""
    columns, shapes = _shown_by_fixtures()
    rows = [
        f"| `{s.name}` | {s.table} | {s.about} | {_codes(columns[s.name])} | {limits_of(s)} | {len(shapes[s.name])} |"
        for s in SOURCES
    ]
    table = "| kind | table | recognised by | columns held by fixtures | limits | fixtures |\n|---|---|---|---|---|---|"
    maps = [f"| `{kind}` | {_codes(REQUIRED_IN_MAP[kind])} | {_codes(fields)} |" for kind, fields in FIELDS.items()]
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(longest=LONGEST_LINE >> 20, kinds="\n".join([table, *rows]), maps="\n".join(maps))


def _shown_by_fixtures() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Kind → canonical columns that its fixtures hold, in the order of the schema; kind → its fixtures."""
    seen: dict[str, set[str]] = defaultdict(set)
    shapes: dict[str, list[str]] = defaultdict(list)
    order: dict[str, list[str]] = defaultdict(list)
    for path in sorted(_SHAPES.glob("*/expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        kinds = expected["kind"] if isinstance(expected["kind"], list) else [expected["kind"]]
        for kind in set(kinds):
            shapes[kind].append(path.parent.name)
            seen[kind] |= set(expected["columns"])
            order[kind] = [column.name for column in TABLES[expected["table"]].columns]
    columns = {kind: [name for name in order[kind] if name in names] for kind, names in seen.items()}
    return defaultdict(list, columns), shapes


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
