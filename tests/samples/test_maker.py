"""The maker of the sample accounts: repeatable, made up, and telling the truth about its own files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools.samples.__main__ import MAKERS
from tools.samples.people import PHONE_STEMS

FOLDER = Path(__file__).parents[2] / "sample_data"
LOGGED = ("healthy", "broken")
SYMPTOMS = {
    "conversion-drop",
    "high-ctr-low-purchases",
    "inconsistent-firing",
    "duplicates",
    "missing-value-or-currency",
    "low-match-rate",
}


def stored(account: str) -> dict[str, str]:
    """The committed files of an account."""
    return {path.name: path.read_bytes().decode() for path in (FOLDER / account).iterdir()}


def truth(account: str) -> dict[str, Any]:
    """Its ``expected.json``."""
    return json.loads(stored(account)["expected.json"])


def table(text: str) -> list[dict[str, str]]:
    """A CSV as dictionaries."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def ads_body(account: str) -> list[dict[str, str]]:
    """The rows of the ads report without its totals."""
    (report,) = (text for name, text in stored(account).items() if text.startswith("\ufeff"))
    return [row for row in table(report) if not next(iter(row.values())).startswith("Total of")]


def browser_events(account: str) -> Iterator[dict[str, Any]]:
    """The pixel's hits."""
    yield from map(json.loads, stored(account)["pixel_hits.jsonl"].splitlines())


def server_events(account: str) -> Iterator[dict[str, Any]]:
    """The entries of all Events API requests."""
    for line in stored(account)["events_api.jsonl"].splitlines():
        yield from json.loads(line)["data"]


@pytest.mark.parametrize("account", MAKERS)
def test_running_the_maker_again_gives_the_committed_bytes(account: str) -> None:
    assert MAKERS[account]() == stored(account)


@pytest.mark.parametrize("account", MAKERS)
def test_every_address_and_number_is_reserved_for_fiction(account: str) -> None:
    text = "\n".join(stored(account).values())
    addresses = re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)
    assert all(re.search(r"@example\.(com|org|net)$", address) for address in addresses)
    stems = tuple(stem for stems in PHONE_STEMS.values() for stem in stems)
    numbers = {row.get("Billing Phone") for row in table(stored(account).get("shopify_orders.csv", ""))}
    assert all(number.startswith(stems) for number in numbers if number)
    hosts = set(re.findall(r"https://([\w.-]+)", text)) - {"www.tiktok.com", "www.google.com"}
    assert all(host.endswith(".example") for host in hosts)


@pytest.mark.parametrize("account", MAKERS)
def test_ads_totals_are_the_sums_of_the_report(account: str) -> None:
    rows, ads = ads_body(account), truth(account)["totals"]["ads"]
    assert len(rows) == ads["rows"]
    assert round(sum(float(row["Cost"]) for row in rows), 2) == ads["spend"]
    assert sum(int(row["Conversions"]) for row in rows) == ads["conversions"]
    clicks = next(name for name in rows[0] if name.lower() == "clicks (destination)")
    assert sum(int(row[clicks]) for row in rows) == ads["clicks"]


@pytest.mark.parametrize("account", LOGGED)
def test_event_totals_are_those_of_the_logs(account: str) -> None:
    events = truth(account)["totals"]["events"]
    counts = Counter(f"{hit['event']} browser" for hit in browser_events(account))
    counts += Counter(f"{entry['event']} server" for entry in server_events(account))
    assert counts == events["by_event"]
    assert events["purchases"]["server"] == counts["Purchase server"]


@pytest.mark.parametrize("account", LOGGED)
def test_hashes_are_those_of_the_customers(account: str) -> None:
    orders = {row["Name"]: row for row in table(stored(account)["shopify_orders.csv"]) if row["Total"]}
    for entry in server_events(account):
        if entry["event"] == "Purchase" and "email" in entry["user"]:
            address = orders["#" + entry["properties"]["order_id"]]["Email"]
            assert entry["user"]["email"] == hashlib.sha256(address.encode()).hexdigest()


def test_a_healthy_funnel_narrows_every_day_in_each_channel() -> None:
    funnel = ("ViewContent", "AddToCart", "InitiateCheckout", "Purchase")
    days: Counter[tuple[str, str, str]] = Counter()
    for hit in browser_events("healthy"):
        days["browser", hit["timestamp"][:10], hit["event"]] += 1
    for entry in server_events("healthy"):
        days["server", str(entry["event_time"] // 86_400), entry["event"]] += 1
    for channel, day in {(channel, day) for channel, day, _ in days}:
        steps = [days[channel, day, event] for event in funnel]
        assert steps == sorted(steps, reverse=True), (channel, day)


def test_the_broken_account_shows_each_documented_symptom() -> None:
    faults = truth("broken")["faults"]
    assert {fault["symptom"] for fault in faults} >= SYMPTOMS
    assert len({fault["since"] for fault in faults}) == len(faults) >= 8
    assert not truth("healthy")["faults"]


@pytest.mark.parametrize("account", MAKERS)
def test_samples_stay_small(account: str) -> None:
    assert sum(len(text.encode()) for text in stored(account).values()) < 9_000_000
