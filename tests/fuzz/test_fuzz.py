"""A small fixed part of ``make fuzz``."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.cases import failures, fixtures


def test_sixty_cases(tmp_path: Path) -> None:
    known = fixtures(tmp_path, every=4)
    assert sum(fixture.a_line_a_record for fixture in known) > len(known) / 3
    assert not [failure for failure in failures(iter(range(60)), known, tmp_path) if failure]
