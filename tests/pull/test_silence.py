"""Parts that nobody answers: they are named, and the others are pulled all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import audited
from tests.pull import reading
from tests.pull.conftest import World
from tests.pull.fake import faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.guard import Seen
from tests.pull.fake.server import TOKEN, Answer, FakeTikTok
from tiktrack.cli.pulling import complete
from tiktrack.errors import PullError
from tiktrack.pull.address import parse_address
from tiktrack.pull.checkup import State, check_token
from tiktrack.pull.client import Client
from tiktrack.pull.failures import Unreachable
from tiktrack.pull.secret import Secret

DIAGNOSIS = "tool/diagnosis/get/"
LOG = (
    "Budget changes,1\r\nStatus changes,0\r\n\r\n"
    "Time,log_object_type,Object ID,Object,Operator\r\n2026-10-05 04:05,Campaign,1,Budget,x\r\n"
)


def skipped(world: World) -> dict[str, bool]:
    return {skip["part"]: skip["permitted"] for skip in reading.manifest(world.out)["skipped"]}


def test_an_endpoint_that_is_down_costs_its_part_only(world: World) -> None:
    world.accounts(Account(), Account(advertiser_id="7000000000000000002"))
    world.fake.faults = [at(DIAGNOSIS, 1, faults.bad_gateway, times=99)]
    pulled = world.pull()
    world.assert_true_totals()
    assert {(skip.advertiser_id, skip.part) for skip in pulled.failed} == {
        (id_, "diagnosis") for id_ in world.plan.advertiser_ids
    }
    assert len(world.fake.asked("changelog/task/download/")) == 4
    assert len(world.fake.asked(DIAGNOSIS)) == 7 + 1  # who was silent for minutes gets one try from then on
    with pytest.raises(PullError, match="not complete"):
        complete(pulled)


def test_two_silent_endpoints_in_a_row_end_the_run(world: World) -> None:
    world.fake.faults = [at(name, 1, faults.bad_gateway, times=99) for name in (DIAGNOSIS, "changelog/")]
    with pytest.raises(Unreachable, match="changelog/task/create/"):
        world.pull()
    world.assert_true_totals()


def test_a_limit_without_end_ends_the_run(world: World) -> None:
    world.fake.faults = [at(DIAGNOSIS, 1, faults.qpm, times=99)]
    with pytest.raises(Unreachable, match="temporarily restricted"):
        world.pull()
    assert world.fake.guard.violations == []


@pytest.mark.parametrize("status", [404, 405, 410, 501])
def test_an_endpoint_that_is_not_there_is_skipped_at_once(world: World, status: int) -> None:
    nowhere = Answer(b"<html>not here</html>", status, {"Content-Type": "text/html"})
    world.fake.faults = [at("changelog/task/create/", 1, lambda fake, seen: nowhere, times=99)]
    assert not world.pull().failed
    assert skipped(world) == {"changelog": False}
    assert world.heard.waits == []
    world.assert_true_totals()


def test_a_refusal_on_the_way_to_one_endpoint_costs_its_part_only(world: World) -> None:
    world.fake.faults = [at(DIAGNOSIS, 1, lambda fake, seen: Answer(b"<html>Forbidden</html>", 403), times=99)]
    assert [skip.part for skip in world.pull().failed] == ["diagnosis"]
    world.assert_true_totals()


def test_what_needs_a_skipped_part_is_named_too(world: World) -> None:
    world.fake.faults = [
        at("pixel/list/", 1, faults.code(40001, "No permission"), times=9),
        at("adgroup/get/", 1, lambda fake, seen: Answer(b"<html>Forbidden</html>", 403), times=9),
    ]
    pulled = world.pull()
    assert skipped(world) == {"adgroups": True, "pixels": False, "pixel_stats": False, "diagnosis": True}
    assert "pixels" in next(skip.reason for skip in pulled.skipped if skip.part == "pixel_stats")
    assert any("pixel_stats" in unknown.what for unknown in audited(world.out).unknowns)
    world.fake.faults = []
    world.pull(refresh=True)
    assert skipped(world) == {}


def test_a_wrong_address_is_told_as_such(world: World) -> None:
    world.fake.faults = [at("", 1, lambda fake, seen: Answer(b"404 page not found", 404), times=99)]
    with pytest.raises(PullError, match="no such address") as nothing:
        world.pull()
    assert "TIKTRACK_BASE_URL" in str(nothing.value.hint)
    client = Client(Secret(TOKEN), parse_address(world.fake.host), world.clock, world.heard)
    assert [check.state for check in check_token(client, world.clock)] == [State.WARNING]
    client.close()


def test_a_token_is_tried_on_the_account_where_the_user_has_no_address(world: World) -> None:
    world.fake.faults = [at("user/info/", 1, lambda fake, seen: Answer(b"404 page not found", 404), times=99)]
    for token, state in ((TOKEN, State.OK), ("of-the-events-api", State.FAILED)):
        client = Client(Secret(token), parse_address(world.fake.host), world.clock, world.heard)
        assert next(check_token(client, world.clock, world.plan.advertiser_ids)).state is state
        client.close()


def test_a_change_log_that_is_never_ready_costs_five_minutes(world: World) -> None:
    world.fake.faults = [at("changelog/task/check/", 1, faults.envelope_of({"status": "QUEUING"}), times=999)]
    assert [skip.part for skip in world.pull().failed] == ["changelog"]
    assert 300 <= sum(world.clock.naps) < 400
    world.assert_true_totals()


def test_where_nobody_listens_the_run_ends_soon(world: World) -> None:
    world.fake.close()
    with pytest.raises(Unreachable, match="4 tries"):
        world.pull()
    assert sum(world.clock.naps) < 60


def test_a_connection_that_breaks_later_gets_all_the_patience(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.reset, times=6)]
    world.pull(parts=("account", "campaigns", "reports"))
    world.assert_true_totals()


@pytest.mark.parametrize("manner", ["bare", "inside", "as TikTok does"])
def test_a_change_log_in_any_wrapping(world: World, manner: str) -> None:
    def answer(fake: FakeTikTok, seen: Seen) -> Answer:
        if manner == "bare":
            return Answer(("\ufeff" + LOG).encode(), headers={"Content-Type": "text/csv"})
        inside = json.dumps({"file_data": str(LOG.encode())}) if manner == "as TikTok does" else LOG
        return faults.envelope(0, "OK", {"changelog": inside})

    world.fake.faults = [at("changelog/task/download/", 1, answer, times=9)]
    assert not world.pull().failed
    log = next(source for source in audited(world.out).inputs if source.kind == "tiktok-api-changes")
    assert (log.rows, log.rejected) == (1, 0)  # the second file covers other days, so its copy does not count


def test_a_page_of_a_gateway_is_no_change_log(world: World) -> None:
    world.fake.faults = [at("changelog/task/download/", 1, lambda fake, seen: Answer(b"<html>busy</html>"))]
    assert not world.pull().failed
    assert len(world.fake.asked("changelog/task/download/")) == 3
    assert "<html>" not in "".join(path.read_text() for path in world.out.rglob("changelog/*.ndjson"))


def test_the_token_is_masked_across_the_pieces_of_a_download(world: World, tmp_path: Path) -> None:
    client = Client(Secret(TOKEN), parse_address(world.fake.host), world.clock, world.heard)
    text = f"a,{TOKEN}\n" * 50

    def pieces() -> Iterator[str]:
        for start in range(0, len(text), 7):
            yield text[start : start + 7]

    masked = "".join(client._masked_stream(pieces()))
    assert masked == "a,***\n" * 50
    client.close()


def test_remedies_of_failed_parts_are_told_at_the_end(world: World) -> None:
    world.fake.faults = [at("", 1, _refuse_first, times=10**6)]
    world.accounts(Account(), Account(advertiser_id="7000000000000000002"))
    with pytest.raises(PullError) as incomplete:
        complete(world.pull())
    assert "has authorised the app" in str(incomplete.value.hint)


def test_an_account_that_refuses_every_part_is_a_failure_beside_others(world: World) -> None:
    world.accounts(Account(), Account(advertiser_id="7000000000000000002"))

    def barred(fake: FakeTikTok, seen: Seen) -> Answer:
        answer = _refuse_first(fake, seen)
        return Answer(answer.body.replace(b"40106", b"40001"))

    world.fake.faults = [at("", 1, barred, times=10**6)]
    with pytest.raises(PullError, match="everything of 7000000000000000001") as incomplete:
        complete(world.pull())
    assert "Check the advertiser id" in str(incomplete.value.hint)


def _refuse_first(fake: FakeTikTok, seen: Seen) -> Answer:
    ids: Any = seen.params.get("advertiser_ids") or [seen.params.get("advertiser_id")]
    if next(iter(fake.accounts)) in ids:
        return faults.envelope(40106, "The token is not valid for this advertiser")
    return fake._honest(seen)
