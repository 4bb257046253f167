"""The ledger: what TikTok counts after its merge rule, what really happened, and what the shop sold.

Order of work: ``merge`` (which events count) → ``order_names`` (which order they are of) → ``actions`` (which of them
say the same again) → ``missed`` and ``hints``. Everything is counted in the engine; Python divides.
"""

from tiktrack.ledger.build import NEEDED, NUMBERED, SIMULATED, build, build_of_conversions, drop
from tiktrack.ledger.running import holes

__all__ = ["NEEDED", "NUMBERED", "SIMULATED", "build", "build_of_conversions", "drop", "holes"]
