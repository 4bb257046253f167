"""What to tell about a file that nobody understood."""

from __future__ import annotations

from tiktrack.intake.files import Refused
from tiktrack.sources import SOURCES, Head


def not_understood(shown: str, head: Head, *, quiet: bool) -> Refused:
    """The beginning of the file, and what can be read."""
    first = next((line for line in head.lines if line.strip()), "")[:160]
    kinds = "; ".join(source.about for source in SOURCES)
    return Refused(
        shown, "the kind of file was not recognised", f"it begins with: {first!r}. Readable are: {kinds}", quiet=quiet
    )
