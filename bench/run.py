"""``make bench``: speed and memory as ratios, measured in one run, each beside its target.

Every measurement is a process of its own; CPU is user + system of the finished process, memory its peak resident set.
Small ones run three times in turn and the medians count. The log is generated once into ``bench/data``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
DATA = HERE / "data"
TOOL = [sys.executable, "-m", "tiktrack"]


@dataclass(frozen=True)
class Cost:
    """CPU seconds, wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: list[str]) -> Cost:
    """Run one process and read what the system counted for it."""
    return _run(command)[1]


def measured(command: list[str]) -> tuple[float, Cost]:
    """Run one process that prints a number, and read what the system counted for it."""
    text, cost = _run(command)
    return float(text), cost


def _run(command: list[str]) -> tuple[str, Cost]:
    began = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
        if process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}\n{text}")
    return text, Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024)


def median(costs: list[Cost]) -> Cost:
    """Median of each figure."""
    return Cost(*(statistics.median(getattr(c, name) for c in costs) for name in ("cpu", "wall", "memory")))


def in_turn(*commands: list[str], times: int = 3) -> list[Cost]:
    """Medians of commands that take turns, so that a slow minute hits them all."""
    costs: list[list[Cost]] = [[] for _ in commands]
    for _ in range(times):
        for position, command in enumerate(commands):
            costs[position].append(run(command))
    return [median(found) for found in costs]


def data(events: int, shape: str) -> Path:
    """The generated log."""
    path = DATA / f"{shape}-{events}.{'jsonl' if shape == 'events2' else 'csv'}"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        print(f"generating {path.name} …", flush=True)
        run([sys.executable, "bench/generate.py", "--events", str(events), "--out", str(path), "--shape", shape])
    return path


def audit(path: Path, *flags: str) -> list[str]:
    """The whole command on one file."""
    return [*TOOL, "audit", str(path), "--isolated", "-q", "--fail-on", "never", "--memory", "2GB", *flags]


def reading(path: Path) -> list[str]:
    """DuckDB reading the same columns of the same file into counts, and nothing else."""
    return [sys.executable, "bench/baseline.py", str(path)]


def line(what: str, measured: str, target: str, *, met: bool) -> None:
    """One row of the table."""
    print(f"{'met   ' if met else 'missed'}  {what:<58} {measured:>16}   target {target}", flush=True)


def large(events: int) -> None:
    """The log of ``events`` against its reading, and against a tenth of it."""
    whole, tenth = data(events, "events2"), data(events // 10, "events2")
    one_rule = ("--select", "test-code-on-live-events")
    times = 3 if events <= 1_000_000 else 1
    base, full, bare = in_turn(reading(whole), audit(whole), audit(whole, *one_rule), times=times)
    (small,) = in_turn(audit(tenth), times=times)
    name = f"{events:,} events"
    line(
        f"{name}: audit ÷ DuckDB reading the same columns (CPU)",
        f"{full.cpu / base.cpu:.2f} ×",
        "≤ 1.6 ×",
        met=full.cpu <= 1.6 * base.cpu,
    )
    line(f"{name}: peak memory with --memory 2GB", f"{full.memory:,.0f} MB", "≤ 2,000 MB", met=full.memory <= 2000)
    line(
        f"{name}: time against a tenth of them",
        f"{full.wall / small.wall:.1f} ×",
        "≤ 11 ×",
        met=full.wall <= 11 * small.wall,
    )
    extra = full.cpu / bare.cpu - 1
    line(f"{name}: all rules on top of the load of one (CPU)", f"{extra:+.0%}", "≤ +25 %", met=extra <= 0.25)
    print(
        f"        read {base.cpu:.1f} CPU-s, audit {full.cpu:.1f} CPU-s and {full.wall:.1f} s, "
        f"with one rule {bare.cpu:.1f} CPU-s"
    )


def ledger(events: int) -> None:
    """The merge rule on every event of the log against an audit of it, and the orders behind its purchases."""
    log, orders = data(events, "events2"), data(events, "orders")
    spent, cost = measured([sys.executable, "bench/merge.py", str(log)])
    full = run(audit(log))
    name = f"{events:,} events"
    line(
        f"{name}: merge rule on all of them ÷ audit (CPU)",
        f"{spent / full.cpu:.0%}",
        "≤ 40 %",
        met=spent <= 0.4 * full.cpu,
    )
    line(f"{name}: peak memory of the merge rule", f"{cost.memory:,.0f} MB", "≤ 2,000 MB", met=cost.memory <= 2000)
    with orders.open("rb") as file:
        sold = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    both = run([*TOOL, "reconcile", str(log), str(orders), "--isolated", "--memory", "2GB"])
    line(f"{sold:,} orders against them: peak memory", f"{both.memory:,.0f} MB", "≤ 2,000 MB", met=both.memory <= 2000)
    line(
        f"{sold:,} orders against them ÷ audit of the log (CPU)",
        f"{both.cpu / full.cpu:.2f} ×",
        "≤ 1.4 ×",
        met=both.cpu <= 1.4 * full.cpu,
    )


def table() -> None:
    """250,000 events as CSV."""
    (cost,) = in_turn(audit(data(250_000, "csv")))
    line("250,000 events as CSV: CPU of the whole command", f"{cost.cpu:.2f} s", "≤ 2 s", met=cost.cpu <= 2)
    line("250,000 events as CSV: peak memory", f"{cost.memory:,.0f} MB", "≤ 250 MB", met=cost.memory <= 250)


BARE = """
import typer
app = typer.Typer()
@app.command()
def show(name: str, rules: list[str] | None = None): print(name)
@app.command()
def other(): pass
app()
"""


def start() -> None:
    """Commands that only talk, against a bare typer application that shows its help, or takes an argument."""
    bare = [sys.executable, "-c", BARE]
    helped, shown, *costs = in_turn(
        [*bare, "--help"],
        [*bare, "show", "x"],
        [*TOOL, "--help"],
        [*TOOL, "rules", "list"],
        [*TOOL, "rules", "show", "purchase-without-currency"],
        times=7,
    )
    names = ("--help", "rules list", "rules show ID")
    for name, cost, base in zip(names, costs, (helped, shown, shown), strict=True):
        ratio = cost.cpu / base.cpu
        line(f"tiktrack {name} ÷ a bare typer application (CPU)", f"{ratio:.2f} ×", "≤ 1.5 ×", met=ratio <= 1.5)


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    start()
    table()
    events = parser.parse_args().events
    large(events)
    ledger(events)


if __name__ == "__main__":
    main()
