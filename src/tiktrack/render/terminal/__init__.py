"""The report for a person at a terminal."""

from tiktrack.render.terminal.options import Options
from tiktrack.render.terminal.page import render

__all__ = ["Options", "render"]
