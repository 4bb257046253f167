"""End to end: what the fake knows → ``tiktrack pull`` → ``tiktrack audit``: the same totals, and nothing of the token."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import audited
from tests.pull.conftest import World
from tests.pull.fake import faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.server import TOKEN, FakeTikTok, envelope
from tests.pull.process import fake_tiktok, pull_arguments, run
from tests.pull.test_secrets import assert_nowhere
from tiktrack.model.report import Report

NAMES = {
    "spend": "spend",
    "impressions": "impressions",
    "clicks": "clicks",
    "conversions": "conversion",
    "purchases": "complete_payment",
    "purchase_value": "total_complete_payment_rate",
}
SINCE, UNTIL = date(2026, 10, 1), date(2026, 11, 9)


def assert_totals(totals: dict[str, Any], *accounts: Account, since: date = SINCE, until: date = UNTIL) -> None:
    truths = [account.truth(since, until) for account in accounts]
    for name, metric in NAMES.items():
        assert totals["ads"][name] == pytest.approx(float(sum(truth[metric] for truth in truths))), name


def assert_audits_to_the_truth(world: World, report: Report) -> None:
    assert_totals(report.totals, world.account(), since=world.plan.span.since, until=world.plan.span.until)


def test_pull_then_audit(tmp_path: Path) -> None:
    account = Account()
    with fake_tiktok(account) as fake:
        pulled = run(fake, *pull_arguments(fake, tmp_path, str(SINCE), str(UNTIL)))
        assert pulled.returncode == 0, pulled.stderr
        done = run(fake, "audit", str(tmp_path), "--isolated", "-f", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert_totals(report["totals"], account)
    assert report["window"] == {"since": str(SINCE), "until": str(UNTIL), "timezone": "America/New_York"}
    assert sum(read["rejected"] for read in report["inputs"]) == 0
    outcomes = {result["rule"]: result["outcome"] for result in report["results"]}
    assert outcomes["pixel-not-tied"] == outcomes["optimises-for-missing-event"] == "passed"
    assert not [result for result in report["results"] if result["outcome"] == "errored"]
    assert_nowhere(tmp_path, pulled.stdout, pulled.stderr, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("account", "zone"),
    [
        (Account(currency="KRW", decimals=0, timezone="Asia/Seoul", display_timezone="Asia/Seoul"), "Asia/Seoul"),
        (Account(timezone="Etc/GMT+8", display_timezone="America/Los_Angeles"), "America/Los_Angeles"),
        (Account(timezone="Etc/GMT+8", display_timezone=None), "Etc/GMT+8"),
    ],
    ids=["no decimals", "two zones", "inverted sign"],
)
def test_money_and_days_of_the_account(world: World, account: Account, zone: str) -> None:
    world.accounts(account)
    world.pull()
    report = audited(world.out)
    assert_audits_to_the_truth(world, report)
    assert report.totals["ads"]["currency"] == account.currency
    assert report.window.timezone == zone


def test_levels_hours_and_a_second_pull_add_nothing(world: World) -> None:
    world.pull(hourly=True)
    world.pull(level="campaign")
    world.clock.jump(days=2)
    world.pull(refresh=True)
    report = audited(world.out)
    assert_audits_to_the_truth(world, report)
    said = {Path(read.path).name: " ".join(read.notes) for read in report.inputs}
    for part in ("report_ad_day", "report_ad_hour", "report_campaign_day"):
        assert "set aside" in said[part], part


def test_three_accounts(world: World) -> None:
    accounts = [Account(f"700000000000000000{i}", campaigns=1) for i in range(1, 4)]
    world.accounts(*accounts)
    world.pull()
    report = audited(world.out)
    assert_totals(report.totals, *accounts, since=world.plan.span.since, until=world.plan.span.until)
    one = audited(world.out / accounts[1].advertiser_id)
    assert_totals(one.totals, accounts[1], since=world.plan.span.since, until=world.plan.span.until)


def test_what_could_not_be_pulled_is_unknown_with_the_way_to_it(world: World) -> None:
    world.fake.faults = [at("pixel/event/stats/", 1, faults.code(40001, "No permission"), times=9)]
    world.pull()
    report = audited(world.out)
    told = next(unknown for unknown in report.unknowns if unknown.what.startswith("pixel_stats"))
    assert "40001" in told.why
    assert "802" in told.how_to_get
    results = {result.rule: result.outcome for result in report.results}
    assert results["pixel-receives-nothing"] == "unknown"
    assert_audits_to_the_truth(world, report)


def test_an_unbound_pixel_and_a_missing_event_are_found(world: World) -> None:
    """The fake's account with two planted faults: each is found where it is, and the deleted campaign is not judged."""

    def objects(level: str) -> list[dict[str, Any]]:
        rows = Account.objects(world.account(), level)
        if level == "adgroup":
            rows[0]["secondary_status"] = "ADGROUP_STATUS_PIXEL_UNBIND"
            rows[2]["optimization_event"] = "FORM"
            rows[-1]["pixel_id"] = None
        return rows

    world.account().objects = objects  # type: ignore[method-assign]
    world.pull()
    found = {
        (result.rule, finding.segment["campaign"])
        for result in audited(world.out).results
        for finding in result.findings
        if result.rule in ("pixel-not-tied", "optimises-for-missing-event")
    }
    assert found == {("pixel-not-tied", "Campaign 00"), ("optimises-for-missing-event", "Campaign 01")}


