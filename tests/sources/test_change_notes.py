"""Notes of changes, kept by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import jsonl, purchase, request, taken_in, tiktrack

CSV = "Date;What;Kind\n03.11.2026;new checkout;site\n14.11.2026;budget halved;Budget\nsoon;?;\n"
YAML = """# our log
- date: 2026-11-03
  what: "new checkout: one page"
  kind: site
- when: 2026-11-14
  note: budget halved
- just a word
"""


@pytest.mark.parametrize(("name", "text"), [("notes.csv", CSV), ("notes.yaml", YAML)])
def test_notes(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with taken_in(tmp_path / name) as (engine, intake):
        found = engine.rows("select day::varchar, kind, origin, what from changes order by day").rows
        assert [(day, origin) for day, _, origin, _ in found] == [("2026-11-03", "notes"), ("2026-11-14", "notes")]
        assert found[0][1] == "site"
        assert found[0][3].startswith("new checkout")
        assert intake.inputs[0].kind == "change-notes"
        assert (intake.inputs[0].rows, intake.inputs[0].rejected) == (2, 1)


def test_a_note_of_a_day_to_come_does_not_move_the_report(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "log.jsonl", request(purchase()))
    (tmp_path / "plans.yml").write_text("- date: 2027-05-01\n  what: relaunch\n")
    done = tiktrack(
        "audit", str(log), "--changes", str(tmp_path / "plans.yml"), "--isolated", "-f", "json", "--fail-on", "never"
    )
    assert done.returncode == 0, done.stderr
    assert '"as_of": "2026-' in done.stdout
