"""The report for a person at a terminal."""

from tiktrack.render.terminal.page import Options, render

__all__ = ["Options", "render"]
