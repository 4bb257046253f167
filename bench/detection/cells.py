"""Cells of the benchmark: many accounts of one kind, looked at every day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.detection import lookalikes, oracle
from bench.detection.baselines import Baseline
from bench.detection.observe import as_of, date_of
from bench.detection.ranges import Ranges
from bench.detection.world import HISTORY, Account, Floats, Series, account, draw
from tiktrack.detect.records import Level, Verdict
from tiktrack.detect.scan import newest

MONTH = 30
TIERS = ("report", "orders", "click", "click+orders")
_LEVELS = {Level.SUSPECT: 1, Level.CONFIRMED: 2}


@dataclass(slots=True)
class Cell:
    """Accounts × days: ``level`` (0, 1, 2) and ``since_error`` in days per tier, scores per tier, baseline and
    oracle."""

    level: dict[str, Floats]
    score: dict[str, Floats]
    since_error: dict[str, Floats]
    kinds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to the accounts of a cell on top of their noise, and for how many days we look."""

    name: str
    days: int
    drop: float = 0.0
    lookalike: bool = False
    eventful_past: bool = True
    scenario: lookalikes.Scenario | None = None


CLEAN = Plan("clean", MONTH, eventful_past=False)
MIXED = Plan("mixed", MONTH, lookalike=True)
STOCK_OUT = Plan("stock-out", 14, scenario=lookalikes.stock_out)


def fault(drop: float) -> Plan:
    """A share ``drop`` of the account's conversions is lost from the first day on; the past had a
    look-alike."""
    return Plan(f"drop {drop:.0%}", 7, drop=drop)


def run(
    plan: Plan,
    volume: int,
    n: int,
    r: Ranges,
    tiers: Sequence[str] = TIERS,
    baselines: Sequence[Baseline] = (),
) -> Cell:
    """Simulate ``n`` accounts and ask every method every day."""
    names = [*tiers, *(b.name for b in baselines), "oracle"]
    cell = Cell(
        level={t: np.zeros((n, plan.days)) for t in tiers},
        score={name: np.zeros((n, plan.days)) for name in names},
        since_error={t: np.full((n, plan.days), np.nan) for t in tiers},
    )
    for i in range(n):
        a, s, kind = _account(plan, volume, i, r)
        cell.kinds.append(kind)
        for day in range(plan.days):
            _ask(cell, i, day, a, s, plan, baselines)
    return cell


def _account(plan: Plan, volume: int, i: int, r: Ranges) -> tuple[Account, Series, str]:
    rng = np.random.default_rng([r.seed, volume, i, *plan.name.encode()])
    a = account(rng, volume, HISTORY + MONTH, r)
    kind = ""
    if plan.eventful_past:
        _any(rng)(a, int(rng.integers(8, HISTORY - 3)))
    if plan.lookalike:
        chosen = _any(rng)
        kind = chosen.__name__
        chosen(a, int(rng.integers(HISTORY, HISTORY + MONTH)))
    if plan.scenario:
        plan.scenario(a, HISTORY)
    a.kept[:, HISTORY:] *= 1.0 - plan.drop
    return a, draw(a), kind


def _any(rng: np.random.Generator) -> lookalikes.Scenario:
    return lookalikes.KINDS[int(rng.integers(len(lookalikes.KINDS)))]


def _ask(cell: Cell, i: int, day: int, a: Account, s: Series, plan: Plan, baselines: Sequence[Baseline]) -> None:
    today = HISTORY + day
    for tier, level in cell.level.items():
        if s.exported[today] == 0:
            continue  # nobody looks at an export that lacks its newest day
        verdict = newest(as_of(s, today, orders="orders" in tier, basis="click" if "click" in tier else "event"))
        level[i, day] = _fall(verdict)
        cell.score[tier][i, day] = verdict.score if verdict.direction != "rise" else 0.0
        if verdict.alarmed and verdict.since:
            cell.since_error[tier][i, day] = (verdict.since - date_of(HISTORY)).days
    counts = np.where(s.exported > 0, s.counts, np.nan)[: today + 1]
    for b in baselines:
        usable = np.isfinite(counts[-1]) and not (b.slow and i >= 60)
        cell.score[b.name][i, day] = b.score(counts, s.clicks[: today + 1]) if usable else 0.0
    cell.score["oracle"][i, day] = oracle.score(a, s, today, plan.drop or 0.5)


def _fall(verdict: Verdict) -> int:
    return _LEVELS.get(verdict.level, 0) if verdict.direction == "drop" else 0
