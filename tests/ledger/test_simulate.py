"""``tiktrack simulate`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import SAMPLES, jsonl, purchase, request, tiktrack
from tiktrack.cli.sheet import change


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


def test_it_reads_the_numbers_of_orders_as_reconcile_does(tmp_path: Path) -> None:
    header = "Name,Email,Financial Status,Paid at,Created at,Total,Currency,Lineitem name,Id\n"
    row = "#100{n},a@example.com,paid,2026-09-21 14:13:21 +0000,2026-09-21 14:13:21 +0000,49.90,EUR,Tea,{n}\n"
    orders = tmp_path / "orders.csv"
    orders.write_text(header + "".join(row.format(n=n) for n in (1, 2)), encoding="utf-8")
    one = [purchase(n, properties={"order_id": f"WEB-100{n}"}) for n in (1, 2)]
    again = purchase(3, properties={"order_id": "1001"})
    log = jsonl(tmp_path / "log.jsonl", request(*one, again))
    done = tiktrack("simulate", str(orders), str(log), "--isolated", "-f", "json")
    assert json.loads(done.stdout)["totals"]["over_by"] == {"new_id": 1}


@pytest.mark.parametrize(
    ("counted", "true", "words"),
    [(5, 5, "exact"), (10_004, 10_000, "+0.040%"), (90, 100, "−10.0%"), (4, 0, "+4")],
)
def test_how_far_it_is_off(counted: int, true: int, words: str) -> None:
    assert change(counted, true) == words
