"""The folder: what is finished stays finished, what is broken is set aside, one run at a time fills it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pull import reading
from tests.pull.conftest import World
from tests.pull.fake import faults
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.server import Answer
from tiktrack.errors import PullError, UsageError
from tiktrack.pull.coverage import Freshness, missing_days
from tiktrack.pull.failures import Unreachable
from tiktrack.pull.lock import only_run_in
from tiktrack.pull.manifest import Label, Slice
from tiktrack.pull.spans import Span, runs

REPORTS_ONLY = ("account", "campaigns", "reports")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_a_lost_manifest_is_rebuilt_from_the_files(world: World) -> None:
    world.pull()
    before, asked = reading.manifest(world.out), len(world.fake.seen)
    (world.out / "manifest.json").unlink()
    world.pull(parts=("campaigns", "adgroups", "ads", "pixels", "pixel_stats", "diagnosis"))
    after = reading.manifest(world.out)
    assert [entry["sha256"] for entry in after["files"]] == [entry["sha256"] for entry in before["files"]]
    assert [entry["rows"] for entry in after["files"]] == [entry["rows"] for entry in before["files"]]
    assert len(world.fake.seen) == asked


def test_a_changed_file_is_set_aside_and_asked_again(world: World) -> None:
    world.pull(parts=REPORTS_ONLY)
    file = next(iter(sorted(world.out.glob("*/report_ad_day/*.ndjson"))))
    file.write_text(file.read_text()[:-100])
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert file.with_name(file.name + ".changed").exists()


def test_a_half_written_file_is_removed(world: World) -> None:
    folder = world.out / world.account().advertiser_id / "campaigns"
    folder.mkdir(parents=True)
    (folder / ".snapshot.x.ndjson.part").write_text("{")
    world.pull(parts=REPORTS_ONLY)
    assert not list(world.out.rglob("*.part"))


def test_a_strange_manifest_is_not_overwritten(world: World) -> None:
    world.out.mkdir()
    (world.out / "manifest.json").write_text('{"name": "a web app"}')
    with pytest.raises(UsageError, match="not written by tiktrack"):
        world.pull()
    assert json.loads((world.out / "manifest.json").read_text()) == {"name": "a web app"}


def test_two_runs_do_not_fill_one_folder(world: World) -> None:
    with only_run_in(world.out), pytest.raises(UsageError, match="Another pull"):
        world.pull()
    assert world.fake.seen == []


def test_a_task_outlives_the_run_that_created_it(world: World) -> None:
    year = Span(date(2025, 11, 1), date(2026, 10, 31))
    world.fake.task_states = ["QUEUING", "PROCESSING"]
    world.fake.faults = [at("report/task/check/", 2, faults.code(40105, "revoked"), times=9)]
    with pytest.raises(PullError):
        world.pull(parts=REPORTS_ONLY, span=year)
    world.fake.faults = []
    world.pull(parts=REPORTS_ONLY, span=year)
    world.assert_true_totals(span=year)
    assert len(world.fake.asked("report/task/create/")) == 1


def test_nothing_permitted_ends_with_the_usual_mistake(world: World) -> None:
    world.fake.faults = [at("", 1, faults.code(40001, "No permission"), times=99)]
    with pytest.raises(PullError, match="Nothing could be read") as stop:
        world.pull()
    assert "Events API token" in str(stop.value.hint)


def test_a_dead_gateway_ends_the_run_after_all_tries(world: World) -> None:
    world.fake.faults = [at("", 1, faults.bad_gateway, times=99)]
    with pytest.raises(Unreachable, match="7 tries"):
        world.pull(parts=REPORTS_ONLY)
    assert len(world.fake.seen) == 7
    assert sum(world.clock.naps) > 300


def test_a_redirect_is_not_followed_with_a_token(world: World) -> None:
    moved = Answer(b"", 302, {"Location": f"{world.fake.host}/elsewhere/"})
    world.fake.faults = [at("advertiser/info/", 1, lambda fake, seen: moved)]
    with pytest.raises(Unreachable, match="redirect"):
        world.pull()
    assert len(world.fake.seen) == 1


def test_a_conflict_among_metrics_leaves_the_usual_ones(world: World) -> None:
    conflict = "Conflict occurs. The input params including metrics and dimensions have no relation."
    world.fake.faults = [at(REPORT, 1, faults.code(40002, conflict))]
    assert not world.pull(parts=REPORTS_ONLY).failed
    totals = reading.totals(world.out, world.account().advertiser_id)
    assert totals["spend"] == world.account().truth(world.plan.span.since, world.plan.span.until)["spend"]


def test_a_stalled_pixel_day_is_asked_in_halves(world: World) -> None:
    world.fake.faults = [at("pixel/event/stats/", 1, faults.stall), at("advertiser/info/", 1, faults.stall)]
    assert not world.pull().failed
    first = world.fake.asked("pixel/event/stats/")[:3]
    assert [len(seen.params["pixel_ids"]) for seen in first] == [2, 1, 1]
    assert world.fake.guard.violations == []


def test_a_part_that_always_stalls_is_named_and_the_rest_is_there(world: World) -> None:
    world.fake.faults = [at("changelog/task/check/", 1, faults.stall)]
    pulled = world.pull()
    assert [skip.part for skip in pulled.failed] == ["changelog"]
    world.assert_true_totals()
    assert not world.pull().failed


@pytest.mark.parametrize(
    "changes",
    [
        {"span": Span(date(2026, 2, 1), date(2026, 1, 1))},
        {"advertiser_ids": ("shop",)},
        {"level": "creative"},
        {"restated_days": 40},
    ],
)
def test_a_senseless_plan_asks_nothing(world: World, changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        world.pull(**changes)
    assert world.fake.seen == []


@given(DAYS, st.integers(0, 400), st.integers(1, 40))
def test_pieces_cover_the_span_once(since: date, days: int, longest: int) -> None:
    span = Span(since, since + timedelta(days=days))
    pieces = span.pieces(longest)
    assert all(piece.days <= longest for piece in pieces)
    assert [day for piece in pieces for day in piece] == list(span)
    assert runs(span) == [span]


@given(st.lists(st.tuples(DAYS, st.integers(0, 40), st.integers(0, 90)), max_size=6))
def test_missing_days_are_those_that_no_pull_answers(pulls: list[tuple[date, int, int]]) -> None:
    now, zone = datetime(2026, 11, 24, 12, tzinfo=UTC), ZoneInfo("Asia/Tokyo")
    there = [slice_(Span(d, d + timedelta(days=n)), now - timedelta(days=age)) for d, n, age in pulls]
    wanted = Span(date(2026, 1, 1), date(2026, 12, 31))
    missing = set(missing_days(wanted, there, "r", Freshness(now), zone))
    assert not any(day in missing for day in wanted if day > date(2026, 11, 24))
    for day in wanted:
        ages = [(day, s.label.pulled_at) for s in there if s.label.span and day in s.label.span]
        settled = any((at.astimezone(zone).date() - day).days > 8 or now - at < timedelta(hours=6) for _, at in ages)
        if day <= date(2026, 11, 24):
            assert (day in missing) is not settled


def slice_(span: Span, pulled_at: datetime) -> Slice:
    return Slice(Label("1", "report_ad_day", pulled_at, "r", span), "p", "e", 1, 0, 0, "")
