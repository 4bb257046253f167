"""The audit as a whole, on small logs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.helpers import SAMPLES, audited, jsonl, purchase, request, sample, shipped_rules, taken_in
from tiktrack.audit import count, plan
from tiktrack.audit.evidence import mask, mask_message
from tiktrack.model.words import Outcome
from tiktrack.rules.load import default_folders, measures_used
from tiktrack.rules.measures import read_measures
from tiktrack.settings import Suppression

RULE = "purchase-without-currency"


def log(path: Path, *, good: int, bad: int) -> Path:
    events = [purchase(i) for i in range(good)]
    events += [
        purchase(good + i, properties={"currency": ""}, page={"url": "https://shop.example/pay?email=a@b.example"})
        for i in range(bad)
    ]
    return jsonl(path, *(request(event) for event in events))


def test_fused_counts_equal_one_by_one() -> None:
    rules = shipped_rules()
    measures = read_measures(default_folders(), measures_used(rules))
    with taken_in(SAMPLES / "healthy") as (engine, _):
        for scan in plan.scans(rules, measures, engine.columns("events_cube")):
            fused = count.run(engine, [scan])
            for alone in scan.one_by_one():
                (rule,) = alone.rules
                single = count.run(engine, [alone])[rule.id]
                assert sorted(map(repr, fused[rule.id].counts)) == sorted(map(repr, single.counts)), rule.id


def test_cube_and_table_agree() -> None:
    rules = [rule for rule in shipped_rules() if rule.table == "events"]
    with taken_in(SAMPLES / "broken") as (engine, _):
        plain = [rule for rule in rules if type(rule.measure).__name__ in ("Share", "Ratio")]
        by_cube = count.run(engine, plan.scans(plain, {}, engine.columns("events_cube")))
        by_table = count.run(engine, plan.scans(plain, {}, frozenset()))
        for rule in plain:
            assert sorted(map(repr, by_cube[rule.id].counts)) == sorted(map(repr, by_table[rule.id].counts)), rule.id


def test_evidence_points_at_the_record_and_holds_nothing_personal(tmp_path: Path) -> None:
    report = audited(log(tmp_path / "log.jsonl", good=30, bad=10), select=(RULE,))
    (found,) = report.results[0].findings
    assert (found.n, found.bad, found.outcome) == (40, 10, Outcome.FAILED)
    assert found.evidence.total == 10
    assert [row[1] for row in found.evidence.rows] == [40, 39, 38, 37, 36]
    assert "@b.example" not in repr(report)


def test_mask() -> None:
    assert mask("/thanks/a.b@c.example/x") == "•••@•••" or "a.b@c.example" not in mask("/thanks/a.b@c.example/x")
    assert "4915112345678" not in mask("/call/4915112345678")
    assert mask("o1001") == "o1001"
    assert mask("+1 (415) 555-0001") == mask("81.2.69.142") == "•••"
    assert mask("2026-09-21 14:13:20 +0200") == "2026-09-21 14:13:20 +0200"


def test_what_tiktok_repeats_of_a_request_is_masked() -> None:
    told = mask_message("data.0.user: 14155550001 of a.b@c.example at 81.2.69.142, 2001:db8:0:1:1:1:1:1 is no hash")
    assert told == "data.0.user: ••• of •••@••• at •••, ••• is no hash"


def test_order_of_files_does_not_matter() -> None:
    files = sorted((SAMPLES / "broken").glob("*.[cj]s*"))
    files = [file for file in files if file.name != "expected.json"]
    one, two = sample("broken"), audited(*reversed(files))
    assert (one.grade, one.symptoms, one.spend) == (two.grade, two.symptoms, two.spend)
    strip = [replace(f, evidence=f.evidence.__class__()) for r in one.results for f in r.findings]
    assert strip == [replace(f, evidence=f.evidence.__class__()) for r in two.results for f in r.findings]


def test_suppressions(tmp_path: Path) -> None:
    path = log(tmp_path / "log.jsonl", good=30, bad=10)
    accepted = audited(path, select=(RULE,), suppress=(Suppression(RULE, {}, "known", None),))
    assert accepted.results[0].outcome is Outcome.SUPPRESSED
    assert accepted.grade.caps == ()
    expired = audited(path, select=(RULE,), suppress=(Suppression(RULE, {}, "known", date(2020, 1, 1)),))
    assert expired.results[0].outcome is Outcome.FAILED
    assert [use.state for use in expired.suppressions] == ["expired"]
    nothing = audited(path, select=(RULE,), suppress=(Suppression(RULE, {"channel": "browser"}, "known", None),))
    assert [use.state for use in nothing.suppressions] == ["unmatched"]
    elsewhere = audited(path, select=(RULE,), suppress=(Suppression("orders-without-event", {}, "known", None),))
    assert [use.state for use in elsewhere.suppressions] == ["not_judged"], "a missing file is no reason to remove it"
    assert accepted.grade_with_suppressed == expired.grade
    assert expired.grade_with_suppressed is None


def test_a_rule_that_crashes_is_errored_and_the_rest_goes_on(tmp_path: Path, monkeypatch: object) -> None:
    from tiktrack.audit import run

    def crash(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(run, "result", crash)  # type: ignore[attr-defined]
    report = audited(log(tmp_path / "log", good=30, bad=0), select=(RULE, "server-events-late"))
    outcomes = {result.rule: result.outcome for result in report.results}
    assert outcomes[RULE] is Outcome.ERRORED
    assert report.grade.letter is None


def test_rules_about_the_report_alone_are_judged_beside_a_log(tmp_path: Path) -> None:
    log(tmp_path / "log", good=30, bad=0)
    (tmp_path / "ads.csv").write_text("Campaign name,By Day,Cost,Impressions\nA,2026-01-01,1.50,10\n")
    report = audited(tmp_path, select=("report-conversions-fell",))
    assert [result.rule for result in report.results] == ["report-conversions-fell"]


def test_strange_logs_do_not_crash(tmp_path: Path) -> None:
    logs = {
        "no purchases": [request(purchase(i, event="ViewContent")) for i in range(50)],
        "one event": [request(purchase())],
        "no times": [request(purchase(i, event_time=None)) for i in range(50)],
        "only zeros": [request(purchase(i, properties={"value": 0})) for i in range(50)],
        "far future": [request(purchase(i, event_time=99_999_999_999_999)) for i in range(50)],
    }
    for name, lines in logs.items():
        report = audited(jsonl(tmp_path / name, *lines))
        assert [r.rule for r in report.results if r.outcome is Outcome.ERRORED] == [], name
        assert report.unknowns, name


def test_currencies_are_never_added_up(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    rows = [f"2026-11-0{day},{name},{cost},1000,50,3,{code}" for day in range(1, 8)
            for name, cost, code in (("A", 100, "EUR"), ("B", 900_000, "IDR"), ("C", 50, "EUR"))]  # fmt: skip
    header = "By Day,Campaign name,Cost,Impressions,Clicks (destination),Conversions,Currency"
    path.write_text("\n".join([header, *rows]) + "\n")
    report = audited(path)
    ads = report.totals["ads"]
    assert (ads["clicks"], ads.get("spend"), ads.get("currency")) == (1050, None, None)
    assert [(part["currency"], part["spend"]) for part in ads["by_currency"]] == [("EUR", 1050), ("IDR", 6_300_000)]
    assert (report.spend.total, report.spend.currency) == (1050, "EUR")
    assert any("the spend in IDR" in unknown.what for unknown in report.unknowns)
    assert audited(path, currency="IDR").spend.total == 6_300_000


def test_days_that_the_log_lacks_are_no_drop(tmp_path: Path) -> None:
    day = 86_400
    kept = [d for d in range(30) if d not in (26, 27)]
    rows = [
        purchase(d * 100 + i, event_time=1_790_000_000 + d * day + i * 1_700, properties={"order_id": f"o{d}-{i}"})
        for d in kept
        for i in range(40)
    ]
    path = jsonl(tmp_path / "log.jsonl", *(request(event) for event in rows))
    report = audited(path, select=("conversions-fell",), timezone="UTC")
    assert report.results[0].outcome is Outcome.PASSED
    assert report.incidents == ()


def test_a_log_of_one_afternoon_beside_orders_does_not_crash(tmp_path: Path) -> None:
    rows = [purchase(i, event_time=1_790_000_000 + i * 60, properties={"order_id": f"o{i}"}) for i in range(40)]
    log_file = jsonl(tmp_path / "log.jsonl", *(request(event) for event in rows))
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "Name,Financial Status,Created at,Total,Currency,Source\n"
        + "".join(f"#o{i},paid,2026-09-21 12:{i:02d}:00 +0000,49.90,EUR,web\n" for i in range(40)),
        encoding="utf-8",
    )
    report = audited(log_file, orders, select=("firing", "counting"))
    assert [r.rule for r in report.results if r.outcome is Outcome.ERRORED] == []


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Purchases (website)", "report-conversions-fell"),
        ("Real-time conversions", "report-real-time-conversions-fell"),
    ],
)
def test_a_report_without_the_column_conversions_is_still_watched(tmp_path: Path, header: str, rule: str) -> None:
    days = [date(2026, 7, 1) + timedelta(days=i) for i in range(50)]
    rows = [f"{day},A,500,90000,3000,{15 if day >= days[-3] else 150}" for day in days]
    report = tmp_path / "report.csv"
    report.write_text("\n".join([f"By Day,Campaign name,Cost,Impressions,Clicks (destination),{header}", *rows]))
    fallen = audited(report)
    assert [r.rule for r in fallen.results if r.findings and r.rule.endswith("fell")] == [rule]
    (incident,) = fallen.incidents
    assert incident.since == days[-3].isoformat()
    assert incident.cause == "unknown"


def test_a_column_that_a_report_lacks_is_unknown_and_can_be_had(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("By Day,Campaign name,Cost,Impressions,Clicks (destination)\n2026-08-01,A,500,90000,3000\n")
    told = audited(report, select=("report-conversions-fell",))
    assert told.results[0].outcome is Outcome.UNKNOWN
    assert "Custom columns" in told.unknowns[0].how_to_get
