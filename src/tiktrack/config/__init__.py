"""Settings from flags, environment, files and defaults, in this order; every one knows where it came from."""

from tiktrack.config.layers import Configured, configure, find_project
from tiktrack.config.memory import memory_of

__all__ = ["Configured", "configure", "find_project", "memory_of"]
