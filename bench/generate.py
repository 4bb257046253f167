"""Writes an event log of any size for the benchmarks.

``python bench/generate.py --events 10000000 --out bench/data/events.jsonl --shape events2``

``events2`` is one Events API 2.0 request a line (about 790 bytes, all from the server); ``csv`` is one flat
table of both channels; ``orders`` are the orders behind the purchases of ``events2``. Each chunk has a seed of its own:
the bytes do not depend on the number of processes.
"""

from __future__ import annotations

import argparse
import sys
import time
from multiprocessing import Pool
from pathlib import Path

from events import stream
from pools import people
from shapes import CSV_HEADER, ORDERS_HEADER, csv_row, events2_line, order_row

CHUNK = 20_000
"""Lines a process makes at a time: some 14 MB."""

CROWD = people()
WRITERS = {"events2": events2_line, "csv": csv_row, "orders": order_row}
HEADERS = {"csv": CSV_HEADER, "orders": ORDERS_HEADER}

Chunk = tuple[str, int, int, int]


def chunk_text(chunk: Chunk) -> bytes:
    """The lines of one chunk."""
    shape, first, last, total = chunk
    write = WRITERS[shape]
    return "".join(map(write, stream(CROWD, first, last, total, pairs=shape == "csv"))).encode()


def generate(shape: str, total: int, out: Path, processes: int) -> None:
    """Streams all chunks in order into ``out``; never more than two a process are held in memory."""
    chunks = [(shape, first, min(first + CHUNK, total), total) for first in range(0, total, CHUNK)]
    window = 2 * processes
    with out.open("wb") as file, Pool(processes) as pool:
        file.write(HEADERS.get(shape, "").encode())
        for start in range(0, len(chunks), window):
            for text in pool.imap(chunk_text, chunks[start : start + window]):
                file.write(text)


def main() -> None:
    """Reads the flags, writes the file, says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, required=True, help="number of lines")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--shape", choices=tuple(WRITERS), default="events2")
    parser.add_argument("--processes", type=int, default=2)
    flags = parser.parse_args()
    flags.out.parent.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    generate(flags.shape, flags.events, flags.out, flags.processes)
    size, took = flags.out.stat().st_size, time.perf_counter() - began
    print(f"{flags.events:,} events, {size / 1e6:,.0f} MB in {took:,.1f} s: {flags.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
