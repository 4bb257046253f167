"""Print the tables: ``python -m bench.detection [--accounts 200] [--faults 150] [--world reporting] [--only …]``.

``drops``   recall and false alarms by volume, beside baselines and the oracle
``faults``  each fault by the detector that should see it
``causes``  confusion of the named cause on labelled shops, and calibration
``holidays``  falls that begin on a public holiday, with and without the calendar
"""

from __future__ import annotations

import argparse

import numpy as np

from bench.detection import causes, holidays
from bench.detection.baselines import all_here
from bench.detection.cells import CLEAN, MIXED, STOCK_OUT, TIERS, Cell, fault, run
from bench.detection.faults import FAULTS
from bench.detection.ranges import WORLDS
from bench.detection.score import episodes, first, recall, threshold

VOLUMES = (5, 20, 50, 100, 300)
TABLES = ("drops", "faults", "causes", "holidays")
CAUSE_VOLUMES = (30, 100)
DROPS = (0.3, 0.5, 0.8, 1.0)


def main() -> None:
    """Run every volume and print as it goes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=200, help="account-months per null cell")
    parser.add_argument("--faults", type=int, default=150, help="accounts per fault cell")
    parser.add_argument("--world", choices=sorted(WORLDS), default="reporting")
    parser.add_argument("--volumes", type=int, nargs="*", default=VOLUMES)
    parser.add_argument("--tiers", nargs="*", default=TIERS)
    parser.add_argument("--only", choices=TABLES, nargs="*", default=TABLES)
    args = parser.parse_args()
    print(f"world {args.world}, {args.accounts} account-months a null cell, {args.faults} faults a cell")
    if "drops" in args.only:
        for volume in args.volumes:
            _volume(volume, args.accounts, args.faults, args.world, args.tiers)
    if "faults" in args.only:
        _faults(args.volumes, args.faults, args.world)
    if "causes" in args.only:
        causes.report(max(args.faults // 5, 1), CAUSE_VOLUMES, WORLDS[args.world])
    if "holidays" in args.only:
        holidays.report(max(args.faults // 3, 1), args.volumes)


def _volume(volume: int, accounts: int, faults: int, world: str, tiers: list[str]) -> None:
    r, baselines = WORLDS[world], all_here()
    clean, mixed = (run(plan, volume, accounts, r, tiers, baselines) for plan in (CLEAN, MIXED))
    print(f"\n{volume} conversions a day")
    for tier in tiers:
        rates = [episodes(c.level[tier] >= level) for level in (1, 2) for c in (clean, mixed)]
        print(
            f"  {tier:14} false alarms a month: suspect {rates[0]:.3f} clean {rates[1]:.3f} mixed,"
            f" confirmed {rates[2]:.3f} clean {rates[3]:.3f} mixed   {_kinds(mixed, tier)}"
        )
    stock_out = run(STOCK_OUT, volume, faults, r, tiers)
    taken = {t: float((stock_out.level[t] >= 1).any(axis=1).mean()) for t in tiers}
    print("  stock-out taken for a break within 14 days: " + ", ".join(f"{t} {v:.2f}" for t, v in taken.items()))
    for drop in DROPS:
        cell = run(fault(drop), volume, faults, r, tiers, baselines)
        print(f"  drop of {drop:.0%}: recall within 1 / 2 / 3 / 7 days at 0.1 false alarms a month, and as shipped")
        for tier in tiers:
            fair = _line(cell.score[tier] > threshold(mixed.score[tier]))
            told = f"as shipped {_line(cell.level[tier] >= 1)}, onset within a day {_onset(cell, tier)}"
            print(f"    {tier:24} {fair}  {told}")
        for b in baselines:
            rows = 60 if b.slow else accounts
            limit = threshold(mixed.score[b.name][:rows])
            hits = cell.score[b.name][:rows]
            shipped = episodes(mixed.score[b.name][:rows] > b.native)
            native = f"as shipped {_line(hits > b.native)} at {shipped:.2f} a month"
            print(f"    {b.name:24} {_line(hits > limit)}  {native}")
        limit = threshold(clean.score["oracle"]) if drop == 0.5 else None
        if limit is not None:
            print(f"    {'oracle, clean nulls':24} {_line(cell.score['oracle'] > limit)}")


def _faults(volumes: list[int], n: int, world: str) -> None:
    print("\nfaults, each by the detector that should see it: recall within 1 / 2 / 3 / 7 days")
    for name, happens in FAULTS.items():
        for volume in volumes:
            rows = [
                happens(
                    np.random.default_rng([WORLDS[world].seed, volume, i, *name.encode()]),
                    volume,
                    WORLDS[world],
                )
                for i in range(n)
            ]
            print(f"  {name:34} {volume:4} a day  {_line(np.array(rows))}")


def _line(alarms: np.ndarray) -> str:
    return " ".join(f"{value:.2f}" for value in recall(alarms))


def _onset(cell: Cell, tier: str) -> str:
    when = first(cell.level[tier] >= 1)
    rows = np.flatnonzero(when >= 0)
    errors = cell.since_error[tier][rows, when[rows].astype(int)]
    return f"{float((np.abs(errors) <= 1).mean()):.2f} of {len(rows)}" if len(rows) else "-"


def _kinds(mixed: Cell, tier: str) -> str:
    """Which look-alikes were alarmed about, as alarmed/seen."""
    hit = (mixed.level[tier] >= 1).any(axis=1)
    kinds = sorted(set(mixed.kinds))
    counts = [(k, [h for h, kind in zip(hit, mixed.kinds, strict=True) if kind == k]) for k in kinds]
    return " ".join(f"{k}:{sum(h)}/{len(h)}" for k, h in counts if any(h))


if __name__ == "__main__":
    main()
