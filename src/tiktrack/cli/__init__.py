"""The commands. What they share is here: the application, how errors are printed, and the exit codes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tiktrack import __version__
from tiktrack.cli import audit, demo, doctor, init, power, pull, reconcile, rules, simulate, stored
from tiktrack.errors import Exit, TiktrackError

_CODES = """Exit codes: 0 nothing at or above --fail-on · 1 findings at or above it, or a gate missed · 2 usage,
settings or rule file · 3 nothing that could be audited · 4 TikTok or the network · 70 a bug in tiktrack ·
130 interrupted."""

app = typer.Typer(
    name="tiktrack",
    help="The doctor for TikTok Ads tracking: what is broken, since when, what it costs, who fixes it and how.",
    epilog=_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tiktrack {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for _commands in (audit, simulate, reconcile, init, demo, doctor, power, pull, rules, stored):
    _commands.register(app)


def main() -> None:
    """Entry point: every error that a user can mend is printed here, once, and nothing else is."""
    try:
        code: int | None = app(standalone_mode=False)  # None after --help
        if code == Exit.INTERRUPTED:  # typer turns the interrupt into a code of its own
            raise KeyboardInterrupt
        sys.exit(code or Exit.OK)
    except TiktrackError as error:
        print("\n".join(["tiktrack: " + error.lines()[0], *error.lines()[1:]]), file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("tiktrack: interrupted", file=sys.stderr)
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.OK)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage:  # click's own errors: a wrong flag or argument
            error.show()  # type: ignore[attr-defined]
            sys.exit(Exit.USAGE)
        _bug(error)


def _bug(error: Exception) -> None:
    """Our own fault: say so, without locals, which may hold secrets."""
    import traceback

    print(f"tiktrack: this is a bug in tiktrack, not in your data: {type(error).__name__}: {error}", file=sys.stderr)
    if os.environ.get("TIKTRACK_DEBUG"):
        traceback.print_exception(error)
    else:
        print("  → set TIKTRACK_DEBUG=1 for the traceback and report it", file=sys.stderr)
    sys.exit(Exit.BUG)
