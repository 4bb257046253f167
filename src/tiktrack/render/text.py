"""Makes text from data harmless to look at: what is hidden becomes visible, what is long is cut."""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 120
"""Characters of a name that a face shows; the JSON has it whole."""

SENTENCE_LIMIT = 600

_JOINERS = "\u200c\u200d"  # real writing needs them: Persian words, combined pictures
_SUSPECT = re.compile(r"[^\x20-\x7e\u00a1-\u00ac\u00ae-\u05ff]")


def visible(text: str) -> str:
    """One line in which controls, direction marks and other invisible characters can be seen."""
    return _SUSPECT.sub(lambda match: _shown(match[0]), text)


def paragraph(text: str) -> str:
    """Like ``visible``, but line breaks stay: for texts of rules."""
    return "\n".join(visible(line) for line in text.splitlines())


def name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name on one line, cut where it is longer than ``limit`` with a word on how long it was."""
    cut = text if len(text) <= limit else f"{text[:limit].rstrip()}… ({len(text):,} characters)"
    return visible(cut)


def sentence(text: str) -> str:
    """A message, which may quote names, on one line of bearable length."""
    return name(text, SENTENCE_LIMIT)


def _shown(char: str) -> str:
    """The character itself, or its number where it would not be seen."""
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\ufffd"
    hidden = kind in ("Cc", "Zl", "Zp") or (kind == "Cf" and char not in _JOINERS)
    return f"⟨U+{ord(char):04X}⟩" if hidden else char
