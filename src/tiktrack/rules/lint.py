"""Check rule files and measures without running them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tiktrack.errors import Problem, RuleError
from tiktrack.model.rule import Rule
from tiktrack.resources import shipped
from tiktrack.rules.keys import SHORT
from tiktrack.rules.load import measures_used, parse_files, rule_files
from tiktrack.rules.measures import read_measures

_FIRES = {"failed", "warned"}


def lint_paths(paths: Sequence[Path]) -> tuple[int, list[Problem]]:
    """Number of files, and every mistake in them."""
    files = [file for path in paths for file in rule_files(path)]
    problems: list[Problem] = []
    rules: list[Rule] = []
    for found, wrong in parse_files(files, check=True):
        rules += found
        problems += [*wrong, *(problem for rule in found for problem in _examples(rule))]
    return len(files), problems + _measures(rules, paths)


def _examples(rule: Rule) -> list[Problem]:
    named = (str(dict(example.expect).get("outcome")) for example in rule.examples)
    outcomes = {SHORT.get(outcome, outcome) for outcome in named}
    problems = []
    if not outcomes & _FIRES:
        problems.append(Problem(rule.place, "examples", "no example fires", "add rows that the rule must find"))
    if not outcomes - _FIRES:
        problems.append(Problem(rule.place, "examples", "no example stays quiet", "add healthy rows"))
    return problems


def _measures(rules: Sequence[Rule], paths: Sequence[Path]) -> list[Problem]:
    folders = [path for path in paths if path.is_dir()] + [shipped("rules")]
    problems: list[Problem] = []
    for name in sorted(measures_used(rules)):
        try:
            read_measures(folders, frozenset({name}))
        except RuleError as error:
            problems += error.problems
    return problems
