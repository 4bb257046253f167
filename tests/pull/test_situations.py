"""What TikTok may do to a pull. In each, the totals equal the fake's truth and the fake saw no violation."""

from __future__ import annotations

from datetime import date

import pytest

from tests.pull import reading
from tests.pull.conftest import World
from tests.pull.fake import api, faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.guard import Seen
from tiktrack.pull import paging, reports, tasks
from tiktrack.pull.failures import ComeBackLater, TokenRefused
from tiktrack.pull.spans import Span

REPORTS_ONLY = ("account", "campaigns", "reports")
YEAR = Span(date(2025, 11, 1), date(2026, 11, 20))


def test_clean(world: World) -> None:
    pulled = world.pull()
    world.assert_true_totals()
    assert not pulled.skipped
    assert not pulled.failed
    parts = {entry["part"] for entry in reading.manifest(world.out)["files"]}
    expected = {
        "account",
        "campaigns",
        "adgroups",
        "ads",
        "pixels",
        "report_ad_day",
        "pixel_stats",
        "diagnosis",
        "changelog",
    }
    assert parts == expected


def test_several_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAGE_SIZE", 50)
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert {seen.params["page"] for seen in world.fake.asked(REPORT)} > {"1", "2", "3"}


def test_rows_shift_to_the_next_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row appears at the front between page 1 and page 2: one comes twice, the new one not at all."""
    monkeypatch.setattr(reports, "PAGE_SIZE", 50)

    def shift(rows: list[dict[str, object]], seen: Seen) -> None:
        if len(world.fake.asked(REPORT)) == 1:
            rows.append(rows.pop(0))  # not at the front yet

    world.fake.before_page = shift
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    written = [row for line in reading.lines(world.out, "report_ad_day") for row in line["response"]["data"]["list"]]
    counted = sum(entry["rows"] for entry in reading.manifest(world.out)["files"] if entry["part"] == "report_ad_day")
    assert len(written) > counted


def test_rows_vanish_from_the_next_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list turns by one before page 2, so the first row of page 2 is skipped: the list is read again."""
    monkeypatch.setattr(reports, "PAGE_SIZE", 50)

    def turn(rows: list[dict[str, object]], seen: Seen) -> None:
        if len(world.fake.asked(REPORT)) > 1:
            rows.append(rows.pop(0))

    world.fake.before_page = turn
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    pages = [seen.params["page"] for seen in world.fake.asked(REPORT)]
    assert pages.count("1") == 3  # two slices, and a second round of the first
    assert paging.ROUNDS > 1


def test_limit_per_second_waits_for_the_next_second(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.qps)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert 1 <= world.heard.waits[0][0] < 2


def test_limit_per_minute_waits_five_minutes(world: World) -> None:
    world.fake.faults = [at(REPORT, 2, faults.qpm)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert world.heard.waits[0][0] >= 300


def test_limit_per_day_stops_and_says_when_to_come_back(world: World) -> None:
    world.fake.faults = [at(REPORT, 2, faults.qpd)]
    with pytest.raises(ComeBackLater, match="used up") as stop:
        world.pull(parts=REPORTS_ONLY)
    assert "2026-11-25 00:00 UTC" in str(stop.value.hint)
    asked = len(world.fake.seen)
    with pytest.raises(ComeBackLater):  # a new run at once does not ask at all
        world.pull(parts=REPORTS_ONLY)
    assert len(world.fake.seen) == asked
    world.clock.jump(hours=12.1)
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_a_run_killed_in_the_five_minutes_does_not_ask_inside_them(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.qpm)]
    nap = world.clock.sleep

    def killed(seconds: float) -> None:
        if seconds > 60:
            raise KeyboardInterrupt
        nap(seconds)

    world.clock.sleep = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        world.pull(parts=REPORTS_ONLY)
    world.clock.sleep = nap  # type: ignore[method-assign]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_system_errors_50000(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.code(50000, "System error"), times=3)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_bad_gateway_with_html(world: World) -> None:
    world.fake.faults = [at(REPORT, 2, faults.bad_gateway, times=2)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_reset_in_the_middle_of_a_body(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.reset)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_truncated_json(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.cut)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_stall_is_asked_again_only_in_smaller_pieces(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.stall)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    spans = [seen.params["end_date"] for seen in world.fake.asked(REPORT)]
    assert spans[:2] == ["2026-10-30", "2026-10-07"]


def test_stall_down_to_single_campaigns(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.stall, times=2)]
    world.pull(parts=REPORTS_ONLY, span=Span(date(2026, 10, 1), date(2026, 10, 2)))
    world.assert_true_totals(span=Span(date(2026, 10, 1), date(2026, 10, 2)))


