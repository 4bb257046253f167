"""What stands beside data and is none, by its name: our own files, notes, and what systems leave behind."""

from __future__ import annotations

from pathlib import PurePosixPath

_ASIDE = {
    ".md", ".yaml", ".yml", ".html", ".pdf", ".png", ".jpg", ".jpeg", ".sarif", ".xml", ".docx", ".py", ".sql",
    ".changed", ".manifest",
}  # fmt: skip
_OWN = {"expected.json", "report.json", "manifest.json"}
PROSE = {".txt", ".text"}
"""Data or notes: they are read, and passed over without a word where they are no data."""


def aside(name: str) -> bool:
    """Whether a file of a folder or an archive is passed over; ``name`` is its path there."""
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts)
    return hidden or path.suffix.lower() in _ASIDE or path.name in _OWN
