"""Personal data in texts from files: what may be one is masked before anybody sees it."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s/?&=]+(@|%40)[^@\s/?&=]+")
_LONG_DIGITS = re.compile(r"\+?\d{9,}")


def mask(text: str) -> str:
    """E-mail addresses and what looks like a phone number in a path are masked; ids of up to 40 characters stay."""
    masked = _EMAIL.sub("•••@•••", text)
    if masked.startswith("/"):
        masked = _LONG_DIGITS.sub("•••", masked)
    return masked if len(masked) <= 80 else masked[:77] + "…"