def test_stall_of_a_list_is_asked_in_smaller_pages(world: World) -> None:
    world.fake.faults = [at("ad/get/", 1, faults.stall)]
    assert not world.pull().failed
    world.assert_true_totals()
    assert [seen.params["page_size"] for seen in world.fake.asked("ad/get/")][:2] == ["1000", "100"]


def test_bad_metrics_are_dropped_and_said(world: World) -> None:
    world.fake.invalid_metrics = {"billed_cost", "custom_page_events"}
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert any("billed_cost, custom_page_events" in note for note in world.heard.notes)
    entry = next(e for e in reading.manifest(world.out)["files"] if e["part"] == "report_ad_day")
    assert entry["notes"] == ["dropped metrics: billed_cost, custom_page_events"]


@pytest.mark.parametrize("code", [40001, 40125])
def test_missing_scope_skips_that_part_and_names_it(world: World, code: int) -> None:
    world.fake.faults = [at("pixel/event/stats/", 1, faults.code(code, "No permission"), times=99)]
    pulled = world.pull()
    world.assert_true_totals()
    assert [skip.part for skip in pulled.skipped] == ["pixel_stats"]
    assert "802" in str(pulled.skipped[0].remedy)
    assert len(world.fake.asked("pixel/event/stats/")) == 1


def test_an_endpoint_that_does_not_exist_here_is_skipped(world: World) -> None:
    """The sandbox has no pixels."""
    world.fake.faults = [at("pixel/list/", 1, lambda fake, seen: faults.Answer(b"404 page not found", 404))]
    pulled = world.pull()
    world.assert_true_totals()
    assert [skip.part for skip in pulled.skipped] == ["pixels", "pixel_stats"]
    assert "sandbox" in str(pulled.skipped[0].remedy)


def test_token_revoked_in_the_middle(world: World) -> None:
    revoked = faults.code(40105, "Access token is incorrect or has been revoked.")
    world.fake.faults = [at(REPORT, 2, revoked, times=99)]
    with pytest.raises(TokenRefused, match="40105") as stop:
        world.pull(parts=REPORTS_ONLY)
    assert "Events API token" in str(stop.value.hint)
    kept = len(reading.manifest(world.out)["files"])
    assert kept == 3
    world.fake.faults = []
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_token_expired(world: World) -> None:
    world.fake.faults = [at("", 1, faults.code(40102, "Access token has expired."), times=99)]
    with pytest.raises(TokenRefused, match="40102"):
        world.pull()
    assert len(world.fake.seen) == 1


def test_wrong_token(world: World) -> None:
    world.token = "an-events-api-token"
    with pytest.raises(TokenRefused, match="revoked"):
        world.pull()


def test_async_queued_long(world: World) -> None:
    world.fake.task_states = ["QUEUING"] * 8 + ["PROCESSING"] * 4
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)
    assert len(world.fake.asked(tasks.CREATE)) == 1
    assert len(world.fake.asked(REPORT)) == 1  # the days that still move


def test_async_failed_falls_back_to_slices(world: World) -> None:
    world.fake.task_states = ["QUEUING", "FAILED"]
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)
    assert any("too much data" in note for note in world.heard.notes)


def test_async_never_ready_falls_back_to_slices(world: World) -> None:
    world.fake.task_states = ["QUEUING"] * 99
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)


def test_async_download_url_expired(world: World) -> None:
    world.fake.expired_links = 1
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)
    assert world.fake.links == 2


def test_async_csv_comes_directly(world: World) -> None:
    def direct(fake: object, seen: Seen) -> faults.Answer:
        return faults.Answer(api.task_csv(world.fake, seen.params["task_id"]))

    world.fake.faults = [at(tasks.DOWNLOAD, 1, direct)]
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)


def test_more_ads_than_a_synchronous_report_sees(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.throttled)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert len(world.fake.asked(tasks.CREATE)) == 1


def test_days_without_delivery_are_dropped(world: World) -> None:
    """An account with one ad has days that are in no row; they are covered all the same."""
    world.accounts(Account(campaigns=1))
    lonely = world.account().ads[:1]
    world.account().ads = lonely
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    days = {stamp for _, stamp in reading.report_rows(world.out, "report_ad_day", world.account().advertiser_id)}
    assert len(days) < world.plan.span.days
    asked = len(world.fake.seen)
    world.pull(parts=REPORTS_ONLY)
    assert len(world.fake.seen) == asked


