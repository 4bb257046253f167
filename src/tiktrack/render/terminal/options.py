"""How the report is printed in a terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """``quiet`` is the verdict alone; ``verbose`` all faults, with evidence; ``power`` also what would be seen."""

    width: int = 100
    colour: bool = False
    ascii: bool = False
    quiet: bool = False
    verbose: bool = False
    power: bool = False
