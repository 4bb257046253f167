"""Reports as tools and agencies write them: names of columns, tables of several networks, reports of other networks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import taken_in
from tiktrack.errors import InputError


def _daily(tmp_path: Path, text: str, name: str = "report.csv") -> list[tuple[object, ...]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with taken_in(path) as (engine, _):
        found = "day::varchar, sum(spend), sum(impressions)::int, sum(clicks)::int"
        return engine.rows(f"select {found} from ads group by 1 order by 1").rows


@pytest.mark.parametrize(
    "header",
    [
        "statTimeDay,campaignName,spend,impressions,clicks",
        "Stat Time Day,Campaign Name,Spend,Impressions,Clicks",
        "stat_time,campaign_name,Total Cost,impressions,clicks",
        "date_day,campaign_name,spend,impressions,clicks",
        "dimensions.stat_time_day,metrics.campaign_name,metrics.spend,metrics.impressions,metrics.clicks",
        "dimensions__stat_time_day,metrics__campaign_name,metrics__spend,metrics__impressions,metrics__clicks",
        "Date,Campaign name,Sum of Cost,Sum of Impressions,Sum of Clicks (destination)",
        "Date,Campaign - TikTok,Cost - TikTok,Impressions - TikTok Ads,Clicks(destination) - TikTok",
    ],
)
def test_names_of_columns_are_compared_as_words(tmp_path: Path, header: str) -> None:
    rows = _daily(tmp_path, f"{header}\n2026-03-02,A,10.5,1000,9\n2026-03-02,B,1,10,1\n2026-03-03,A,2,20,2\n")
    assert rows == [("2026-03-02", 11.5, 1010, 10), ("2026-03-03", 2.0, 20, 2)]


@pytest.mark.parametrize("column", ["platform", "Channel", "Traffic source", "Data source name", "Source / Medium"])
def test_of_a_table_of_all_networks_only_tiktok_is_read(tmp_path: Path, column: str) -> None:
    rows = _daily(
        tmp_path,
        f"{column},Date,Campaign name,Cost,Impressions,Clicks\n"
        "Facebook Ads,2026-03-02,A,500,9,9\nTik-Tok / cpc,2026-03-02,B,1.5,10,1\ngoogle,2026-03-02,C,7,9,9\n",
    )
    assert rows == [("2026-03-02", 1.5, 10, 1)]


def test_rows_of_other_networks_are_told(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("Date,Channel,Campaign,Cost,Impressions\n2026-03-02,TikTok,A,1,9\n2026-03-02,Meta,B,2,9\n")
    with taken_in(path) as (_, intake):
        assert "1 × rows of another network" in intake.inputs[0].notes
        assert intake.inputs[0].mapping["network"] == "Channel"


def test_a_table_of_another_network_alone_has_nothing_to_audit(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        _daily(tmp_path, "Date,Channel,Campaign,Cost,Impressions\n2026-03-02,Facebook,A,1,9\n")
    assert "rows of another network" in str(error.value.hint)


def test_a_platform_that_names_no_network_is_a_breakdown(tmp_path: Path) -> None:
    rows = _daily(
        tmp_path,
        "Date,Platform,Campaign name,Cost,Impressions,Clicks\n"
        "2026-03-02,ANDROID,A,1,10,1\n2026-03-02,IPHONE,A,2,20,2\n",
    )
    assert rows == [("2026-03-02", 3.0, 30, 3)]


def test_measures_that_name_tiktok_win_over_those_of_all_networks(tmp_path: Path) -> None:
    rows = _daily(
        tmp_path,
        "date,spend,meta_spend,tiktok_spend,impressions,tiktok_impressions,meta_clicks,tiktok_ads_clicks\n"
        "2026-03-02,30,20,10,3000,1000,77,9\n",
    )
    assert rows == [("2026-03-02", 10.0, 1000, 9)]


@pytest.mark.parametrize(
    ("header", "network"),
    [
        ("Day,Campaign,Campaign state,Cost,Impr.,Clicks", "Google Ads"),
        ("Gregorian date,Campaign,Account name,Spend,Impressions,Clicks", "Microsoft Advertising"),
        ("Day,Campaign name,Ad set name,Spend,Impressions,Clicks", "Meta"),
    ],
)
def test_a_report_of_another_network_is_refused_with_its_name(tmp_path: Path, header: str, network: str) -> None:
    with pytest.raises(InputError) as error:
        _daily(tmp_path, f"{header}\n2026-03-02,A,B,10.5,1000,9\n")
    assert f"is a column of {network}, and nothing says TikTok" in str(error.value.hint)


def test_such_a_column_does_no_harm_where_a_column_names_tiktok(tmp_path: Path) -> None:
    text = "Date,Source,Campaign,Ad set name,Cost,Impressions,Clicks\n2026-03-02,{0},A,,1,10,1\n"
    rows = _daily(tmp_path, text.format("facebook").removesuffix("\n") + "\n2026-03-02,tiktok,A,,2,20,2\n")
    assert rows == [("2026-03-02", 2.0, 20, 2)]


def test_a_day_under_a_name_that_nobody_confirmed_comes_with_a_map(tmp_path: Path) -> None:
    path = tmp_path / "relatorio.csv"
    path.write_text("Nome da campanha,Por dia,Custo,Impressões\nA,2026-03-02,1,10\nA,2026-03-03,1,10\n", "utf-8")
    with taken_in(path) as (engine, intake):
        (note,) = intake.inputs[0].notes
        assert note.startswith("no day column")
        assert "if 'Por dia' is the day of the figures, save this line" in note
        assert "{kind: ads, columns: {day: 'Por dia', campaign: 'Nome da campanha'" in note
        assert engine.rows("select count(day) from ads").rows == [(0,)]


def test_a_day_of_creation_is_not_offered_as_the_day_of_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "tab.csv"
    path.write_text("Campaign name,Date Created,Cost,Impressions\nA,2026-03-02,1,10\nA,2026-03-03,1,10\n")
    with taken_in(path) as (_, intake):
        assert "map.yaml" not in intake.inputs[0].notes[0]
