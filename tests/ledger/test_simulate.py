"""``tiktrack simulate`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import SAMPLES, jsonl, purchase, request, tiktrack


def test_json_adds_up() -> None:
    done = tiktrack("simulate", str(SAMPLES / "broken"), "-f", "json", "--isolated")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "tiktrack/simulate/v1"
    for row in [found["totals"], *found["events"], *found["pixels"], *found["days"]]:
        assert row["received"] == row["counted"] + row["merged"] + row["dropped"]
        assert row["counted"] == row["true"] + row["over"] - row["under"]
        assert sum(row["over_by"].values()) == row["over"]
    for part in ("events", "pixels", "days"):
        assert sum(row["counted"] for row in found[part]) == found["totals"]["counted"]


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_it_fits_the_terminal(width: str) -> None:
    done = tiktrack("simulate", str(SAMPLES / "broken"), "--isolated", COLUMNS=width)
    assert max(len(line) for line in done.stdout.splitlines()) <= int(width)
    assert "one ID for both channels" in " ".join(done.stdout.split())


def test_plain_characters() -> None:
    assert tiktrack("simulate", str(SAMPLES / "broken"), "--isolated", "--ascii").stdout.isascii()


def test_one_event_and_a_misspelt_one() -> None:
    done = tiktrack("simulate", str(SAMPLES / "broken"), "--isolated", "--event", "Purchase", "-f", "json")
    assert [row["event"] for row in json.loads(done.stdout)["events"]] == ["Purchase"]
    wrong = tiktrack("simulate", str(SAMPLES / "broken"), "--isolated", "--event", "Purchas")
    assert (wrong.returncode, "did you mean 'Purchase'?" in wrong.stderr) == (2, True)


def test_without_a_log() -> None:
    done = tiktrack("simulate", str(SAMPLES / "messy"), "--isolated")
    assert done.returncode == 3
    assert "no event log" in done.stderr
    assert tiktrack("simulate", str(SAMPLES / "broken"), "-f", "yaml").returncode == 2


def test_names_in_the_log_cannot_paint_the_terminal(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log.jsonl", request(purchase(1, event="Buy\x1b[31m[bold]x"), purchase(2)))
    done = tiktrack("simulate", str(log), "--isolated")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "[bold]x" in done.stdout
