"""Folders and files of rules → rules; ids are unique, and every problem of every file is reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tiktrack.errors import Place, Problem, RuleError, UsageError
from tiktrack.model.rule import Named, Rule
from tiktrack.nearest import did_you_mean
from tiktrack.resources import shipped
from tiktrack.rules.document import Document
from tiktrack.rules.keys import FAMILIES
from tiktrack.rules.parse import parse
from tiktrack.yamlfile import YamlError, read

_NOT_RULES = {"grade.yaml"}


def rule_files(path: Path) -> list[Path]:
    """Rule files below a folder, or the file itself."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*.y*ml") if p.suffix in (".yaml", ".yml") and p.name not in _NOT_RULES)
    if not path.exists():
        raise UsageError("no such rule file or folder", hint="check the path", place=Place(str(path)))
    return [path]


def parse_files(paths: Iterable[Path], *, check: bool) -> Iterator[tuple[list[Rule], list[Problem]]]:
    """The rules of each file and what is wrong with it; an id may stand in one place only."""
    known: dict[str, Rule] = {}
    for path in paths:
        rules, problems = _parse_file(path, check=check)
        for rule in rules:
            if rule.id in known:
                hint = f"the first is {known[rule.id].place}; rename one"
                problems.append(Problem(rule.place, "id", f"'{rule.id}' exists twice", hint))
            known[rule.id] = rule
        yield rules, problems


def _parse_file(path: Path, *, check: bool) -> tuple[list[Rule], list[Problem]]:
    try:
        documents = read(path)
    except YamlError as error:
        return [], [Problem(error.place or Place(str(path)), "yaml", error.message, error.hint)]
    rules, problems = [], []
    if not documents:
        problems.append(Problem(Place(str(path), 1), "document", "the file is empty", "see `tiktrack rules new ID`"))
    for content in documents:
        document = Document(content, str(path), check=check)
        rule = parse(document, path.stem)
        problems += document.problems
        if rule:
            rules.append(rule)
    return rules, problems


def load(folders: Sequence[Path], *, check: bool = True) -> tuple[Rule, ...]:
    """All rules below ``folders``, in the order of families and severities.

    ``check`` also checks the SQL inside; listing rules can do without. Raises RuleError with every problem.
    """
    rules: list[Rule] = []
    problems: list[Problem] = []
    for found, wrong in parse_files([file for folder in folders for file in rule_files(folder)], check=check):
        rules += found
        problems += wrong
    if problems:
        raise RuleError(problems)
    return tuple(sorted(rules, key=lambda r: (FAMILIES.index(r.family), r.severity.rank, r.id)))


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
