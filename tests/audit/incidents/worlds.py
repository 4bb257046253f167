"""Small worlds as text → the incidents that an audit of them finds. Rows as in the examples of rules."""

from __future__ import annotations

from tiktrack.audit.impact import Money
from tiktrack.audit.incidents import incidents, read
from tiktrack.audit.results import Setting
from tiktrack.audit.run import judge_all
from tiktrack.audit.series import days_between
from tiktrack.audit.totals import extent, orders_by_day
from tiktrack.engine.duckdb import DuckDB
from tiktrack.model import Incident
from tiktrack.rules.load import choose, default_folders, load, measures_used
from tiktrack.rules.measures import read_measures
from tiktrack.rules.policy import load_policy
from tiktrack.schema import ACTS_ARE, TABLES
from tiktrack.trial.rows import blocks, create_sql

RULES = ("conversions-fell", "channel-conversions-fell", "report-conversions-fell", "conversions-rose",
         "purchases-counted-twice", "order-sent-again", "purchase-without-currency")  # fmt: skip


def incidents_of(text: str) -> tuple[Incident, ...]:
    """Judge a world by the rules about conversions, and put the findings together."""
    rules = choose(load(default_folders()), RULES, ())
    measures = read_measures(default_folders(), measures_used(rules))
    with DuckDB(memory_bytes=1 << 29, threads=1) as engine:
        for block in blocks(text, "events"):
            engine.run(create_sql(block))
        if engine.columns("events"):
            engine.run(f"create view acts as select * from events where {ACTS_ARE}")
        covered = {table: e for table in TABLES if (e := extent(engine, table))}
        setting = Setting(
            engine=engine, days={t: days_between(e.first, e.last) for t, e in covered.items()}, partial={},
            as_of=max((e.last for e in covered.values() if e.last), default=None),
            purse=Money({}, None, None, None), policy=load_policy(), place=lambda table, row: ("world", row),
            orders=orders_by_day(engine),
        )  # fmt: skip
        return incidents(judge_all(engine, rules, measures, setting), read(setting))
