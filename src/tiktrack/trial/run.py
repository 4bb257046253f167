"""Each example → tables → the same audit that files get → what came out against what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiktrack.audit import plan
from tiktrack.audit.impact import Money
from tiktrack.audit.results import Setting
from tiktrack.audit.run import judge_all
from tiktrack.audit.series import days_between
from tiktrack.audit.totals import clicks_by_day, extent, orders_by_day
from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import Place, TiktrackError
from tiktrack.ledger import build_of_conversions
from tiktrack.model.report import Finding, RuleResult
from tiktrack.model.rule import Example, Rule
from tiktrack.model.words import Outcome
from tiktrack.resources import shipped
from tiktrack.rules.keys import SHORT
from tiktrack.rules.load import measures_used
from tiktrack.rules.measures import MeasureFile, read_measures
from tiktrack.rules.policy import load_policy
from tiktrack.schema import ACTS_ARE, BEHIND, COPIES, TABLES
from tiktrack.schema.copies import select_copies
from tiktrack.trial.rows import BadExampleError, blocks, create_sql

_MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class Trial:
    """One example: ``problem`` is None where it came out as expected."""

    rule: str
    example: str
    fires: bool
    place: Place
    problem: str | None


def run_examples(rules: Sequence[Rule], folders: Sequence[Path]) -> list[Trial]:
    """Run every example of every rule."""
    measures = read_measures([*[f for f in folders if f.is_dir()], shipped("rules")], measures_used(rules))
    with DuckDB(memory_bytes=_MEMORY, threads=1) as engine:
        return [_trial(engine, rule, example, measures) for rule in rules for example in rule.examples]


def _trial(engine: DuckDB, rule: Rule, example: Example, measures: dict[str, MeasureFile]) -> Trial:
    expected = dict(example.expect)
    wanted = SHORT.get(str(expected.get("outcome")), str(expected.get("outcome")))
    fires = wanted in (Outcome.FAILED, Outcome.WARNED)
    try:
        problem = _compare(_result(engine, rule, example, measures), wanted, expected)
    except (BadExampleError, TiktrackError) as error:
        problem = f"the rows cannot be used: {error}"
    return Trial(rule.id, example.name, fires, example.place, problem)


def _result(engine: DuckDB, rule: Rule, example: Example, measures: dict[str, MeasureFile]) -> RuleResult:
    first = BEHIND.get(rule.table, (rule.table,))[0]
    engine.run("begin")  # nothing of an example is kept: undoing its tables is far cheaper than dropping them
    try:
        setting = setting_of(engine, example.rows, first, ledger=plan.reads_ledger([rule], measures))
        return judge_all(engine, [rule], measures, setting)[0]
    finally:
        engine.run("rollback")


def setting_of(engine: DuckDB, rows: str, table: str, *, ledger: bool = False) -> Setting:
    """Make the tables that ``rows`` describe; lines without a name are of ``table``. With ``ledger`` what follows from
    them as well."""
    made = blocks(rows, table)
    for block in made:
        engine.run(create_sql(block))
    if any(block.table.name == "events" for block in made):
        engine.run(f"create view acts as select * from events where {ACTS_ARE}")
        engine.run(f"create view copies as {select_copies(COPIES.by_name)}")
    if ledger and engine.columns("events"):
        build_of_conversions(engine)
    covered = {table: e for table in TABLES if (e := extent(engine, table))}
    lasts = [e.last for e in covered.values() if e.last]
    return Setting(
        engine=engine, days={t: days_between(e.first, e.last) for t, e in covered.items()}, partial={},
        as_of=max(lasts, default=None),
        purse=Money({}, None, None, None), policy=load_policy(),
        orders=orders_by_day(engine), clicks=clicks_by_day(engine),
    )  # fmt: skip


def _compare(result: RuleResult, wanted: str, expected: dict[str, Any]) -> str | None:
    if result.outcome != wanted:
        shown = "; ".join(f.message for f in result.findings[:2]) or result.reason or ""
        return f"expected {wanted}, came out {result.outcome}" + (f" ({shown})" if shown else "")
    wishes = {key: value for key, value in expected.items() if key != "outcome"}
    if not wishes:
        return None
    if not result.findings:
        return f"{', '.join(wishes)} can only be expected of an example that fires"
    problems = [_differs(found, wishes) for found in result.findings]
    return None if None in problems else problems[0]


def _differs(found: Finding, wishes: dict[str, Any]) -> str | None:
    for key, value in wishes.items():
        if key == "segment":
            have = {name: found.segment.get(name) for name in value}
            if have != {name: str(text) for name, text in value.items()}:
                return f"segment is {found.segment}, expected {dict(value)}"
        elif key in ("n", "bad", "since", "until", "value"):
            have = getattr(found, key)
            if have != value and not (isinstance(have, float) and abs(have - float(value)) < 1e-6):
                return f"{key} is {have}, expected {value}"
        else:
            return f"'{key}' cannot be expected; outcome, n, bad, value, segment, since, until can"
    return None
