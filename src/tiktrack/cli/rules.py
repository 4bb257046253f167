"""``tiktrack rules``: rules as a product. Listing and showing need neither numpy, duckdb nor sqlglot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tiktrack.errors import Exit, UsageError

_rules = typer.Typer(name="rules", help="List, explain, test and write rules.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    app.add_typer(_rules)


_Extra = Annotated[list[str] | None, typer.Option("--rules", help="A folder or file with your own rules.")]


@_rules.command("list", help="All rules, by family.")
def list_rules(rules: _Extra = None) -> int:
    from tiktrack.rules.load import default_folders, load

    found = load(default_folders(rules or ()), check=False)
    wide = max((len(rule.id) for rule in found), default=0)
    family = ""
    for rule in found:
        if rule.family != family:
            family = rule.family
            print(f"\n{family}" if rule is not found[0] else family)
        print(f"  {rule.id:<{wide}}  {rule.severity:<8}  {rule.title}")
    print(f"\n{len(found)} rules")
    return Exit.OK


@_rules.command(
    "show",
    help="Explain one rule: what it looks at, its limits and where they come from, why it matters and how to fix it.",
)
def show(rule_id: Annotated[str, typer.Argument(metavar="ID")], rules: _Extra = None) -> int:
    from tiktrack.nearest import did_you_mean
    from tiktrack.rules.explain import explain
    from tiktrack.rules.load import default_folders, load, rule_files

    folders = default_folders(rules or ())
    named = [file for folder in folders for file in rule_files(folder) if file.stem == rule_id]
    found = {rule.id: rule for rule in load(named or folders, check=False)}
    if rule_id not in found:
        hint = did_you_mean(rule_id, found, "see `tiktrack rules list`")
        raise UsageError(f"there is no rule '{rule_id}'", hint=hint)
    print(explain(found[rule_id]), end="")
    return Exit.OK


@_rules.command("test", help="Run the examples inside the rules.")
def run_tests(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Rule files or folders. [default: the shipped rules]")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every example.")] = False,
) -> int:
    from tiktrack.rules.load import default_folders, load
    from tiktrack.trial import run_examples

    folders = list(paths or default_folders())
    rules = load(folders)
    trials = run_examples(rules, folders)
    for trial in trials:
        if verbose or trial.problem:
            print(
                f"{'FAIL' if trial.problem else 'ok  '}  {trial.rule}: {trial.example}"
                + (f"\n      {trial.place}: {trial.problem}" if trial.problem else "")
            )
    failed = [t for t in trials if t.problem]
    fires = len({t.rule for t in trials if t.fires})
    quiet = len({t.rule for t in trials if not t.fires})
    print(f"{len(rules)} rules, {len(trials)} examples: {len(trials) - len(failed)} pass, {len(failed)} fail")
    print(f"{fires} rules have an example that fires, {quiet} one that stays quiet")
    return Exit.FINDINGS if failed else Exit.OK


@_rules.command("lint", help="Check rule files without running them: every mistake, with its line.")
def lint(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Rule files or folders. [default: the shipped rules]")
    ] = None,
) -> int:
    from tiktrack.rules.lint import lint_paths
    from tiktrack.rules.load import default_folders

    count, problems = lint_paths(list(paths or default_folders()))
    for problem in problems:
        print(problem)
    print(f"{count} files, {len(problems)} mistakes" if problems else f"{count} files, no mistakes")
    return Exit.USAGE if problems else Exit.OK


@_rules.command("new", help="Write a template for your own rule.")
def new(
    rule_id: Annotated[str, typer.Argument(metavar="ID")],
    folder: Annotated[Path, typer.Option(help="Where to write it.")] = Path(),
) -> int:
    from tiktrack.rules.scaffold import scaffold

    path = scaffold(rule_id, folder)
    print(f"wrote {path}\nnext: edit it, then tiktrack rules lint {path} && tiktrack rules test {path}")
    return Exit.OK


@_rules.command("schema", help="JSON Schema of a rule file, for your editor.")
def schema() -> int:
    import json

    from tiktrack.rules.jsonschema import rule_schema

    print(json.dumps(rule_schema(), indent=2))
    return Exit.OK
