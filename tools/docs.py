"""Make the generated pages of docs/ from what the program itself says; ``--check`` only tells whether they are
current.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from itertools import groupby
from pathlib import Path

from inputs_page import inputs_page as known_inputs
from tiktrack.model.rule import Rule
from tiktrack.rules.explain import explain
from tiktrack.rules.keys import KEYS
from tiktrack.rules.load import default_folders, load
from tiktrack.schema import TABLES, Table

DOCS = Path(__file__).parents[1] / "docs"
NOTE = "<!-- Made by `make docs`; edit the source instead. -->\n"
_RULE = "|---|---|---|"
_README_LINES = 52
_FORMAT = """\
# The rule format

A rule is a YAML document that carries its own tests; `tiktrack rules new ID` writes a template. Conditions are
a small subset of SQL: comparisons, and/or/not, in, between, is null, + - * /, coalesce, nullif, case, lower,
length, like, abs; in ratios, values and `applies` also count, count_if, count(distinct …), sum, min, max,
approx_quantile. Everything else is refused, so that someone else's rule can neither read a file nor call a
function.
"""


def rules_page() -> str:
    """Every rule, by family, in the words of ``tiktrack rules show``."""
    rules = load(default_folders())
    lines = [NOTE, f"# Rules\n\n{len(rules)} rules. `tiktrack rules show ID` prints the same about one of them.\n"]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        lines.append(f"## {family.capitalize()}\n")
        lines += [_rule(rule) for rule in members]
    return "\n".join(lines)


def _rule(rule: Rule) -> str:
    text = "\n".join(line for line in explain(rule).splitlines()[4:] if not line.startswith("file "))
    return f"### {rule.id}\n\n**{rule.title}** ({rule.severity}, {rule.symptom})\n\n```\n{text.strip()}\n```\n"


def schema_page() -> str:
    """Every canonical table and column."""
    lines = [NOTE, "# Canonical tables\n\nRules see these columns and no others. Empty means not known, never zero.\n"]
    lines += [_table(table) for table in TABLES.values()]
    return "\n".join(lines)


def _table(table: Table) -> str:
    rows = [f"| `{c.name}` | {c.type} | {c.meaning}{_listed(c.values)} |" for c in table.columns]
    return "\n".join([f"## {table.name}\n\n{table.meaning}\n", "| column | type | meaning |", _RULE, *rows, ""])


def _listed(words: tuple[str, ...]) -> str:
    return f": {', '.join(words)}" if words else ""


def inputs_page() -> str:
    """Every kind of file, and the column map."""
    return f"{NOTE}\n{known_inputs()}"


def format_page() -> str:
    """The keys of a rule file."""
    rows = [f"| `{k.name}` | {'yes' if k.required else ''} | {k.about}{_listed(k.choices)} |" for k in KEYS]
    return "\n".join([NOTE, _FORMAT, "| key | required | meaning |", _RULE, *rows, ""])


def cli_page() -> str:
    """``--help`` of every command."""
    from typer.main import get_command

    from tiktrack.cli import app

    os.environ["COLUMNS"] = "100"
    root = get_command(app)
    parts = [NOTE, "# Commands\n"]
    below = root.commands["rules"].commands  # type: ignore[attr-defined]
    paths = [[], *([name] for name in sorted(root.commands)), *(["rules", name] for name in sorted(below))]  # type: ignore[attr-defined]
    parts += [f"## {' '.join(['tiktrack', *path])}\n\n```\n{_help(root, path)}\n```\n" for path in paths]
    return "\n".join(parts)


def _help(root: object, path: list[str]) -> str:
    printed = io.StringIO()
    with redirect_stdout(printed):
        root.main([*path, "--help"], prog_name="tiktrack", standalone_mode=False)  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())


def readme_page() -> str:
    """The README with the beginning of the report that ``make audit`` prints, and with a pull and what comes of it."""
    printed = subprocess.run(
        [sys.executable, "-m", "tiktrack", "audit", "sample_data/broken", "--isolated", "--fail-on", "never"],
        capture_output=True, text=True, check=True, cwd=DOCS.parent, env={**os.environ, "COLUMNS": "96"},
    ).stdout  # fmt: skip
    shown = "\n".join([*printed.splitlines()[:_README_LINES], "…"])
    pulled = subprocess.run(
        [sys.executable, "-m", "tools.pull_demo"], capture_output=True, text=True, check=True, cwd=DOCS.parent
    ).stdout.rstrip()
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    return _replaced(_replaced(text, "report", shown), "pull", pulled)


def _replaced(text: str, mark: str, shown: str) -> str:
    before, rest = text.split(f"<!-- {mark} -->")
    after = rest.split(f"<!-- /{mark} -->")[1]
    return f"{before}<!-- {mark} -->\n```\n{shown}\n```\n<!-- /{mark} -->{after}"


PAGES = {
    "../README.md": readme_page,
    "rules.md": rules_page,
    "schema.md": schema_page,
    "inputs.md": inputs_page,
    "rules-format.md": format_page,
    "cli.md": cli_page,
}


def main() -> int:
    """Write the pages, or compare them."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run `make docs`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
