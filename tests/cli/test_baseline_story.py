"""Four mornings of a CI job with a baseline: known faults are quiet, a new one is loud, a missing file proves nothing."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, purchase, request, tiktrack

FIRST = 1_790_000_000
NO_CURRENCY, NO_VALUE, PLAIN_EMAIL = "purchase-without-currency", "purchase-without-value", "email-in-plain"


def log(path: Path, day: int, **faults: int) -> Path:
    """A week of purchases that ends on this day; ``currency``, ``value`` and ``email`` count the faulty ones in 100."""
    events = []
    for number in range(700):
        wrong = {name for name, count in faults.items() if number % 100 < count}
        changes: dict[str, Any] = {"event_time": FIRST + (day * 100 + number) * 864}
        properties = {name: None for name in ("currency", "value") if name in wrong}
        user = {"email": "erika@example.org"} if "email" in wrong else {}
        events.append(purchase(day * 1000 + number, properties=properties, user=user, **changes))
    return jsonl(path, *(request(event) for event in events))


def orders(path: Path) -> Path:
    """Orders of the shop."""
    head = (
        "Name,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Source"
    )
    days = [date(2026, 9, 20) + timedelta(days=number % 7) for number in range(60)]
    rows = [
        f"#{n},paid,{day} 10:00:00 +0000,EUR,49.90,{day} 10:00:00 +0000,1,Mug,49.90,web" for n, day in enumerate(days)
    ]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def morning(tmp_path: Path) -> Any:
    """Runs the job of a day over these files."""

    def run(day: int, *paths: Path, baseline: bool = True) -> subprocess.CompletedProcess[str]:
        gate = ["--fail-on-regression", "--baseline", str(tmp_path / "1.json")] if baseline else []
        return tiktrack("audit", *map(str, paths), "-q", *gate, "-o", str(tmp_path / f"{day}.json"))

    return run


def test_four_mornings(tmp_path: Path, morning: Any) -> None:
    known = {"currency": 40, "value": 30}
    shop = orders(tmp_path / "orders.csv")
    first = morning(1, shop, log(tmp_path / "1.jsonl", 1, **known), baseline=False)
    assert first.returncode == 1
    assert NO_CURRENCY in first.stderr

    second = morning(2, shop, log(tmp_path / "2.jsonl", 2, **known))
    assert second.returncode == 0, second.stderr
    assert "new " not in second.stderr
    assert "worse " not in second.stderr

    third = morning(3, shop, log(tmp_path / "3.jsonl", 3, **known, email=50))
    assert third.returncode == 1
    new = [line for line in third.stderr.splitlines() if line.startswith("tiktrack: new ")]
    assert [PLAIN_EMAIL in line for line in new] == [True], third.stderr
    assert f"1 failed at or above --fail-on high and are new or worse since the baseline: {PLAIN_EMAIL}" in third.stderr

    fourth = morning(4, shop)
    assert fourth.returncode == 0
    assert "fixed " not in fourth.stderr
    gone = [line for line in fourth.stderr.splitlines() if "no longer checked" in line]
    assert any(NO_CURRENCY in line for line in gone)
    assert any(NO_VALUE in line for line in gone)
    compared = tiktrack("diff", str(tmp_path / "1.json"), str(tmp_path / "4.json"), "--fail-on-regression")
    assert (compared.returncode, "fixed " in compared.stdout) == (0, False)


def test_a_suppression_that_ends_turns_the_job_red(tmp_path: Path, morning: Any) -> None:
    """Accepted on day 1 until a day that is over on day 2: the finding counts again, and it is no news."""
    settings = tmp_path / "tiktrack.yaml"
    settings.write_text(
        f"paths: [log.jsonl]\nselect: [{NO_CURRENCY}]\nsuppress:\n"
        f"  - {{rule: {NO_CURRENCY}, reason: the shop moves next week, until: 2026-09-29}}\n",
        encoding="utf-8",
    )
    log(tmp_path / "log.jsonl", 1, currency=40)
    first = tiktrack("audit", "-o", "1.json", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "1 finding accepted and left out of the grade, next expiry 29 Sep 2026" in " ".join(first.stdout.split())
    log(tmp_path / "log.jsonl", 3, currency=40)
    second = tiktrack("audit", "--fail-on-regression", "--baseline", "1.json", cwd=tmp_path)
    assert second.returncode == 1
    assert "expired on 29 Sep 2026" in " ".join(second.stdout.split())
    assert "worse " in second.stderr
    assert "new  " not in second.stderr
