"""Two reports like for like, and many over time. Everything here is a function of stored reports."""

from tiktrack.compare.changes import WORDS, Change, changes, incomparable, regressions
from tiktrack.compare.trend import Point, points

__all__ = ["WORDS", "Change", "Point", "changes", "incomparable", "points", "regressions"]
