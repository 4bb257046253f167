"""Every shape of file that tiktrack reads, one folder a shape: ``in.*`` as a user has it, ``expected.json`` as it is read.

``expected.json`` holds::

    kind      kind that is recognised; a list where the folder holds several files (in the order of their names)
    table     canonical table that ``columns`` are selected from
    rows      rows understood, over all files
    rejected  rows rejected, over all files
    columns   canonical columns
    values    their values, row by row in the order of the files; days as YYYY-MM-DD
    notes     texts that the notes of the inputs contain (optional)
    reasons   texts that the reasons of the rejects contain (optional)
    timezone  time zone that days are cut in (optional, UTC)
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import taken_in

SHAPES = sorted(path.parent for path in (Path(__file__).parent / "shapes").glob("*/expected.json"))


@pytest.mark.parametrize("folder", SHAPES, ids=lambda folder: folder.name)
def test_shape(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path for path in folder.glob("in*") if path.suffix != ".manifest")
    with taken_in(*files, timezone=expected.get("timezone", "UTC")) as (engine, intake):
        reads = intake.inputs
        kinds = expected["kind"] if isinstance(expected["kind"], list) else [expected["kind"]] * len(files)
        assert [read.kind for read in reads] == kinds
        assert (sum(read.rows for read in reads), sum(read.rejected for read in reads)) == (
            expected["rows"], expected["rejected"],
        ), [reject for read in reads for reject in read.rejects]  # fmt: skip
        found = engine.rows(f"select {', '.join(expected['columns'])} from {expected['table']} order by row_ref").rows
        assert [[_plain(value) for value in row] for row in found] == expected["values"]
        _contains([note for read in reads for note in read.notes], expected.get("notes", []))
        _contains([reject.reason for read in reads for reject in read.rejects], expected.get("reasons", []))


def test_a_shape_has_files() -> None:
    assert SHAPES
    assert all(sorted(folder.glob("in*")) for folder in SHAPES)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _contains(texts: list[str], parts: list[str]) -> None:
    missing = [part for part in parts if not any(part in text for text in texts)]
    assert not missing, f"none of {texts} says {missing}"
