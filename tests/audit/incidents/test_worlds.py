"""From tables to incidents: findings are put together, and the cause is the one that was put in."""

from __future__ import annotations

from tests.audit.incidents.worlds import incidents_of, judged
from tests.helpers import sample

HEALTHY = "2026-01-01..2026-02-14"
BROKEN = "2026-02-15..2026-02-20"


def world(
    browser: tuple[int, int], server: tuple[int, int], orders: tuple[int, int] | None, clicks: int | None = None
) -> str:
    """Purchases a day of both channels, orders and clicks, before and after 15 February."""
    lines = ["# events", "event, channel, day, x"]
    for name, (before, after) in (("browser", browser), ("server", server)):
        lines += [f"Purchase, {name}, {HEALTHY}, {before}", f"Purchase, {name}, {BROKEN}, {after}"]
        lines += [f"ViewContent, {name}, 2026-01-01..2026-02-20, 300"]
    if orders:
        lines += ["# orders", "day, x", f"{HEALTHY}, {orders[0]}", f"{BROKEN}, {orders[1]}"]
    if clicks is not None:
        lines += ["# ads", "day, clicks, conversions", f"{HEALTHY}, 4000, 30", f"{BROKEN}, {clicks}, 12"]
    return "\n".join(lines)


def test_events_that_fall_while_orders_go_on_are_a_tracking_break() -> None:
    (found,) = incidents_of(world((60, 20), (70, 22), (80, 80), 4000))
    assert found.cause == "tracking_break"
    assert found.since == "2026-02-15"
    assert found.until is None
    assert len(found.findings) >= 3
    assert any("orders continued as before: 80 per day before, 80 since" in line for line in found.evidence_for)
    assert any(line.startswith("Less demand: the shop's orders") for line in found.ruled_out)


def test_what_was_noted_on_the_day_is_evidence() -> None:
    notes = "# changes\nday, kind, what\n2026-02-15, site, new theme went live\n2026-02-03, site, older theme\n"
    (found,) = incidents_of(world((60, 20), (70, 22), (80, 80), 4000) + "\n" + notes)
    assert "Noted on 15 Feb: “new theme went live”." in found.evidence_for
    assert not any("older theme" in line for line in found.evidence_for)


def test_a_shop_that_sells_less_has_sound_tracking() -> None:
    (found,) = incidents_of(world((60, 27), (70, 31), (80, 36), 4000))
    assert found.cause == "demand"
    assert found.findings == ()
    assert "looks sound" in found.title
    assert any("orders fell by 55%" in line for line in found.evidence_for)
    assert any(line.startswith("Broken tracking:") for line in found.ruled_out)


def test_hours_of_silence_while_the_shop_sells_less_are_a_part_of_that() -> None:
    low = (27, 36)
    spans = ((HEALTHY, 60, 80), ("2026-02-15..2026-02-20", *low), ("2026-02-21..2026-02-22", 2, 3),
             ("2026-02-23..2026-02-25", *low))  # fmt: skip
    events = "\n".join(f"Purchase, {channel}, {days}, {n}" for days, n, _ in spans for channel in ("browser", "server"))
    orders = "\n".join(f"{days}, {n}" for days, _, n in spans)
    clicks = "# ads\nday, clicks\n2026-01-01..2026-02-25, 4000"
    views = "ViewContent, browser, 2026-01-01..2026-02-25, 300"
    text = f"# events\nevent, channel, day, x\n{views}\n{events}\n# orders\nday, x\n{orders}\n{clicks}"
    (found,) = incidents_of(text, "conversions-silent")
    assert found.since == "2026-02-15"
    assert "looks sound" in found.title
    assert len(found.findings) == 2