def test_zero_decimal_currency(world: World) -> None:
    world.accounts(Account(currency="KRW", decimals=0))
    world.pull()
    world.assert_true_totals()
    assert reading.manifest(world.out)["accounts"][world.account().advertiser_id]["currency"] == "KRW"


def test_etc_gmt_plus_8_is_behind_greenwich(world: World) -> None:
    """At 06:00 UTC it is still yesterday there, and yesterday's report must not ask for a day to come."""
    world.accounts(Account(timezone="Etc/GMT+8", display_timezone=None))
    world.clock.jump(hours=-6)
    world.pull(parts=REPORTS_ONLY, span=Span(date(2026, 11, 20), date(2026, 11, 24)))
    zone = reading.manifest(world.out)["accounts"][world.account().advertiser_id]["zone"]
    assert zone == "Etc/GMT+8"
    assert world.fake.asked(REPORT)[0].params["end_date"] == "2026-11-23"
    world.assert_true_totals(span=Span(date(2026, 11, 20), date(2026, 11, 23)))
    assert world.fake.guard.violations == []


def test_partial_success_20001_is_kept_and_noted(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.partial)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    notes = [note for entry in reading.manifest(world.out)["files"] for note in entry["notes"]]
    assert notes == ["partial success: Partial success"]


def test_empty_account(world: World) -> None:
    world.accounts(Account(campaigns=0, pixel_ids=()))
    pulled = world.pull()
    world.assert_true_totals()
    assert not pulled.failed


def test_three_accounts_at_once(world: World) -> None:
    world.accounts(
        *(Account(advertiser_id=f"700000000000000000{n}", currency=c) for n, c in enumerate(("USD", "EUR", "JPY")))
    )
    world.pull()
    world.assert_true_totals()


def test_one_of_three_accounts_is_refused(world: World) -> None:
    world.accounts(*(Account(advertiser_id=f"700000000000000000{n}") for n in range(3)))
    gone = world.fake.accounts.pop("7000000000000000001")
    pulled = world.pull()
    world.assert_true_totals()
    assert [(skip.advertiser_id, skip.part) for skip in pulled.failed] == [(gone.advertiser_id, "everything")]


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
def test_other_levels(world: World, level: str) -> None:
    world.pull(level=level, parts=REPORTS_ONLY)
    world.assert_true_totals(f"report_{level}_day")


def test_hours(world: World) -> None:
    span = Span(date(2026, 11, 10), date(2026, 11, 12))
    world.pull(hourly=True, parts=REPORTS_ONLY, span=span)
    world.assert_true_totals("report_ad_hour", span)


def test_app_family_only_for_app_campaigns(world: World) -> None:
    world.accounts(Account(objective="APP_PROMOTION"))
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert reading.totals(world.out, world.account().advertiser_id, "report_ad_day_app")["spend"] > 0


def test_catalogues_where_a_business_centre_is_given(world: World) -> None:
    world.pull(business_center_id="6900", parts=("pixels", "catalogs"))
    assert len(reading.lines(world.out, "catalog_diagnosis")) == 2 * 3 * 2
    assert world.fake.guard.violations == []


def test_restated_days_come_again_after_six_hours_and_older_pulls_stay(world: World) -> None:
    world.pull(parts=REPORTS_ONLY)
    asked = len(world.fake.seen)
    world.pull(parts=REPORTS_ONLY)
    assert len(world.fake.seen) == asked
    world.clock.jump(hours=7)
    world.pull(parts=REPORTS_ONLY)
    again = world.fake.seen[asked:]
    days = [(seen.params["start_date"], seen.params["end_date"]) for seen in again if seen.endpoint == REPORT]
    assert days == [("2026-11-16", "2026-11-20")]
    assert len(list(world.out.glob("*/report_ad_day/*.ndjson"))) == 3
    world.assert_true_totals()


def test_refresh_asks_for_restated_days_at_once(world: World) -> None:
    world.pull(parts=REPORTS_ONLY)
    asked = len(world.fake.asked(REPORT))
    world.clock.jump(minutes=5)
    world.pull(parts=REPORTS_ONLY, refresh=True)
    assert len(world.fake.asked(REPORT)) == asked + 1
