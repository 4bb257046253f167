"""``make bench-intake``: a large log with bad lines in its middle, read within the memory that was allowed.

The log is generated once into ``bench/data``; bad lines of five kinds are put into its middle at known places. The
whole command runs on it as a process of its own; what it accounts for is compared with what was written.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"
BAD = (
    b'{"event_source": "web", "data": [{"event": "Purchase", "event_ti\n',
    b"2026-11-25 12:00:00 worker restarted\n",
    b'["not", "an", "object"]\n',
    b'{"event_source": "web", "data": []}\n',
    b'{"event_source": "web", "data": [{"event": "Purchase\x00", "event_time": 1792000000}\xff]}\n',
)
"""Cut off, words, no object, no events, and bytes that are no text in JSON that is none either."""


def log(events: int, bad: int) -> Path:
    """The log with ``bad`` lines of each kind, from its middle on one of them after each thousand good ones."""
    clean, spoilt = DATA / f"events2-{events}.jsonl", DATA / f"spoilt-{events}-{bad}.jsonl"
    DATA.mkdir(exist_ok=True)
    if not clean.exists():
        make = [sys.executable, str(HERE / "generate.py"), "--events", str(events), "--out", str(clean)]
        subprocess.run(make, check=True)
    if not spoilt.exists():
        waiting = list(BAD) * bad
        with clean.open("rb") as source, spoilt.open("wb") as out:
            for number, line in enumerate(source):
                out.write(line)
                if waiting and number >= events // 2 and number % 1000 == 0:
                    out.write(waiting.pop())
            if waiting:
                raise SystemExit(f"the log is too short for {bad} bad lines of each kind")
    return spoilt


def main() -> int:
    """Read the log and say what was accounted for; 1 where a row or the memory is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_350_000, help="about 1 GB")
    parser.add_argument("--bad", type=int, default=50, help="bad lines of each kind")
    asked = parser.parse_args()
    path = log(asked.events, asked.bad)
    began = time.monotonic()
    command = [sys.executable, "-m", "tiktrack", "audit", str(path), "--isolated", "--fail-on", "never", "-f", "json",
               "--memory", "2GB"]  # fmt: skip
    with (DATA / "intake.json").open("wb") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        return 1
    (read,) = json.loads((DATA / "intake.json").read_text(encoding="utf-8"))["inputs"]
    good, bad = read["rows"] == asked.events, read["rejected"] == asked.bad * len(BAD)
    memory = usage.ru_maxrss / 1024
    wall, cpu = time.monotonic() - began, usage.ru_utime + usage.ru_stime
    print(f"{path.stat().st_size / 1e9:.2f} GB, {wall:.0f} s, {cpu:.0f} CPU-s")
    print(f"{'met   ' if memory <= 2000 else 'missed'}  peak memory {memory:,.0f} MB of 2,000 MB")
    print(f"{'met   ' if good else 'missed'}  rows {read['rows']:,} of {asked.events:,}")
    print(f"{'met   ' if bad else 'missed'}  rejected {read['rejected']:,} of {asked.bad * len(BAD):,}")
    print(f"first places {[reject['row'] for reject in read['rejects']]}; {read['notes']}")
    return 0 if good and bad and memory <= 2000 else 1


if __name__ == "__main__":
    sys.exit(main())
