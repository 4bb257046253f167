"""Folders and files of rules → rules; ids are unique, and every problem of every file is reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tiktrack.errors import Place, Problem, RuleError, UsageError
from tiktrack.model.rule import Named, Rule
from tiktrack.nearest import did_you_mean
from tiktrack.resources import shipped
from tiktrack.rules.keys import FAMILIES
from tiktrack.rules.parse import Parser
from tiktrack.yamlfile import YamlError, read

_NOT_RULES = {"grade.yaml"}


def rule_files(path: Path) -> list[Path]:
    """Rule files below a folder, or the file itself."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*.y*ml") if p.suffix in (".yaml", ".yml") and p.name not in _NOT_RULES)
    if not path.exists():
        raise UsageError("no such rule file or folder", hint="check the path", place=Place(str(path)))
    return [path]


def parse_file(path: Path, *, check: bool) -> tuple[list[Rule], list[Problem]]:
    """Rules of one file and what is wrong with it."""
    try:
        documents = read(path)
    except YamlError as error:
        return [], [Problem(error.place or Place(str(path)), "yaml", error.message, error.hint)]
    rules, problems = [], []
    if not documents:
        problems.append(Problem(Place(str(path), 1), "document", "the file is empty", "see `tiktrack rules new ID`"))
    for document in documents:
        parser = Parser(document, str(path), path.stem, check=check)
        rule = parser.rule()
        problems += parser.problems
        if rule:
            rules.append(rule)
    return rules, problems


def load(folders: Sequence[Path], *, check: bool = True) -> tuple[Rule, ...]:
    """All rules below ``folders``, in the order of families and severities.

    ``check`` also checks the SQL inside; listing rules can do without. Raises RuleError with every problem.
    """
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for path in (file for folder in folders for file in rule_files(folder)):
        found, wrong = parse_file(path, check=check)
        problems += wrong
        for rule in found:
            if rule.id in rules:
                first = rules[rule.id].place
                problems.append(
                    Problem(rule.place, "id", f"'{rule.id}' exists twice", f"the first is {first}; rename one")
                )
            rules[rule.id] = rule
    if problems:
        raise RuleError(problems)
    return tuple(sorted(rules.values(), key=lambda r: (FAMILIES.index(r.family), r.severity.rank, r.id)))


def default_folders(extra: Iterable[str] = (), *, default: bool = True) -> list[Path]:
    """The shipped rules and the user's own."""
    return ([shipped("rules")] if default else []) + [Path(path) for path in extra]


def choose(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Rules by id or family. Raises UsageError for a word that names neither."""
    known = {rule.id for rule in rules} | {rule.family for rule in rules}
    for word in (*select, *ignore):
        if word not in known:
            hint = did_you_mean(word, known, "see `tiktrack rules list`")
            raise UsageError(f"no rule or family is called '{word}'", hint=hint)
    return tuple(
        rule
        for rule in rules
        if (not select or {rule.id, rule.family} & set(select)) and not {rule.id, rule.family} & set(ignore)
    )


def measures_used(rules: Sequence[Rule]) -> frozenset[str]:
    """Names of the measures that these rules ask for."""
    return frozenset(rule.measure.name for rule in rules if isinstance(rule.measure, Named))
