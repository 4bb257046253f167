"""Connectors between a shop and TikTok: what they log is judged as what they send."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, purchase, request, taken_in


def _call(**changes: object) -> dict[str, object]:
    call = {
        "type": "track", "event": "Order Completed", "messageId": "e1", "timestamp": "2026-09-21T14:13:21Z",
        "properties": {"value": 49.9, "currency": "EUR", "order_id": "o1"}, "context": {}, "integrations": {},
    }  # fmt: skip
    return {**call, **changes}


def test_a_hashed_contact_meets_the_one_that_the_pixel_sent(tmp_path: Path) -> None:
    digest = {
        "email": hashlib.sha256(b"ann@example.com").hexdigest(),
        "phone": hashlib.sha256(b"+4930901820").hexdigest(),
        "external_id": hashlib.sha256(b"user_1").hexdigest(),
    }
    sent = jsonl(tmp_path / "a.jsonl", request(purchase(user=digest)))
    traits = {"email": " Ann@Example.com ", "phone": "+49 (30) 901820"}
    logged = jsonl(tmp_path / "b.jsonl", _call(userId="User_1", context={"traits": traits}))
    with taken_in(sent, logged) as (engine, _):
        keys = "event, ts_ms, event_id, value, email_hash, phone_hash, external_id_hash, email_state"
        assert (
            engine.rows(f"select distinct {keys} from events").rows
            == engine.rows(f"select {keys} from events limit 1").rows
        )


@pytest.mark.parametrize("email", ["undefined", "[object Object]", "[", "null", ""])
def test_a_contact_that_is_none_is_not_hashed_into_one(tmp_path: Path, email: str) -> None:
    with taken_in(jsonl(tmp_path / "log", _call(properties={"email": email}))) as (engine, _):
        (state,) = engine.rows("select email_state from events").rows[0]
        assert state == ("missing" if email == "" else "bad_format" if email == "[" else "junk")


@pytest.mark.parametrize(
    ("integrations", "rows"),
    [({}, 1), ({"All": False}, 0), ({"All": False, "TikTok Conversions": True}, 1), ({"TikTok Conversions": False}, 0),
     ({"All": False, "Tiktok Conversions": {"ttclid": "x"}}, 1), ({"Google Ads": False}, 1), ("broken", 1)],
)  # fmt: skip
def test_calls_that_are_kept_from_tiktok_do_not_count(tmp_path: Path, integrations: object, rows: int) -> None:
    log = jsonl(tmp_path / "log", _call(integrations=integrations), _call(messageId="e2"))
    with taken_in(log) as (_, intake):
        assert (intake.inputs[0].rows, intake.inputs[0].rejected) == (rows + 1, 0)


HIT: dict[str, Any] = {
    "event": "CompletePayment", "event_id": "e1", "timestamp": "2026-09-21T14:13:20.000Z",
    "context": {"pixel": {"code": "C3LTV833G487IS978FKG"}, "page": {"url": "https://shop.example/"}},
    "properties": {"value": 49.9, "currency": "EUR"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("names", "pixels", "expected"),
    [
        (["CompletePayment"], ["C3LTV833G487IS978FKG"], ("CompletePayment", "C3LTV833G487IS978FKG")),
        (["CompletePayment", "Purchase"], ["C3LTV833G487IS978FKG"], ("Purchase", "C3LTV833G487IS978FKG")),
        (["Purchase"], ["C3LTV833G487IS978FKG", "D0ME9HRC77U2LS75RJCG"], ("Purchase", None)),
    ],
)
def test_what_a_connector_does_not_log_is_shared_with_the_other_files(
    tmp_path: Path, names: list[str], pixels: list[str], expected: tuple[str, str | None]
) -> None:
    hits = [
        {**HIT, "event": name, "context": {**HIT["context"], "pixel": {"code": code}}}
        for name in names
        for code in pixels
    ]
    logged = jsonl(tmp_path / "b.jsonl", _call())
    with taken_in(jsonl(tmp_path / "a.jsonl", *hits), logged) as (engine, intake):
        own = "select event_raw, pixel_code, event from events where source_file like '%b.jsonl'"
        assert engine.rows(own).rows == [(*expected, "Purchase")]
        notes = " ".join(intake.inputs[1].notes)
        assert ("the only one in the other files" in notes) == (expected[1] is not None)
        assert ("as in the other files" in notes) == (expected[0] == "CompletePayment")
