"""Tables that nobody has seen, by the user's own map; and what is said where nothing fits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers import taken_in, tiktrack
from tiktrack.column_maps import parse_maps, read_map
from tiktrack.errors import ConfigError, InputError

ADS = "Kostenstelle;Tag der Auslieferung;Werbekosten;Einblendungen;Klickzahl;Käufe\n" + "".join(
    f"Sommer;{day:02}.06.2026;1.234,50;10.000;{day};2\n" for day in range(1, 8)
)
ADS_MAP = """
kind: ads
columns: {campaign: Kostenstelle, day: Tag der Auslieferung, spend: Werbekosten, impressions: Einblendungen,
          clicks: Klickzahl, purchases: Käufe}
date_format: "%d.%m.%Y"
decimal: ","
timezone: Europe/Berlin
currency: EUR
"""


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_ads(tmp_path: Path) -> None:
    export = write(tmp_path, "kosten.csv", ADS)
    with taken_in(export, maps=read_map(write(tmp_path, "map.yaml", ADS_MAP))) as (engine, intake):
        assert [(r.kind, r.rows, r.rejected) for r in intake.inputs] == [("mapped-ads", 7, 0)]
        assert intake.inputs[0].mapping["spend"] == "Werbekosten"
        assert intake.timezone == "Europe/Berlin"
        assert engine.rows("select min(day)::varchar, max(day)::varchar, sum(spend), sum(impressions), min(currency) "
                           "from ads").rows == [("2026-06-01", "2026-06-07", 8641.5, 70000.0, "EUR")]  # fmt: skip


def test_events_in_local_time(tmp_path: Path) -> None:
    log = write(
        tmp_path, "log.csv", "Vorgang,Zeitpunkt,Wert,Kennung\nPurchase,15.01.2026 12:00,\"1.250,5\",a\n"
        "Purchase,15.07.2026 12:00,9,b\nPurchase,bald,9,c\n,,,\n",
    )  # fmt: skip
    told = parse_maps(
        {"kind": "events", "columns": {"event": "Vorgang", "time": "Zeitpunkt", "value": "Wert", "event_id": "Kennung"},
         "date_format": "%d.%m.%Y %H:%M", "decimal": ",", "timezone": "Europe/Berlin", "channel": "server", "currency": "EUR"},
        "map.yaml",
    )  # fmt: skip
    with taken_in(log, maps=told) as (engine, intake):
        assert [(r.rows, r.rejected) for r in intake.inputs] == [(3, 1)]
        found = engine.rows("select ts_ms, value, channel, currency, time_status from events order by row_ref").rows
        winter, summer = (
            datetime(2026, month, 15, hour, tzinfo=UTC).timestamp() * 1000 for month, hour in ((1, 11), (7, 10))
        )
        assert [(ts, value) for ts, value, *_ in found] == [(winter, 1250.5), (summer, 9.0), (None, 9.0)]
        assert {tuple(rest[:2]) for _, _, *rest in found} == {("server", "EUR")}


def test_orders(tmp_path: Path) -> None:
    shop = write(
        tmp_path, "bestellungen.tsv", "Nr\tDatum\tSumme\tStand\tMail\n1001\t2026-06-01 23:30:00\t49,90\tbezahlt\ta@example.com\n"
        "1002\t2026-06-02 10:00:00\t10,00\tCancelled\t\n1003\t2026-06-02 10:00:00\tviel\tok\t\n",
    )  # fmt: skip
    told = parse_maps(
        {"kind": "orders", "columns": {"order_id": "Nr", "created": "Datum", "total": "Summe", "status": "Stand", "email": "Mail"},
         "decimal": ",", "timezone": "Europe/Berlin", "currency": "EUR"},
        "map.yaml",
    )  # fmt: skip
    with taken_in(shop, maps=told) as (engine, intake):
        (read,) = intake.inputs
        assert (read.kind, read.rows, read.rejected, read.rejects[0].row) == ("mapped-orders", 2, 1, 4)
        assert engine.rows("select order_id, total, currency, status, created_ms from orders order by 1").rows == [
            ("1001", 49.9, "EUR", "paid", datetime(2026, 6, 1, 21, 30, tzinfo=UTC).timestamp() * 1000),
            ("1002", 10.0, "EUR", "cancelled", datetime(2026, 6, 2, 8, tzinfo=UTC).timestamp() * 1000),
        ]


def test_a_map_is_for_the_files_that_it_names(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a-2026.csv", ADS), write(tmp_path, "b-2026.csv", ADS)
    told = read_map(write(tmp_path, "map.yaml", ADS_MAP + "files: 'a-*.csv'\n"))
    with taken_in(one, other, maps=told) as (_, intake):
        assert [Path(r.path).name for r in intake.inputs if r.kind == "mapped-ads"] == ["a-2026.csv"]


def test_a_map_that_fits_no_file_is_loud(tmp_path: Path) -> None:
    told = parse_maps({"kind": "ads", "columns": {"spend": "Spesen"}}, "map.yaml")
    seen: list[str] = []
    with taken_in(write(tmp_path, "a.csv", "Campaign name,Date,Cost,Impressions\nx,2026-06-01,1,2\n"), maps=told,
                  warn=seen.append) as (_, intake):  # fmt: skip
        assert "'Spesen'" in intake.unknowns[0].why
    assert len(seen) == 1
    assert "map.yaml" in seen[0]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("kind: add\ncolumns: {spend: x}\n", "did you mean 'ads'", 1),
        ("kind: ads\ncolums: {spend: x}\n", "did you mean 'columns'", 2),
        ("kind: ads\ncolumns:\n  spend: x\n  impresions: y\n", "did you mean 'impressions'", 4),
        ("kind: orders\ncolumns: {order_id: x}\n", "add it", 2),
        ("kind: ads\ncolumns: {spend: x}\ndecimal: ';'\n", "one of", 3),
        ("kind: ads\ncolumns: {spend: x}\ntimezone: Berlin\n", "Europe/Berlin", 3),
        ("kind: ads\ncolumns: {spend: x}\ndate_format: dd.mm.yyyy\n", "%d.%m.%Y", 3),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, text: str, words: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        read_map(write(tmp_path, "map.yaml", text))
    assert caught.value.place is not None
    assert (caught.value.place.line, words in (caught.value.hint or "")) == (line, True)


def test_what_is_said_of_a_table_that_nobody_knows(tmp_path: Path) -> None:
    export = write(tmp_path, "x.csv", "Kampagne,Datum,Cost of it,jane@example.com\na,2026-06-01,1,2\n")
    with pytest.raises(InputError) as caught, taken_in(export):
        pass
    assert "Kampagne, Datum, Cost of it, …" in caught.value.message
    hint = caught.value.hint or ""
    assert "kind: ads" in hint
    assert "spend: NAME OF ITS COLUMN" in hint or "spend: 'Cost of it'" in hint
    assert "jane" not in hint + caught.value.message
    copied = write(tmp_path, "map.yaml", hint[hint.index("{kind") :].replace("NAME OF ITS COLUMN", "Cost of it"))
    assert read_map(copied)[0].kind == "ads"


def test_the_likest_header_is_guessed_and_no_header_twice(tmp_path: Path) -> None:
    export = write(tmp_path, "x.csv", "Jour,Campagne,Id de campagne,Dépenses,Clics\n2026-06-01,a,1,1,2\n")
    with pytest.raises(InputError) as caught, taken_in(export):
        pass
    hint = caught.value.hint or ""
    assert (
        "{day: 'Jour', campaign_id: 'Id de campagne', campaign: 'Campagne', spend: 'Dépenses', clicks: 'Clics'" in hint
    )
    line = hint[hint.index("{kind") :].replace("impressions: NAME OF ITS COLUMN", "account: 'Campagne'")
    with taken_in(export, maps=read_map(write(tmp_path, "map.yaml", line))) as (engine, _):
        assert engine.rows("select day::varchar, campaign_id, spend, clicks from ads").rows == [
            ("2026-06-01", "1", 1, 2)
        ]


@pytest.mark.parametrize(
    "header",
    [
        "Kampagnenname;Nach Tag;Kosten;Impressionen;Klicks (Ziel);Conversions;Währung",
        "Nom de la campagne;Par jour;Coût;Impressions;Clics (destination);Conversions;Devise",
        "キャンペーン名;日別;コスト;インプレッション;クリック数（遷移先）;コンバージョン;通貨",
        "ชื่อแคมเปญ;รายวัน;ต้นทุน;การแสดงผล;จำนวนคลิก (ปลายทาง);คอนเวอร์ชัน;สกุลเงิน",
        "اسم الحملة;حسب اليوم;التكلفة;مرات الظهور;النقرات (الوجهة);التحويلات;العملة",
    ],
)
def test_wording_that_nobody_confirmed_comes_with_a_whole_map(tmp_path: Path, header: str) -> None:
    export = write(tmp_path, "x.csv", f"{header}\nA;2026-03-02;1.234,50;10.000;90;3;EUR\n")
    with pytest.raises(InputError) as caught, taken_in(export):
        pass
    hint = caught.value.hint or ""
    assert "nearest is an ads report, under names that nobody confirmed" in hint
    maps = read_map(write(tmp_path, "map.yaml", hint[hint.index("{kind") :]))
    with taken_in(export, maps=maps) as (engine, _):
        found = "day::varchar, campaign, spend, impressions, clicks, conversions, currency"
        assert engine.rows(f"select {found} from ads").rows == [("2026-03-02", "A", 1234.5, 10_000, 90, 3, "EUR")]


def test_a_line_of_data_is_not_shown_as_names_of_columns(tmp_path: Path) -> None:
    line = "2026-03-02 10:00:00,123 INFO sent={'event_source': 'web', 'user': {'ip': '81.2.69.142', 'ttclid': 'E.C.P.x'}}\n"
    with pytest.raises(InputError) as caught, taken_in(write(tmp_path, "app.log", line * 3)):
        pass
    assert "81.2.69" not in caught.value.message + (caught.value.hint or "")
    assert "is a log of Python objects" in caught.value.message


@pytest.mark.parametrize("told", ["%d/%m/%Y", "%d/%m/%Y %H:%M"])
@pytest.mark.parametrize("clock", ["", " 10:30"])
def test_days_that_may_be_either_come_with_a_map_to_copy(tmp_path: Path, told: str, clock: str) -> None:
    table = f"Date,Campaign name,Cost,Impressions\n03/04/2026{clock},A,1.5,10\n05/06/2026{clock},A,1.5,10\n"
    export = write(tmp_path, "x.csv", table)
    with pytest.raises(InputError) as caught, taken_in(export):
        pass
    hint = caught.value.hint or ""
    assert hint.count("may be day/month or month/day") == 1
    line = hint[hint.index("{kind") :]
    assert "'%d/%m/%Y'" in line
    maps = read_map(write(tmp_path, "map.yaml", line.replace("%d/%m/%Y", told)))
    with taken_in(export, maps=maps) as (engine, _):
        found = engine.rows("select day::varchar, campaign, spend from ads order by day").rows
        assert found == [("2026-04-03", "A", 1.5), ("2026-06-05", "A", 1.5)]


@pytest.mark.parametrize(
    ("code", "listed", "words"),
    [(40105, "{}", "says no (code 40105)"), (0, '{"list": []}', "without rows"),
     (0, '{"list": [{"dimensions": {"ad_id": "1"}, "metrics": {"spend": "1"}}]}', "none that is read")],
)  # fmt: skip
def test_an_answer_of_the_api_that_cannot_be_read_is_named(tmp_path: Path, code: int, listed: str, words: str) -> None:
    saved = write(tmp_path, "a.json", f'{{"code": {code}, "message": "m", "request_id": "r", "data": {listed}}}')
    with pytest.raises(InputError) as caught, taken_in(saved):
        pass
    assert words in caught.value.message


def test_on_the_command_line_and_in_the_settings(tmp_path: Path) -> None:
    write(tmp_path, "kosten.csv", ADS)
    write(tmp_path, "map.yml", ADS_MAP)
    done = tiktrack("audit", "kosten.csv", "--map", "map.yml", "--isolated", "--fail-on", "never", "-q", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    write(tmp_path, "tiktrack.yaml", "map: map.yml\nfail_on: never\n")
    assert tiktrack("audit", "-q", cwd=tmp_path).returncode == 0
    indented = "".join(f"  {line}\n" for line in ADS_MAP.strip().splitlines())
    write(tmp_path, "tiktrack.yaml", f"map:\n{indented}fail_on: never\n")
    assert tiktrack("audit", "-q", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("told", "line", "expected"),
    [
        ({"kind": "orders", "columns": {"order_id": "Nr", "created": "Datum", "total": "Betrag.brutto"}, "currency": "EUR"},
         '{"Nr": "A%d", "Datum": "2026-06-0%dT10:00:00Z", "Betrag": {"brutto": 9.5}}\n', 19.0),
        ({"kind": "ads", "columns": {"campaign": "Aktion", "day": "Tag", "spend": "Kosten"}, "currency": "EUR"},
         '{"Aktion": "Sommer %d", "Tag": "2026-06-0%d", "Kosten": 4.25}\n', 8.5),
    ],
)  # fmt: skip
def test_a_map_reads_json_lines_too(tmp_path: Path, told: dict[str, object], line: str, expected: float) -> None:
    table = write(tmp_path, "table.jsonl", line % (1, 1) + '{"broken\n' + line % (2, 2))
    with taken_in(table, maps=parse_maps(told, "map.yaml")) as (engine, intake):
        assert [(r.kind, r.rows, r.rejected) for r in intake.inputs] == [(f"mapped-{told['kind']}", 2, 1)]
        column = "total" if told["kind"] == "orders" else "spend"
        assert engine.rows(f"select sum({column}) from {told['kind']}").rows == [(expected,)]
