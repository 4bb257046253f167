"""Rules of kind ``value``: one aggregate a segment, for example a percentile, and its course by day."""

from __future__ import annotations

import numpy as np

from tiktrack.audit.judge import Verdict, judge_value
from tiktrack.audit.plan import value_query
from tiktrack.audit.results import Setting, assemble
from tiktrack.audit.runs import Floats
from tiktrack.audit.series import Series
from tiktrack.model.report import RuleResult
from tiktrack.model.rule import Rule


def value_result(rule: Rule, setting: Setting) -> RuleResult:
    """Judge the aggregate of each segment; ``bad`` of the series is the value of the day."""
    width = len(rule.by)
    days = setting.days.get(rule.table, ())
    position = {day: i for i, day in enumerate(days)}
    courses: dict[tuple[object, ...], tuple[Floats, Floats]] = {}
    for row in setting.engine.rows(value_query(rule, daily=True)).rows:
        key, day, value, n = row[:width], row[width], row[width + 1], row[width + 2]
        ns, values = courses.setdefault(key, (np.zeros(len(days)), np.zeros(len(days))))
        if day in position:
            ns[position[day]], values[position[day]] = n, value or 0.0
    judged: list[tuple[Series, Verdict]] = []
    for row in setting.engine.rows(value_query(rule, daily=False)).rows:
        key, value, n = row[:width], row[width], row[width + 1]
        ns, values = courses.get(key, (np.zeros(len(days)), np.zeros(len(days))))
        judged.append((Series(key, days, ns, values, np.zeros(len(days))), judge_value(rule, key, value, n)))
    return assemble(rule, judged, setting)
