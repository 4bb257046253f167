"""How much memory the engine may take: as somebody wrote it, or as the machine has it."""

from __future__ import annotations

import os
import re

from tiktrack.settings import Settings

_SIZE = re.compile(r"^\s*([0-9.]+)\s*(kb|mb|gb|kib|mib|gib|k|m|g)?\s*$", re.IGNORECASE)
_UNITS = {
    "": 1, "k": 10**3, "m": 10**6, "g": 10**9, "kb": 10**3, "mb": 10**6, "gb": 10**9,
    "kib": 2**10, "mib": 2**20, "gib": 2**30,
}  # fmt: skip
_USUAL = 2 * 10**9


def size(text: str) -> int:
    """Bytes of a size such as ``2GB``. Raises ValueError."""
    match = _SIZE.match(text)
    if not match:
        raise ValueError("write a size such as 2GB or 500MB")
    return int(float(match[1]) * _UNITS[(match[2] or "").lower()])


def memory_of(settings: Settings) -> int:
    """Bytes that the engine may take: as set, else 2 GB, or a third of the machine's memory where that is less."""
    return settings.memory_bytes or _of_machine()


def _of_machine() -> int:
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return _USUAL
    return min(_USUAL, whole // 3)
