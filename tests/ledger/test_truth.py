"""``simulate`` and ``reconcile`` against the truth of each sample account, to the unit.

The maker counts the truth one copy and one order at a time, from its simulated world; the commands read the files.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.helpers import SAMPLES, sample, tiktrack

TRUTH = {
    path.parent.name: json.loads(path.read_text(encoding="utf-8"))["totals"] for path in SAMPLES.glob("*/expected.json")
}
LOGGED = sorted(name for name, totals in TRUTH.items() if "events" in totals)


def command(name: str, account: str) -> dict[str, Any]:
    done = tiktrack(name, str(SAMPLES / account), "-f", "json", "--isolated")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("account", LOGGED)
def test_simulate(account: str) -> None:
    truth = TRUTH[account]["counting"]
    found = {(row["event"], row["pixel_code"]): row for row in command("simulate", account)["pixels"]}
    assert [{key: found[row["event"], row["pixel_code"]][key] for key in row} for row in truth] == truth
    assert len(found) == len(truth)


@pytest.mark.parametrize("account", LOGGED)
def test_reconcile(account: str) -> None:
    truth, found = TRUTH[account]["ledger"], command("reconcile", account)
    assert {state: n["certain"] for state, n in found["states"].items() if n["certain"]} == truth["states"]
    assert not any(n["probable"] for n in found["states"].values())
    bought: dict[str, int] = {}
    for row in found["purchases"]:
        bought[row["behind"]] = bought.get(row["behind"], 0) + row["counted"]
    assert bought == truth["purchases"]
    assert {key: found[key] for key in ("orders", "due", "ignored_as", "accuracy", "values")} == {
        key: truth[key] for key in ("orders", "due", "ignored_as", "accuracy", "values")
    }
    assert sum(item["value"][1] for item in found["lost"]) == pytest.approx(truth["lost_value"])


@pytest.mark.parametrize("account", LOGGED)
def test_the_audit_says_the_same(account: str) -> None:
    ledger, truth = sample(account).totals["ledger"], TRUTH[account]
    bought = [row for row in truth["counting"] if row["event"] == "Purchase"]
    assert ledger["purchases"]["counted"] == sum(row["counted"] for row in bought)
    assert ledger["purchases"]["true"] == sum(row["true"] for row in bought)
    states = {state: n["certain"] for state, n in ledger["orders"]["states"].items() if n["certain"]}
    assert states == truth["ledger"]["states"]


def test_an_account_without_a_log_has_no_truth_to_hold() -> None:
    assert LOGGED == ["broken", "healthy"]
    for name in ("simulate", "reconcile"):
        assert tiktrack(name, str(SAMPLES / "messy"), "--isolated").returncode == 3
