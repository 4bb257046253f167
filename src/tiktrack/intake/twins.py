"""A log that lies there twice, as ``log.jsonl`` and ``log (1).jsonl`` or ``log.jsonl.gz``: it is read once, or
everything in it would look sent twice.

Only files with the same bytes, once unpacked, are one. Orders and reports that overlap are known by their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tiktrack.intake.recognise import Recognised
from tiktrack.intake.survey import CHUNK
from tiktrack.sources.compressed import BROKEN, compression, open_plain

_OF_EVENTS = ("events", "witness")


def once(found: Iterable[Recognised]) -> list[Recognised]:
    """The same without the copies; the file that is read says in its notes which they are."""
    kept: list[Recognised] = []
    by_size: dict[int, list[int]] = defaultdict(list)
    for item in found:
        alike = by_size[_size(item)] if item.source.table in _OF_EVENTS and not item.head.more else []
        first = next((at for at in alike if _same(item.path, kept[at].path)), None)
        if first is None:
            alike.append(len(kept))
            kept.append(item)
        else:
            note = f"{item.shown} is the same file, byte for byte: it is read once"
            kept[first] = replace(kept[first], notes=(*kept[first].notes, note))
    return kept


def _size(item: Recognised) -> int:
    """Unpacked, where the file was looked through."""
    return item.seen.size if item.seen else item.path.stat().st_size


def _same(one: Path, other: Path) -> bool:
    try:
        with open_plain(one, compression(one)) as a, open_plain(other, compression(other)) as b:
            while (chunk := a.read(CHUNK)) == b.read(CHUNK):
                if not chunk:
                    return True
    except BROKEN:
        pass  # one that is cut off or damaged is told about when it is read
    return False
