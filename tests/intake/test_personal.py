"""Personal data of the input reaches no output, whatever becomes of its row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import audited, jsonl, purchase, request, tiktrack

MAIL, PHONE = "jane.planted@example.com", "+4915112345678"
FORMATS = ("terminal", "json", "md", "html", "csv", "junit", "sarif", "github")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planted")
    plain = {"email": MAIL, "phone": PHONE, "external_id": MAIL}
    page = {"url": f"https://shop.example/thanks?email={MAIL}&phone={PHONE}", "referrer": f"https://x.example/{MAIL}"}
    events = [purchase(n, user=plain, page=page, properties={"value": "x", "currency": MAIL}) for n in range(60)]
    rows = [
        json.dumps(request(event, response={"code": 40002, "message": f"Invalid email {MAIL}"})) for event in events
    ]
    jsonl(path / "log.jsonl", *rows, f'{{"event": "{MAIL}", "phone": "{PHONE}"')
    (path / "events.csv").write_text(
        "event,event_time,email,phone,url,value\n"
        + "".join(
            f"Purchase,{1_790_000_000 + n},{MAIL},{PHONE},https://shop.example/{MAIL},{MAIL}\n" for n in range(60)
        )
        + f"Purchase,{MAIL}\n"
    )
    (path / "orders.csv").write_text(
        "Name,Email,Phone,Financial Status,Currency,Total,Created at,Lineitem name\n"
        + "".join(f"#{n},{MAIL},{PHONE},paid,EUR,9,2026-09-21 12:00:00 +0200,Tea\n" for n in range(60))
        + f"{MAIL},{MAIL},{PHONE},{MAIL},{MAIL},{MAIL},{MAIL},{MAIL}\n"
    )
    (path / "nobody.csv").write_text(f"{MAIL};{PHONE};Jane\n{MAIL};{PHONE};Jane\n")
    (path / "nobody.json").write_text(json.dumps({"who": MAIL, "call": PHONE}))
    return path


def test_inputs_say_that_they_carry_it(folder: Path) -> None:
    notes = {Path(read.path).name: " ".join(read.notes) for read in audited(folder).inputs}
    assert "email addresses in 60 rows, phone numbers in 60 rows" in notes["log.jsonl"]
    assert "email addresses in 60 rows" in notes["events.csv"]
    assert "email addresses in" in notes["orders.csv"]


@pytest.mark.parametrize("face", FORMATS)
def test_no_output_shows_it(folder: Path, face: str) -> None:
    done = tiktrack("audit", str(folder), "-f", face, "--fail-on", "never", "-v")
    assert done.returncode == 0
    for said in (done.stdout, done.stderr):
        for secret in (MAIL, "jane.planted", PHONE, PHONE[1:], "planted%40"):
            assert secret not in said.lower()
