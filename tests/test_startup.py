"""Commands that only talk start without the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers import ROOT

HEAVY = ("pandas", "duckdb", "sqlglot", "httpx", "numpy")
_SCRIPT = """
import sys
sys.argv = ["tiktrack", *{arguments!r}]
from tiktrack.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print("LOADED", *[name for name in {heavy!r} if name in sys.modules])
"""


@pytest.mark.parametrize("arguments", [["--help"], ["rules", "list"], ["rules", "show", "purchase-without-currency"]])
def test_starts_light(arguments: list[str]) -> None:
    script = _SCRIPT.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1].strip() == "LOADED"
