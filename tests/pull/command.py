"""The commands of the pull as a process of their own: ``python -m tests.pull.command pull …``."""

from __future__ import annotations

import sys

import typer

from tiktrack.cli.doctor import register as register_doctor
from tiktrack.cli.pull import register as register_pull
from tiktrack.errors import TiktrackError

app = typer.Typer(pretty_exceptions_enable=False)
register_pull(app)
register_doctor(app)

if __name__ == "__main__":
    try:
        app()
    except TiktrackError as error:
        print("\n".join(error.lines()), file=sys.stderr)
        sys.exit(int(error.exit_code))
