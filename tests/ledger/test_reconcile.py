"""``tiktrack reconcile`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.helpers import SAMPLES, jsonl, purchase, request, tiktrack

SHOPIFY = "Name,Email,Financial Status,Paid at,Created at,Total,Currency,Lineitem name,Id\n"


def test_json_adds_up() -> None:
    done = tiktrack("reconcile", str(SAMPLES / "broken"), "-f", "json", "--isolated")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "tiktrack/reconcile/v1"
    n = {state: both["certain"] + both["probable"] for state, both in found["states"].items()}
    assert sum(n.values()) == found["orders"]
    assert found["accuracy"] == pytest.approx((found["received"] + n["ignored"]) / found["inside"], abs=1e-4)
    assert sum(found["lost_by"].values()) == n["lost"]
    assert sum(found["twice_by"].values()) == n["twice"]
    whole = found["daily"]["whole"]
    assert sum(row["counted"] for row in found["purchases"]) == whole["counted"]
    assert sum(day.get("counted", 0) for day in found["daily"]["days"]) == whole["counted"]
    simulated = json.loads(tiktrack("simulate", str(SAMPLES / "broken"), "-f", "json", "--isolated").stdout)
    (bought,) = (row for row in simulated["events"] if row["event"] == "Purchase")
    assert (bought["counted"], bought["true"]) == (whole["counted"], whole["true"])


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_it_fits_the_terminal(width: str) -> None:
    done = tiktrack("reconcile", str(SAMPLES / "broken"), "--isolated", "--days", COLUMNS=width)
    assert max(len(line) for line in done.stdout.splitlines()) <= int(width)
    assert "2026-11-09" in done.stdout or width == "60"  # there the days are folded


def test_plain_characters() -> None:
    assert tiktrack("reconcile", str(SAMPLES / "broken"), "--isolated", "--ascii").stdout.isascii()


def test_extract_leads_to_the_rows_and_tells_nothing_personal(tmp_path: Path) -> None:
    done = tiktrack("reconcile", str(SAMPLES / "broken"), "--isolated", "--extract", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    files = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
    assert {"lost", "doubled", "merged", "browser_only", "server_only"} <= set(files)
    assert "@" not in "".join(texts.values())
    lines = (SAMPLES / "broken" / "shopify_orders.csv").read_text(encoding="utf-8").splitlines()
    for row in files["lost"]:
        assert lines[int(row["source_row"]) - 1].startswith(f"#{row['order_id']},")
    log = (SAMPLES / "broken" / "pixel_hits.jsonl").read_text(encoding="utf-8").splitlines()
    for row in files["purchases_counted_again"]:
        if row["source_file"].endswith("pixel_hits.jsonl"):
            assert json.loads(log[int(row["source_row"]) - 1])["event_id"] == row["event_id"]


def test_extract_is_safe_to_open_and_forgets_earlier_runs(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        SHOPIFY + '"=1+1|x",a@example.com,paid,2026-09-21 20:00:00 +0000,2026-09-21 20:00:00 +0000,10,EUR,Tea,7\n'
        "#o1,a@example.com,paid,2026-09-21 14:13:21 +0000,2026-09-21 14:13:21 +0000,49.90,EUR,Tea,8\n",
        encoding="utf-8",
    )
    jsonl(tmp_path / "log.jsonl", *(request(purchase(n)) for n in range(1, 90_000, 3_000)))
    out = tmp_path / "out"
    out.mkdir()
    (out / "doubled.csv").write_text("of an earlier run", encoding="utf-8")
    done = tiktrack("reconcile", str(tmp_path / "orders.csv"), str(tmp_path / "log.jsonl"), "--isolated",
                    "--extract", str(out))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (out / "doubled.csv").exists()
    assert "'=1+1" in (out / "lost.csv").read_text(encoding="utf-8")


def test_what_is_missing_is_said() -> None:
    done = tiktrack("reconcile", str(SAMPLES / "broken" / "events_api.jsonl"), "--isolated")
    assert (done.returncode, "no shop orders" in done.stderr) == (3, True)
    done = tiktrack("reconcile", str(SAMPLES / "broken" / "shopify_orders.csv"), "--isolated")
    assert (done.returncode, "no event log" in done.stderr) == (3, True)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = tiktrack("reconcile", str(SAMPLES / "broken"), "--isolated", "--extract", str(tmp_path / "file" / "out"))
    assert (done.returncode, "cannot be written" in done.stderr) == (3, True)
