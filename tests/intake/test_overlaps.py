"""Reports of one account that tell of the same days: a day of a campaign counts once."""

from __future__ import annotations

import os
from pathlib import Path

from tests.helpers import taken_in

DAY = 86_400
NOV_10 = 1_794_268_800  # 2026-11-10 00:00 UTC


def report(path: Path, header: str, *rows: str, made: int | None = None) -> Path:
    """A CSV; ``made`` sets the time of the file, s since 1970."""
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    os.utime(path, (made or NOV_10, made or NOV_10))
    return path


BY_CAMPAIGN = "By Day,Campaign name,Campaign ID,Cost,Impressions,Clicks (destination),Conversions"
BY_AD = "By Day,Campaign name,Campaign ID,Ad name,Ad ID,Cost,Impressions,Clicks (destination),Conversions"


def test_the_newest_pull_of_a_day_counts_and_the_older_one_is_kept(tmp_path: Path) -> None:
    new = report(tmp_path / "a.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,4", "2026-11-02,A,1,10,100,5,1",
                 made=NOV_10 + DAY)  # fmt: skip
    old = report(tmp_path / "b.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3", "2026-10-31,A,1,7,100,5,1")
    for files in ((new, old), (old, new)):
        with taken_in(*files) as (engine, intake):
            found = engine.rows("select day::varchar, spend, conversions from ads order by day").rows
            assert found == [("2026-10-31", 7, 1), ("2026-11-01", 10, 4), ("2026-11-02", 10, 1)]
            assert sum(read.rows for read in intake.inputs) == 4
            spans = {Path(read.path).name: (read.first, read.last) for read in intake.inputs}
            assert spans == {"a.csv": ("2026-11-01", "2026-11-02"), "b.csv": ("2026-10-31", "2026-11-01")}
            notes = {Path(read.path).name: read.notes for read in intake.inputs}
            assert notes["a.csv"] == ()
            assert "1 × set aside: a newer report covers the same days" in notes["b.csv"]
            pulls = engine.rows("select conversions from ads_pulls where day = date '2026-11-01' order by 1").rows
            assert pulls == [(3,), (4,)]


def test_without_a_time_to_trust_the_later_last_day_is_the_newer_report(tmp_path: Path) -> None:
    old = report(tmp_path / "z.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3", made=NOV_10 + 1)
    new = report(tmp_path / "a.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,4", "2026-11-02,A,1,10,100,5,1")
    with taken_in(old, new) as (engine, _):
        assert engine.rows("select sum(conversions) from ads").rows == [(5,)]


def test_levels_are_not_added_up(tmp_path: Path) -> None:
    campaigns = report(
        tmp_path / "campaigns.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3", "2026-11-01,B,2,20,100,5,3"
    )
    ads = report(tmp_path / "ads.csv", BY_AD, "2026-11-01,A,1,Video,11,6,60,3,2", "2026-11-01,A,1,Video,12,4,40,2,1")
    with taken_in(campaigns, ads) as (engine, intake):
        found = engine.rows(
            "select campaign, level, sum(spend), sum(conversions) from ads group by all order by 1"
        ).rows
        assert found == [("A", "ad", 10, 3), ("B", "campaign", 20, 3)]
        assert "1 × set aside: another report covers the same days by ad" in intake.inputs[0].notes


def test_a_part_of_the_ads_does_not_stand_for_the_campaign(tmp_path: Path) -> None:
    campaigns = report(tmp_path / "campaigns.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3")
    ads = report(tmp_path / "ads.csv", BY_AD, "2026-11-01,A,1,Video,11,6,60,3,2")
    with taken_in(campaigns, ads) as (engine, _):
        assert engine.rows("select level, spend from ads").rows == [("campaign", 10)]


def test_a_report_without_days_counts_only_where_there_is_no_other(tmp_path: Path) -> None:
    tab = "Campaign name,Campaign ID,Cost,Impressions,Clicks (destination),Conversions"
    october = report(tmp_path / "tab_20261001-20261031.csv", tab, "A,1,310,100,5,3")
    november = report(tmp_path / "tab_20261101-20261130.csv", tab, "A,1,300,100,5,3")
    with taken_in(october, november) as (engine, _):
        assert engine.rows("select sum(spend) from ads").rows == [(610,)]
    daily = report(tmp_path / "daily.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3")
    with taken_in(october, november, daily) as (engine, _):
        assert engine.rows("select sum(spend) from ads").rows == [(10,)]


def test_hours_and_days_and_totals_are_not_added_up(tmp_path: Path) -> None:
    hours = report(tmp_path / "h.csv", "By Day,By Hour,Campaign name,Campaign ID,Cost,Impressions,Clicks,Conversions",
                   "2026-11-01,10:00,A,1,4,40,2,1", "2026-11-01,11:00,A,1,6,60,3,2")  # fmt: skip
    days = report(tmp_path / "d.csv", BY_CAMPAIGN, "2026-11-01,A,1,10,100,5,3")
    account = report(tmp_path / "a.csv", "By Day,Cost,Impressions,Clicks (destination)", "2026-11-01,10,100,5")
    with taken_in(hours, days, account) as (engine, _):
        assert engine.rows("select campaign, hour, spend from ads").rows == [("A", None, 10)]


def test_accounts_and_currencies_are_each_their_own(tmp_path: Path) -> None:
    header = "By Day,Account name,Campaign name,Cost,Impressions,Clicks (destination),Currency"
    one = report(tmp_path / "1.csv", header, "2026-11-01,Shop,A,10,100,5,EUR")
    two = report(tmp_path / "2.csv", header, "2026-11-01,Other,A,10,100,5,EUR", "2026-11-01,Shop,A,9,100,5,USD")
    with taken_in(one, two) as (engine, _):
        assert engine.rows("select count(*) from ads").rows == [(3,)]


def test_ads_of_one_name_all_count(tmp_path: Path) -> None:
    header = "By Day,Campaign name,Ad name,Cost,Impressions"
    rows = ("2026-11-01,A,Video,1,10", "2026-11-01,A,Video,1,10", "2026-11-01,A,Video,1,10")
    first, again = report(tmp_path / "1.csv", header, *rows), report(tmp_path / "2.csv", header, *rows)
    with taken_in(first, again) as (engine, _):
        assert engine.rows("select sum(spend) from ads").rows == [(3,)]
