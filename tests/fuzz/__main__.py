"""``make fuzz``: many cases, by a seed that is printed, so that any of them can be made again."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import failures, fixtures


def main() -> int:
    """Run the cases; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="seed of the first case; each case adds one")
    asked = parser.parse_args()
    began, broken = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="tiktrack-fuzz-") as name:
        known = fixtures(Path(name))
        print(
            f"{len(known)} fixtures, {sum(f.a_line_a_record for f in known)} of them with one record a line", flush=True
        )
        seeds = iter(range(asked.seed, asked.seed + asked.cases))
        for done, failure in enumerate(failures(seeds, known, Path(name)), 1):
            if failure:
                broken.append(failure)
                print(
                    f"seed {failure.seed}: {failure.fixture} {', '.join(failure.mutations)}\n{failure.what}", flush=True
                )
            if done % 500 == 0:
                print(f"{done:,} cases, {len(broken)} broken promises", flush=True)
    for kind, count in Counter(failure.what.strip().splitlines()[-1][:120] for failure in broken).most_common():
        print(f"{count} × {kind}")
    print(
        f"{asked.cases:,} cases from seed {asked.seed} in {time.monotonic() - began:.0f} s: {len(broken)} broken promises"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