def test_a_catalogue_that_does_not_know_the_products(world: World) -> None:
    world.pull(business_center_id="6900", parts=("account", "campaigns", "pixels", "reports", "catalogs"))
    report = audited(world.out)
    found = next(result for result in report.results if result.rule == "catalog-ids-unknown")
    assert {finding.segment["event"] for finding in found.findings} == {"ViewContent", "AddToCart", "Purchase"}
    assert {finding.value for finding in found.findings} == {0.25}
    assert found.outcome == "failed"
    assert not [unknown for unknown in report.unknowns if "recognised" in unknown.why]


def one_step(fake: FakeTikTok, cache: Path, *more: str) -> Any:
    days = ("--since", str(SINCE), "--until", str(UNTIL))
    common = ("--isolated", "-f", "json", "--fail-on", "never", "--cache", str(cache))
    return run(fake, "audit", "--pull", "--advertiser-id", next(iter(fake.accounts)), *days, *common, *more)


def test_audit_in_one_step(tmp_path: Path) -> None:
    account, other = Account(), Account("7000000000000000002", campaigns=1)
    with fake_tiktok(account, other) as fake:
        run(fake, *pull_arguments(fake, tmp_path, str(SINCE), str(UNTIL), "--only", "reports"))
        done = one_step(fake, tmp_path)
        assert done.returncode == 0, done.stderr
        assert_totals(json.loads(done.stdout)["totals"], account)  # the other account of the cache is not looked at
        asked = len(fake.seen)
        assert one_step(fake, tmp_path).returncode == 0
        assert len(fake.seen) == asked, "what is there is not asked for again"
        assert fake.guard.violations == []
    assert_nowhere(tmp_path, done.stdout, done.stderr)


def test_one_step_ends_with_4_when_tiktok_fails(tmp_path: Path) -> None:
    with fake_tiktok(Account(campaigns=1)) as fake:
        fake.faults = [at("", 1, lambda fake, seen: envelope(40105, f"Access token {TOKEN} is incorrect."), times=9)]
        done = one_step(fake, tmp_path)
        assert done.returncode == 4
        assert "Events API token" in done.stderr
        assert_nowhere(tmp_path, done.stdout, done.stderr)
        fake.faults = [at(REPORT, 1, faults.code(40002, "no"), times=9)]
        done = one_step(fake, tmp_path, "-q")
        assert done.returncode == 4, "a part that is missing is no basis for a verdict in CI"
        assert not done.stdout


def test_one_step_names_what_it_needs(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        done = run(fake, "audit", "--pull", "--isolated")
        assert done.returncode == 2
        assert "--advertiser-id" in done.stderr
        done = run(fake, "audit", "--pull", "--advertiser-id", "7", "--since", "yesterday", "--isolated")
        assert done.returncode == 2
        assert "write a day as" in done.stderr
        assert fake.seen == []


def test_no_span_is_eight_weeks_to_yesterday(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tiktrack.cli.pulling import folders_of, plan_first

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    plan = plan_first(["7"], None, "2026-11-09", None)
    assert (plan.span.days, plan.span.until) == (56, UNTIL)
    assert folders_of(replace(plan, advertiser_ids=("7", "7"))) == (str(tmp_path / "tiktrack" / "pull" / "7"),)
