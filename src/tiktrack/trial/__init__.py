"""Runs the examples inside rules: the author of a rule owns its tests."""

from tiktrack.trial.run import Trial, run_examples

__all__ = ["Trial", "run_examples"]
