"""A folder with every kind of file at once: each is named rightly, with exact rows and rejects."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT, tiktrack

SHAPES = sorted(path.parent for path in (ROOT / "tests" / "sources" / "shapes").glob("*/expected.json"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("all")
    for number, shape in enumerate(SHAPES):
        (folder / f"{number:03}").mkdir()  # the name of the folder tells nothing of the kind
        for file in shape.glob("in*"):
            shutil.copy(file, folder / f"{number:03}" / file.name)
    (folder / "nobody.csv").write_text("Farbe,Form\nrot,rund\n")
    (folder / "README.md").write_text("notes")
    done = tiktrack("audit", str(folder), "-f", "json", "--isolated", "--fail-on", "never", "--tz", "UTC")
    assert done.returncode == 0, done.stderr
    assert "nobody.csv" in done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_each_kind_with_its_rows(report: dict[str, Any]) -> None:
    read: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in report["inputs"]:
        number = next(part for part in Path(item["path"]).parts[::-1] if part.isdigit())  # a tab has a path of its own
        read[number].append(item)
    wrong = []
    for place, shape in enumerate(SHAPES):
        expected = json.loads((shape / "expected.json").read_text(encoding="utf-8"))
        found = sorted(read[f"{place:03}"], key=lambda item: item["path"])
        kinds = expected["kind"] if isinstance(expected["kind"], list) else [expected["kind"]] * len(found)
        if (
            [item["kind"] for item in found] != kinds
            or sum(item["rows"] for item in found) != expected["rows"]
            or sum(item["rejected"] for item in found) != expected["rejected"]
        ):
            wrong.append((shape.name, [(item["kind"], item["rows"], item["rejected"]) for item in found]))
    assert not wrong
    assert len({item["kind"] for item in report["inputs"]}) >= 10


def test_what_nobody_understood_is_listed(report: dict[str, Any]) -> None:
    assert [item["what"] for item in report["unknowns"] if item["what"].endswith(("csv", "md"))] == ["nobody.csv"]
