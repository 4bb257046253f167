"""Pages of TikTok's Business API: pulled folders and saved answers → ads, setup, pixel_stats, changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import taken_in

ACCOUNT = "7000000000000000001"
AT = ("20261101T050000Z", "2026-11-01T05:00:00+00:00")
LATER = ("20261103T050000Z", "2026-11-03T05:00:00+00:00")


def report_row(day: str, spend: str, *, id_: str = "1", level: str = "campaign", **metrics: Any) -> dict[str, Any]:
    time = "stat_time_hour" if len(day) > 10 else "stat_time_day"
    return {"metrics": {"spend": spend, "impressions": "100", **metrics}, "dimensions": {time: day, f"{level}_id": id_}}


def answer(rows: list[Any], key: str = "list") -> dict[str, Any]:
    return {"code": 0, "message": "OK", "data": {key: rows, "page_info": {"page": 1}}}


def put(
    root: Path, part: str, *answers: Any, at: tuple[str, str] = AT, days: str | None = None, recipe: str = "0a0b0c0d"
) -> Path:
    """A file as ``tiktrack pull`` writes it."""
    folder = root / ACCOUNT / part
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{days or 'snapshot'}.{recipe}.{at[0]}.ndjson"
    request = {"endpoint": "x/", "params": {}, "advertiser_id": ACCOUNT, "part": part, "pulled_at": at[1]}
    request |= {"since": days.split("_")[0] if days else None}
    pages = [item if isinstance(item, str) else json.dumps({"request": request, "response": item}) for item in answers]
    path.write_text("\n".join(pages) + "\n", encoding="utf-8")
    return path


def spend(engine: Any) -> list[tuple[Any, ...]]:
    return list(engine.rows("select day::varchar, sum(spend) from ads group by day order by day").rows)


def test_the_newest_pull_of_a_day_counts_and_the_older_is_kept(tmp_path: Path) -> None:
    put(
        tmp_path,
        "report_campaign_day",
        answer([report_row("2026-10-01", "5"), report_row("2026-10-02", "7")]),
        days="2026-10-01_2026-10-02",
    )
    put(
        tmp_path, "report_campaign_day", answer([report_row("2026-10-02", "9")]), days="2026-10-02_2026-10-03", at=LATER
    )
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 5.0), ("2026-10-02", 9.0)]
        assert intake.inputs[0].notes == ("1 × set aside: a newer report covers the same days",)
        pulls = engine.rows("select spend from ads_pulls where day = '2026-10-02' order by pulled_ms").rows
        assert pulls == [(7.0,), (9.0,)], "both pulls stay, so that the lag can be learnt"


def test_a_day_that_the_newest_pull_leaves_out_had_no_delivery(tmp_path: Path) -> None:
    rows = [report_row("2026-10-01", "5"), report_row("2026-10-02", "3")]
    put(tmp_path, "report_campaign_day", answer(rows), days="2026-10-01_2026-10-02")
    put(tmp_path, "report_campaign_day", answer([]), days="2026-10-01_2026-10-01", at=LATER)
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-02", 3.0)]
        assert "1 × no longer there in a newer pull of its day" in intake.inputs[0].notes


def test_rows_that_move_between_pages_count_once(tmp_path: Path) -> None:
    pages = (
        answer([report_row("2026-10-01", "5")]),
        answer([report_row("2026-10-01", "6"), report_row("2026-10-01", "1", id_="2")]),
    )
    put(tmp_path, "report_campaign_day", *pages, days="2026-10-01_2026-10-01")
    with taken_in(tmp_path) as (engine, _):
        assert spend(engine) == [("2026-10-01", 7.0)]


def test_levels_and_grains_are_never_added_up(tmp_path: Path) -> None:
    span = "2026-10-01_2026-10-02"
    days = ("2026-10-01", "2026-10-02")
    put(tmp_path, "report_campaign_day", answer([report_row(day, "10") for day in days]), days=span)
    put(
        tmp_path,
        "report_ad_day",
        answer([report_row(days[0], "9", level="ad", campaign_id="1")]),
        days="2026-10-01_2026-10-01",
    )
    hours = [report_row(f"{day} {hour:02}:00:00", "1") for day in (*days, "2026-10-03") for hour in range(10)]
    put(tmp_path, "report_campaign_hour", answer(hours), days="2026-10-01_2026-10-03")
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 10.0), ("2026-10-02", 10.0), ("2026-10-03", 10.0)]
        assert engine.rows("select distinct level from ads").rows == [("campaign",)]
        aside = {Path(read.path).name: read.notes for read in intake.inputs}
        assert aside["report_ad_day"][0].startswith("1 × set aside: another report covers the same days")
        assert aside["report_campaign_hour"][0].startswith("20 × set aside")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_saved_answer_is_read_and_numbers_may_be_numbers(tmp_path: Path, indent: int | None) -> None:
    rows = [
        report_row("2026-10-01 00:00:00", "5"),
        report_row("2026-10-02", "-", complete_payment=3, total_complete_payment_rate=41.5),
    ]
    rows[1]["dimensions"]["campaign_id"] = 1820000000000000001
    rows[1]["metrics"]["something_new"] = {"nested": [1]}
    (tmp_path / "saved.json").write_text(json.dumps({"request_id": "r", **answer(rows)}, indent=indent))
    with taken_in(tmp_path) as (engine, intake):
        assert intake.inputs[0].kind == "tiktok-api-report"
        assert engine.rows("select campaign_id, spend, purchases, purchase_value from ads order by day").rows == [
            ("1", 5.0, None, None), ("1820000000000000001", None, 3.0, 41.5),
        ]  # fmt: skip


def test_one_page_of_several_says_so(tmp_path: Path) -> None:
    page = answer([report_row("2026-10-01", "5")])
    page["data"]["page_info"] = {"page": 2, "page_size": 1, "total_number": 3, "total_page": 3}
    (tmp_path / "page.json").write_text(json.dumps(page, indent=1))
    with taken_in(tmp_path) as (_, intake):
        assert intake.inputs[0].notes == ("page 2 of 3: save the other pages too, or use `tiktrack pull`",)


def test_the_same_answer_saved_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(answer([report_row("2026-10-01", "5")])))
    with taken_in(tmp_path) as (engine, _):
        assert spend(engine) == [("2026-10-01", 5.0)]


def test_an_answer_cut_by_country_is_not_added_to_the_whole(tmp_path: Path) -> None:
    parts = [report_row("2026-10-01", spend) for spend in ("3", "1")]
    for part, country in zip(parts, ("DE", "AT"), strict=True):
        part["dimensions"]["country_code"] = country
    (tmp_path / "countries.json").write_text(json.dumps(answer(parts)))
    with taken_in(tmp_path) as (engine, _):
        assert spend(engine) == [("2026-10-01", 4.0)]
        assert engine.rows("select breakdown from ads order by 1").rows == [("country_code=AT",), ("country_code=DE",)]
    (tmp_path / "whole.json").write_text(json.dumps(answer([report_row("2026-10-01", "4")])))
    with taken_in(tmp_path) as (engine, _):
        assert spend(engine) == [("2026-10-01", 4.0)]


def test_broken_lines_and_app_metrics_are_told(tmp_path: Path) -> None:
    rows = answer([report_row("yesterday", "5"), report_row("2026-10-01", "4")])
    put(tmp_path, "report_campaign_day", rows, '{"request": {"part', days="2026-10-01_2026-10-01")
    put(tmp_path, "report_campaign_day_app", answer([report_row("2026-10-01", "4")]), days="2026-10-01_2026-10-01")
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 4.0)]
        day, app = intake.inputs
        assert {reject.reason for reject in day.rejects} == {"no day or hour", "not a page of the API"}
        assert app.notes == ("1 × metrics of app campaigns, kept apart: no rule reads them",)


def test_settings_say_what_a_report_does_not(tmp_path: Path) -> None:
    info = {
        "advertiser_id": ACCOUNT,
        "name": "Shop",
        "currency": "krw",
        "timezone": "Etc/GMT+8",
        "display_timezone": "America/Los_Angeles",
    }
    put(tmp_path, "account", answer([info]))
    put(tmp_path, "campaigns", answer([
        {"advertiser_id": ACCOUNT, "campaign_id": "1", "campaign_name": "Web", "objective_type": "WEB_CONVERSIONS"},
        {"advertiser_id": ACCOUNT, "campaign_id": "2", "campaign_name": "App", "objective_type": "APP_PROMOTION"},
    ]))  # fmt: skip
    rows = [report_row("2026-10-01", "5", id_=id_, complete_payment="0") for id_ in ("1", "2")]
    put(tmp_path, "report_campaign_day", answer(rows), days="2026-10-01_2026-10-01")
    with taken_in(tmp_path) as (engine, intake):
        assert intake.timezone == "America/Los_Angeles"
        found = engine.rows("select campaign, currency, purchases from ads order by campaign_id").rows
        assert found == [("Web", "KRW", 0.0), ("App", "KRW", None)]


def adgroup(id_: str, **more: Any) -> dict[str, Any]:
    base = {"advertiser_id": ACCOUNT, "campaign_id": "1", "adgroup_id": id_, "adgroup_name": f"Group {id_}",
            "optimization_goal": "CONVERT", "optimization_event": "SHOPPING", "pixel_id": 71, "operation_status": "ENABLE",
            "secondary_status": "ADGROUP_STATUS_DELIVERY_OK", "click_attribution_window": "SEVEN_DAYS",
            "view_attribution_window": "OFF", "attribution_event_count": "ONCE"}  # fmt: skip
    return {**base, **more}


def test_an_ad_group_is_seen_with_its_pixel(tmp_path: Path) -> None:
    put(tmp_path, "pixels", answer([
        {"pixel_id": "71", "pixel_code": "CAAA", "advanced_matching_fields": {"email": True, "phone_number": "false"},
         "asset_ownership": {"asset_relation_status": None, "ownership_status": True}, "events": []},
        {"pixel_id": "72", "pixel_code": "CBBB", "asset_ownership": {"asset_relation_status": "SHARED", "ownership_status": False}},
    ], "pixels"))  # fmt: skip
    groups = [
        adgroup("1"), adgroup("2", pixel_id=None), adgroup("3", pixel_id="72"), adgroup("4", pixel_id="99"),
        adgroup("5", secondary_status="ADGROUP_STATUS_PIXEL_UNBIND"), adgroup("6"),
        adgroup("7", optimization_goal="CLICK", optimization_event=None),
        adgroup("8", secondary_status="ADGROUP_STATUS_DELETE"), adgroup("9", operation_status="DISABLE"),
    ]  # fmt: skip
    put(tmp_path, "adgroups", answer(groups))
    issue = {"adgroup_id": "6", "diagnosis": {"suggestions": [{"event_track": [{"issue_suggestion": "PIXEL"}]}]}}
    put(tmp_path, "diagnosis", answer([issue], "results"))
    with taken_in(tmp_path) as (engine, _):
        found = engine.rows("select adgroup_id, pixel_link, state from setup where object = 'adgroup' order by 1").rows
        links = ("ok", "none", "shared", "not_listed", "unbound", "idle", None, "ok", "ok")
        states = (*["live"] * 7, "deleted", "off")
        assert found == [(str(i), link, state) for i, (link, state) in enumerate(zip(links, states, strict=True), 1)]
        one = engine.rows(
            "select event, pixel_code, click_days, view_days, engaged_days, event_count from setup where adgroup_id = '1'"
        ).rows
        assert one == [("Purchase", "CAAA", 7, 0, None, "once")]
        pixels = engine.rows("select pixel_code, matching, ownership from setup where object = 'pixel' order by 1").rows
        assert pixels == [("CAAA", "part", "own"), ("CBBB", None, "shared")]


def test_counts_of_pixels_in_two_files_of_a_day(tmp_path: Path) -> None:
    def counts(pixel: str, *events: dict[str, Any]) -> dict[str, Any]:
        return answer([{"pixel_id": pixel, "statistics": list(events)}])

    bought = {"pixel_event_type": "SHOPPING", "browser_event_total_count": 7, "server_event_total_count": "5"}
    made_up = {"custom_event_type": "buy_now", "total_count": 3, "browser_event_total_count": 3}
    put(tmp_path, "pixel_stats", counts("71", bought, made_up), days="2026-10-01_2026-10-01")
    put(tmp_path, "pixel_stats", counts("81", bought), days="2026-10-01_2026-10-01", recipe="11111111", at=LATER)
    with taken_in(tmp_path) as (engine, _):
        sql = "select pixel_id, event, event_kind, twin_of, total, browser, server from pixel_stats order by 1, 2"
        assert engine.rows(sql).rows == [
            ("71", "Purchase", "standard", None, 12.0, 7.0, 5.0),
            ("71", "buy_now", "custom", "Purchase", 3.0, 3.0, 0.0),
            ("81", "Purchase", "standard", None, 12.0, 7.0, 5.0),
        ]


def test_files_of_several_parts_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    pulled, flat = tmp_path / "pulled", tmp_path / "flat"
    flat.mkdir()
    files = [
        put(pulled, "report_campaign_day", answer([report_row("2026-10-01", "5")]), days="2026-10-01_2026-10-01"),
        put(
            pulled,
            "pixel_stats",
            answer([{"pixel_id": "71", "statistics": []}]),
            days="2026-10-01_2026-10-01",
            at=LATER,
        ),
        put(pulled, "adgroups", answer([adgroup("1")])),
    ]
    for file in files:
        file.rename(flat / file.name)
    (flat / "2026-13-41_2026-14-01.00.20261101T050000Z.ndjson").write_text("nothing")
    with taken_in(flat) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 5.0)]
        assert sorted(read.table for read in intake.inputs) == ["ads", "pixel_stats", "setup"]
        assert len({read.path for read in intake.inputs}) == 3


def test_two_folders_of_an_account_say_things_once(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    bought = {"pixel_event_type": "SHOPPING", "browser_event_total_count": 7}
    stats = answer([{"pixel_id": "71", "statistics": [bought]}])
    for folder, at, name in ((old, AT, "before"), (new, LATER, "after")):
        put(folder, "adgroups", answer([adgroup("1", adgroup_name=name)]), at=at)
        put(folder, "pixel_stats", stats, days="2026-10-01_2026-10-01", at=at)
        put(
            folder,
            "report_adgroup_day",
            answer([report_row("2026-10-01", "5", level="adgroup")]),
            days="2026-10-01_2026-10-01",
            at=at,
        )
    with taken_in(old, new) as (engine, _):
        assert engine.rows("select name from setup").rows == [("after",)]
        assert engine.rows("select sum(total) from pixel_stats").rows == [(7.0,)]
        assert spend(engine) == [("2026-10-01", 5.0)]


def test_the_change_log_out_of_its_wrappings(tmp_path: Path) -> None:
    details = json.dumps(
        [{"action": "Change ", "name": "Ad group", "before_after": [{"before": "b'50'", "after": "b'5'"}]}]
    )
    quoted = '"' + details.replace('"', '""') + '"'
    table = (
        "Budget changes,1\r\nStatus changes,0\r\n\r\n"
        "Time,log_object_type,Object ID,Object,Operator,Source,App ID,Activity details\r\n"
        f"2026-10-01 14:05,Ad group,1,Budget,y***n@example.com,Marketing API,75,{quoted}\r\n"
    )
    text = json.dumps({"file_data": repr(table.encode()), "file_name": "1.csv"})
    put(
        tmp_path,
        "changelog",
        {"code": 0, "data": {"status": "SUCCESS", "changelog": text}},
        "half a li",
        days="2026-10-01_2026-10-05",
    )
    put(tmp_path, "adgroups", answer([adgroup("1")]))
    with taken_in(tmp_path) as (engine, intake):
        sql = 'select day::varchar, hour % 24, kind, object, adgroup, what, "before", "after" from changes'
        assert engine.rows(sql).rows == [("2026-10-01", 14, "budget", "adgroup", "Group 1", "Budget", "50", "5")]
        log = next(read for read in intake.inputs if read.table == "changes")
        assert [reject.reason for reject in log.rejects] == ["not a page of a change log"]
        assert "example.com" not in str(engine.rows("select * from changes_store").rows)


def test_the_manifest_says_what_is_missing(tmp_path: Path) -> None:
    good = put(tmp_path, "report_campaign_day", answer([report_row("2026-10-01", "5")]), days="2026-10-01_2026-10-01")
    changed = put(
        tmp_path, "report_campaign_day", answer([report_row("2026-10-04", "9999")]), days="2026-10-04_2026-10-04"
    )
    late = put(tmp_path, "report_campaign_day", answer([report_row("2026-10-05", "2")]), days="2026-10-05_2026-10-05")
    entry = {
        "advertiser_id": ACCOUNT,
        "pulled_at": AT[1],
        "size": good.stat().st_size,
        "notes": ["dropped metrics: custom_page_events"],
    }
    import hashlib

    files = [
        {**entry, "path": str(good.relative_to(tmp_path)), "sha256": hashlib.sha256(good.read_bytes()).hexdigest()},
        {**entry, "path": str(changed.relative_to(tmp_path)), "sha256": "0" * 64},
        {**entry, "path": f"{ACCOUNT}/ads/gone.ndjson", "sha256": "0" * 64},
    ]
    skipped = [
        {"advertiser_id": ACCOUNT, "part": "pixel_stats", "reason": "TikTok answered 40001", "remedy": "Ask for 802."}
    ]
    manifest = {"schema": "tiktrack/pull/v1", "accounts": {}, "files": files, "skipped": skipped, "tasks": {}}
    manifest["hold"] = {"until": "2026-11-02T00:00:00+00:00", "why": "The requests of the day are used up."}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert late.exists()  # the manifest may lag: a file that it does not list is read
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 5.0), ("2026-10-05", 2.0)]
        assert intake.inputs[0].notes == ("dropped metrics: custom_page_events",)
        told = {unknown.what: (unknown.why, unknown.how_to_get) for unknown in intake.unknowns}
        assert told[f"pixel_stats of {ACCOUNT}"] == ("it could not be pulled: TikTok answered 40001", "Ask for 802.")
        assert "changed after the pull" in told[str(changed.relative_to(tmp_path))][0]
        assert "not there" in told[f"{ACCOUNT}/ads/gone.ndjson"][0]
        assert "used up" in told[f"the rest of {tmp_path.name}"][0]
        assert (
            told[f"3 days of {ACCOUNT}/report_campaign_day, the first is 2026-10-02"][0] == "the pull was not finished"
        )


def test_a_manifest_that_is_broken_is_told(tmp_path: Path) -> None:
    put(tmp_path, "report_campaign_day", answer([report_row("2026-10-01", "5")]), days="2026-10-01_2026-10-01")
    (tmp_path / "manifest.json").write_text('{"schema": "tiktrack/pull/v1"}')
    with taken_in(tmp_path) as (engine, intake):
        assert spend(engine) == [("2026-10-01", 5.0)]
        assert "cannot be read as the index" in intake.unknowns[0].why


def test_accounts_in_several_zones_are_told(tmp_path: Path) -> None:
    infos = [
        {"advertiser_id": str(i), "currency": "USD", "display_timezone": zone}
        for i, zone in enumerate(("Asia/Tokyo", "Europe/Berlin", "Europe/Berlin", "no zone at all"), 1)
    ]
    put(tmp_path, "account", answer(infos))
    put(tmp_path, "report_campaign_day", answer([report_row("2026-10-01", "5")]), days="2026-10-01_2026-10-01")
    with taken_in(tmp_path) as (_, intake):
        assert intake.timezone == "Europe/Berlin"
        assert "Asia/Tokyo" in intake.timezone_from


def test_an_event_that_is_none_of_the_website_has_no_name(tmp_path: Path) -> None:
    codes = ("ON_WEB_CART", "SUCCESSORDER_PAY", "ON_WEB_ORDER")
    put(tmp_path, "adgroups", answer([adgroup(str(i), optimization_event=code) for i, code in enumerate(codes, 1)]))
    with taken_in(tmp_path) as (engine, _):
        assert engine.rows("select event from setup order by adgroup_id").rows == [
            ("AddToCart",),
            (None,),
            ("PlaceAnOrder",),
        ]
