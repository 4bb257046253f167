"""Print the development requirements of pyproject.toml, one a line: older pips cannot read dependency groups."""

import tomllib
from pathlib import Path

groups = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
print("\n".join(groups["dev"]))
