"""The merge rule alone on every event of a log: prints the CPU seconds that it takes once the log is read."""

from __future__ import annotations

import resource
import sys

from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import take_in
from tiktrack.ledger import SIMULATED, build


def cpu() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


with DuckDB(memory_bytes=2 << 30) as engine:
    take_in(engine, [sys.argv[1]], SIMULATED)
    began = cpu()
    build(engine, "events")
    print(f"{cpu() - began:.2f}")
