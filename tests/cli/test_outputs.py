"""Every face in one run, from files to files, each valid by the reader it is meant for."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tests.helpers import SAMPLES, tiktrack
from tests.render.test_sarif import PUBLISHED
from tiktrack.render.json import schema
from tiktrack.render.wire import from_wire

SCHEMA = schema()
NAMES = ("r.html", "r.json", "r.sarif", "r.xml", "r.md", "r.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faces of the broken account."""
    made = tmp_path_factory.mktemp("faces")
    wanted = [part for name in NAMES for part in ("-o", str(made / name))]
    done = tiktrack("audit", str(SAMPLES / "broken"), "-q", *wanted)
    assert done.returncode == 1, done.stderr
    assert all(f"wrote {made / name}" in done.stderr for name in NAMES)
    return made


def test_json_is_the_contract_and_the_others_are_made_from_it(folder: Path) -> None:
    report = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    for name, format in {"r.html": "html", "r.md": "md", "r.sarif": "sarif", "r.xml": "junit", "r.csv": "csv"}.items():
        again = tiktrack("report", str(folder / "r.json"), "-f", format)
        written = (folder / name).read_bytes().decode().replace("\r\n", "\n")
        assert again.stdout.replace("\r\n", "\n") == written, f"{name} is a function of the JSON"


def test_each_is_read_by_its_reader(folder: Path) -> None:
    report = from_wire(json.loads((folder / "r.json").read_text(encoding="utf-8")))
    findings = sum(len(result.findings) for result in report.results)
    log = json.loads((folder / "r.sarif").read_text(encoding="utf-8"))
    assert len(log["runs"][0]["results"]) == findings
    if PUBLISHED.exists():
        jsonschema.Draft4Validator(json.loads(PUBLISHED.read_text(encoding="utf-8"))).validate(log)
    cases = ET.parse(folder / "r.xml").getroot().findall(".//testcase")  # noqa: S314 - we wrote it ourselves
    assert len(cases) == len(report.results)
    with (folder / "r.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == findings
    assert (folder / "r.md").read_text(encoding="utf-8").startswith("# TikTok tracking: ")
    page = Anchors()
    page.feed((folder / "r.html").read_text(encoding="utf-8"))
    assert page.wanted <= page.places
    assert len(page.places) == page.given, "no place is named twice"


class Anchors(HTMLParser):
    """Places of a page, and the places that its links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.wanted: set[str] = set()
        self.given = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.places.add(str(named["id"]))
            self.given += 1
        if tag == "a" and str(named.get("href")).startswith("#"):
            self.wanted.add(str(named["href"])[1:])
