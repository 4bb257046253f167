"""A log that lies there twice, as ``log.jsonl`` and ``log (1).jsonl``: it is read once, or everything in it would look
sent twice.

Only files that are equal byte for byte are one. Orders and reports that overlap are known by their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from filecmp import cmp

from tiktrack.intake.recognise import Recognised

_OF_EVENTS = ("events", "witness")


def once(found: Iterable[Recognised]) -> list[Recognised]:
    """The same without the copies; the file that is read says in its notes which they are."""
    kept: list[Recognised] = []
    by_size: dict[int, list[int]] = defaultdict(list)
    for item in found:
        alike = by_size[item.path.stat().st_size] if item.source.table in _OF_EVENTS and not item.head.more else []
        first = next((at for at in alike if cmp(item.path, kept[at].path, shallow=False)), None)
        if first is None:
            alike.append(len(kept))
            kept.append(item)
        else:
            note = f"{item.shown} is the same file, byte for byte: it is read once"
            kept[first] = replace(kept[first], notes=(*kept[first].notes, note))
    return kept
