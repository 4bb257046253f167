"""The shipped rules: examples, schema, lint; and what a user's own rules meet."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.helpers import ROOT, shipped_rules, tiktrack
from tiktrack.errors import RuleError, UsageError
from tiktrack.rules.explain import explain
from tiktrack.rules.jsonschema import rule_schema
from tiktrack.rules.lint import lint_paths
from tiktrack.rules.load import choose, default_folders, load
from tiktrack.rules.scaffold import scaffold
from tiktrack.trial import Trial, run_examples

FILES = sorted(path for path in (ROOT / "rules").rglob("*.yaml") if path.name != "grade.yaml")


@pytest.fixture(scope="module")
def trials() -> dict[str, list[Trial]]:
    """Rule → its examples, run."""
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in run_examples(shipped_rules(), default_folders()):
        found[trial.rule].append(trial)
    return found


def test_there_are_enough() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples(path: Path, trials: dict[str, list[Trial]]) -> None:
    assert [f"{t.place} {t.example}: {t.problem}" for t in trials[path.stem] if t.problem] == []
    assert {trial.fires for trial in trials[path.stem]} == {True, False}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_schema_describes_it(path: Path) -> None:
    jsonschema.Draft202012Validator(rule_schema()).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_shipped_rules_lint() -> None:
    assert lint_paths([ROOT / "rules"])[1] == []


TEN_MISTAKES = """\
id: wrong-name
titel: No title
family: valu
symptom: missing-value-or-currency
severity: critcal
table: events
where: event = 'Purchase' and nott
share: read_text('/etc/passwd') = 'x'
by: [pixel_cod]
min_n: many
warn: 5 percent
why: x
fix: x
owner: developer
effort: 1h
origin: ours
evidence: [tsms]
examples:
  - name: no rows
    expect: {outcome: fail}
"""


def test_ten_mistakes_are_all_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "ten.yaml"
    path.write_text(TEN_MISTAKES, encoding="utf-8")
    found = {(problem.key, problem.place.line) for problem in lint_paths([path])[1]}
    assert found >= {
        ("id", 1), ("titel", 2), ("title", 1), ("family", 3), ("severity", 5), ("where", 7), ("share", 8), ("by", 9),
        ("min_n", 10), ("warn", 11), ("evidence", 17), ("examples", 18),
    }  # fmt: skip
    shown = tiktrack("rules", "lint", str(path))
    assert shown.returncode == 2
    assert f"{path}:5: severity: 'critcal' is not known" in shown.stdout
    assert "did you mean 'critical'?" in shown.stdout


def test_a_tag_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tag.yaml"
    path.write_text("id: tag\ntitle: !!python/object:os.system x\n", encoding="utf-8")
    (problem,) = lint_paths([path])[1]
    assert "tag" in problem.message
    assert problem.place.line == 2


def test_two_rules_with_one_id(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        scaffold("order-id-missing", tmp_path / folder)
    with pytest.raises(RuleError, match="twice"):
        load([tmp_path])


def test_new_lint_test(tmp_path: Path) -> None:
    path = scaffold("order-id-missing", tmp_path)
    assert lint_paths([path])[1] == []
    assert [trial.problem for trial in run_examples(load([path]), [path])] == [None, None]
    with pytest.raises(UsageError, match="already"):
        scaffold("order-id-missing", tmp_path)


def test_an_example_that_is_wrong_is_told(tmp_path: Path) -> None:
    path = scaffold("order-id-missing", tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("outcome: fail, n: 100, bad: 50", "outcome: fail, n: 100, bad: 7")
    )
    problems = [trial.problem for trial in run_examples(load([path]), [path])]
    assert problems == ["bad is 50.0, expected 7", None]


SLOW = """\
id: slow-half
title: Half of the server events are late
family: firing
symptom: setup
severity: low
table: events
where: channel = 'server'
value: approx_quantile(lag_ms, 0.5)
unit_of_value: ms
by: [pixel_code]
min_n: 20
warn: "> 300000"
fail: "> 3600000"
unit: server events
why: They come late.
fix: Send them at once.
owner: developer
effort: 1h
origin: ours
examples:
  - name: hours
    rows: |
      channel, ts_ms, received_ms, x
      server, 1768000000000, 1768020000000, 60
      server, 1768000000000, 1768000001000, 40
    expect: {outcome: fail}
  - name: seconds
    rows: |
      channel, ts_ms, received_ms, x
      server, 1768000000000, 1768020000000, 40
      server, 1768000000000, 1768000001000, 60
    expect: {outcome: pass}
"""


def test_a_rule_may_ask_for_a_value_that_does_not_add_up(tmp_path: Path) -> None:
    (tmp_path / "slow-half.yaml").write_text(SLOW)
    assert [trial.problem for trial in run_examples(load([tmp_path]), [tmp_path])] == [None, None]


def test_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        choose(shipped_rules(), ["purchase-without-curency"], [])
    assert caught.value.hint == "did you mean 'purchase-without-currency'?"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_can_be_explained(path: Path) -> None:
    (rule,) = load([path], check=False)
    page = explain(rule)
    assert rule.title in page
    assert rule.fix.split()[0] in page