def test_a_step_that_falls_beside_the_others_may_be_the_shop_itself() -> None:
    rows = [
        "# events",
        "event, channel, day, x",
        f"AddToCart, browser, {HEALTHY}, 60",
        f"AddToCart, browser, {BROKEN}, 10",
    ]
    rows += [f"{event}, browser, 2026-01-01..2026-02-20, 30" for event in ("InitiateCheckout", "Purchase")]
    (found,) = incidents_of("\n".join(rows), "carts-fell-beside-purchases")
    assert found.since == "2026-02-15"
    assert found.cause == "unknown"


def test_whole_days_without_any_row_of_a_channel_may_be_a_missing_file() -> None:
    def lines(server: str) -> str:
        rows = ["# events", "event, channel, day, x", "Purchase, browser, 2026-01-01..2026-02-24, 60", server]
        return "\n".join([*rows, "# orders", "day, x", "2026-01-01..2026-02-24, 80"])

    hole = "Purchase, server, 2026-01-01..2026-02-14, 70\nPurchase, server, 2026-02-18..2026-02-24, 70"
    (found,) = incidents_of(lines(hole))
    assert any("from 15 Feb to 17 Feb" in line and "missing file" in line for line in found.evidence_against)
    low = "Purchase, server, 2026-01-01..2026-02-14, 70\nPurchase, server, 2026-02-15..2026-02-17, 5\n"
    (found,) = incidents_of(lines(low + "Purchase, server, 2026-02-18..2026-02-24, 70"))
    assert not any("missing file" in line for line in found.evidence_against)


def test_a_budget_cut_is_delivery() -> None:
    (found,) = incidents_of(world((60, 27), (70, 31), (80, 36), 1700))
    assert found.cause == "delivery_change"


def test_the_unfinished_day_of_a_report_is_no_delivery_change() -> None:
    rows = "# ads\nday, clicks, conversions, landing_page_views\n2026-01-01..2026-02-14, 4000, 60, 3000\n"
    assert incidents_of(rows + "2026-02-15, 900, 12, 700\n") == ()
    (found,) = incidents_of(rows + "2026-02-15..2026-02-17, 900, 12, 700\n")
    assert found.cause == "delivery_change"


def test_over_counting_that_ends_is_a_fix() -> None:
    found, results = judged(world((120, 55), (75, 75), (80, 80), 4000))
    assert [i.cause for i in found if i.since == "2026-02-15"] == ["tracking_fix"]
    assert "1.50 conversions were counted per order" in " ".join(found[-1].evidence_for)

    fell = next(r for r in results if r.rule == "channel-conversions-fell")
    assert fell.outcome == "warned"
    assert (fell.loss, fell.cap) == (0.0, None)
    assert "But overcounting ended that day" in fell.findings[0].message


def test_one_channel_is_held_against_the_other_where_there_are_no_orders() -> None:
    (found,) = incidents_of(world((60, 10), (70, 70), None))
    assert found.cause == "tracking_break"
    assert any("in the other channel continued as before" in line for line in found.evidence_for)


def test_a_report_alone_cannot_tell() -> None:
    (found,) = incidents_of(f"# ads\nday, clicks, conversions\n{HEALTHY}, 4000, 60\n2026-02-15..2026-02-20, 4000, 12\n")
    assert found.cause == "unknown"
    assert any("cannot tell lost tracking from fewer sales" in line for line in found.evidence_for)
    assert any(line.startswith("A delivery change") for line in found.ruled_out)


def test_one_incident_for_each_fault_of_the_sample_account() -> None:
    report = sample("broken")
    began = [incident.since for incident in report.incidents]
    assert began == sorted(set(began))
    assert {incident.cause for incident in report.incidents} <= {"tracking_break", "unknown"}
    lost = next(i for i in report.incidents if i.since == "2026-11-12")
    known = {f.fingerprint: result.rule for result in report.results for f in result.findings}
    assert {"conversions-fell", "channel-conversions-fell", "report-conversions-fell"} <= {
        known[mark] for mark in lost.findings
    }
    assert lost.cause == "tracking_break"
    assert sample("healthy").incidents == ()
