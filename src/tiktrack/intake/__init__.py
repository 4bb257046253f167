"""Paths → sources → canonical tables."""

from tiktrack.intake.run import Intake, take_in

__all__ = ["Intake", "take_in"]
