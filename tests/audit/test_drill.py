"""The fire drill: faults put into healthy and broken data."""

from __future__ import annotations

import json

from tests.helpers import tiktrack
from tiktrack.audit.drill import BROKEN_ALREADY, DAYS, FAULTS


def drilled(folder: str) -> list[dict[str, object]]:
    done = tiktrack("power", folder, "-f", "json", "--no-progress")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_healthy_shop_would_see_total_losses_and_double_firing() -> None:
    found = {(d["fault"], *d["segment"].values()): d for d in drilled("sample_data/healthy")}  # type: ignore[attr-defined]
    assert {key[0] for key in found} == {fault.name for fault in FAULTS}
    lost = next(d for key, d in found.items() if key[0] == "a release drops the pixel" and "Purchase" in key)
    assert lost["caught"] in (1, 2)
    twice = next(d for key, d in found.items() if key[0] == "the thank-you page fires twice" and "Purchase" in key)
    assert twice["caught"] in DAYS
    half = next(d for key, d in found.items() if key[0].startswith("a consent banner") and "Purchase" in key)
    assert half["caught"] is None or half["caught"] >= lost["caught"]


def test_what_is_broken_already_is_not_drilled() -> None:
    notes = {d["note"] for d in drilled("sample_data/broken")}
    assert BROKEN_ALREADY in notes


def test_it_is_printed_by_series() -> None:
    shown = tiktrack("power", "sample_data/healthy", "--no-progress").stdout
    assert "Faults put into the newest days of your own data" in shown
    assert "the access token expires: seen after" in shown
