"""Personal data in texts from files: what may be one is masked before anybody sees it."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s/?&=]+(@|%40)[^@\s/?&=]+")
_LONG_DIGITS = re.compile(r"\+?\d{9,}")
_WITH_PLUS = re.compile(r"\+\d(?:[ ().-]{0,2}\d){6,}")
_SPOKEN = re.compile(r"\+?\d(?:[ ().-]{0,2}\d){6,}")
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){4,7}\b")


def mask_message(text: str) -> str:
    """The same for what TikTok answers: it may repeat what was sent, and holds no ids that anybody needs."""
    return mask(_SPOKEN.sub("•••", _IP.sub("•••", text)))


def mask(text: str) -> str:
    """E-mail addresses, IP addresses, and what looks like a phone number by its ``+`` or in a path, are masked; ids of
    up to 40 characters stay."""
    masked = _WITH_PLUS.sub("•••", _IP.sub("•••", _EMAIL.sub("•••@•••", text)))
    if masked.startswith("/"):
        masked = _LONG_DIGITS.sub("•••", masked)
    return masked if len(masked) <= 80 else masked[:77] + "…"
