"""Small worlds as text → the incidents that an audit of them finds. Rows as in the examples of rules."""

from __future__ import annotations

from tests.helpers import shipped_rules
from tiktrack.audit.incidents import incidents, read, softened
from tiktrack.audit.run import judge_all
from tiktrack.engine.duckdb import DuckDB
from tiktrack.model.report import Incident, RuleResult
from tiktrack.rules.load import choose, default_folders, measures_used
from tiktrack.rules.measures import read_measures
from tiktrack.trial.run import setting_of

RULES = ("conversions-fell", "channel-conversions-fell", "report-conversions-fell", "conversions-rose",
         "purchases-counted-twice", "order-sent-again", "purchase-without-currency")  # fmt: skip


def incidents_of(text: str, *more: str) -> tuple[Incident, ...]:
    """The incidents of a world."""
    return judged(text, *more)[0]


def judged(text: str, *more: str) -> tuple[tuple[Incident, ...], list[RuleResult]]:
    """Judge a world by the rules about conversions and ``more``, put the findings together, and take the red from what
    is none.
    """
    rules = choose(shipped_rules(), (*RULES, *more), ())
    measures = read_measures(default_folders(), measures_used(rules))
    with DuckDB(memory_bytes=1 << 29, threads=1) as engine:
        setting = setting_of(engine, text, "events")
        results = judge_all(engine, rules, measures, setting)
        found = incidents(results, read(setting))
        return found, softened(results, found)
