"""Where counting happens."""

from tiktrack.engine.base import Engine, Rows

__all__ = ["Engine", "Rows"]
