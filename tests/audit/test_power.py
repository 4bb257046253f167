"""What the report says a quiet detector is worth."""

from __future__ import annotations

from tests.helpers import SAMPLES, audited, tiktrack
from tiktrack.render.wire import from_wire, to_wire


def test_drops_that_would_be_seen_are_part_of_the_report() -> None:
    report = audited(SAMPLES / "healthy", select=("firing",))
    named = {" / ".join(item.segment.values()): item for item in report.power}
    assert "(all together)" in named
    assert len(report.power) == 5
    for item in report.power:
        assert list(item.smallest_drop) == ["1", "2", "7"]
        drops = [1.1 if drop is None else drop for drop in item.smallest_drop.values()]
        assert drops == sorted(drops, reverse=True), "more days never hide a drop"
        assert 0.1 < drops[-1] <= 1.1
    assert from_wire(to_wire(report)).power == report.power


def test_it_is_printed_where_it_was_asked_for() -> None:
    asked = tiktrack("audit", "sample_data/healthy", "--select", "firing", "--power", "--fail-on", "never")
    assert "Drops that would be seen, four times in five, within 1 / 2 / 7 days" in asked.stdout
    plain = tiktrack("audit", "sample_data/healthy", "--select", "firing", "--fail-on", "never")
    assert "Drops that would be seen" not in plain.stdout
