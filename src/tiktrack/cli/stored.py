"""Commands about stored reports: ``diff``, ``trend`` and ``report``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiktrack.cli import options
from tiktrack.cli.changes import change_lines
from tiktrack.cli.faces import Faces, checked, show
from tiktrack.errors import Exit, InputError, Place

if TYPE_CHECKING:
    from tiktrack.model.report import Report


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("diff", help="What changed between two audits: new, worse, fixed, better, same, no longer checked.")(
        diff
    )
    app.command("trend", help="The grade over time, from a folder of dated JSON reports.")(trend)
    app.command("report", help="Render a stored JSON report in another format.")(report)


def read_report(path: Path) -> Report:
    """A stored report. Raises InputError where the file is none."""
    from tiktrack.render.wire import from_wire

    hint = "give a file written by `tiktrack audit -o report.json`"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", hint=hint, place=Place(str(path))) from error
    except ValueError as error:
        raise InputError("is no JSON", hint=hint, place=Place(str(path))) from error
    if not isinstance(stored, dict) or not str(stored.get("schema", "")).startswith("tiktrack/report/v1"):
        raise InputError("is not a tiktrack report", hint=hint, place=Place(str(path)))
    return from_wire(stored)


def read_baseline(path: Path) -> Report:
    """A stored report to compare with. Raises InputError for a redacted one: its fingerprints fit no other report."""
    stored = read_report(path)
    if stored.redacted:
        hint = "keep the original report for comparing, and share the redacted one"
        raise InputError("is redacted and cannot be compared with another report", hint=hint, place=Place(str(path)))
    return stored


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier report, JSON.")],
    new: Annotated[Path, typer.Argument(help="The later report, JSON.")],
    fail_on_regression: Annotated[
        bool, typer.Option("--fail-on-regression", help="Exit 1 if a failed finding is new or worse.")
    ] = False,
    show_same: Annotated[bool, typer.Option("--same", help="Also list what did not change.")] = False,
) -> int:
    """Compare two stored reports."""
    from tiktrack.compare import regressions

    before, after = read_baseline(old), read_baseline(new)
    print(f"{before.as_of} {_grade(before)}  →  {after.as_of} {_grade(after)}")
    print("\n".join(change_lines(before, after, same=show_same) or ["nothing changed"]))
    return Exit.FINDINGS if fail_on_regression and regressions(before, after) else Exit.OK


def trend(folder: Annotated[Path, typer.Argument(help="Folder of JSON reports.")]) -> int:
    """Print one line a day."""
    from tiktrack.compare import points

    if not folder.is_dir():
        raise InputError("no such folder", hint="give the folder with your dated reports", place=Place(str(folder)))
    paths = sorted(folder.rglob("*.json"))
    found = points(read_report(path) for path in paths)
    if not found:
        raise InputError(
            "contains no reports",
            hint="write them with `tiktrack audit -o DIR/2027-01-31.json`",
            place=Place(str(folder)),
        )
    print("day         grade        checked  failed  warned  score")
    for point in found:
        score = "" if point.score is None else f"{point.score:5.1f}  {'▇' * round(point.score / 4)}"
        letter = point.letter or "not graded"
        print(f"{point.as_of}  {letter:<11}  {point.coverage:>6.0%}  {point.failed:>6}  {point.warned:>6}  {score}")
    return Exit.OK


def report(
    path: Annotated[Path, typer.Argument(metavar="REPORT.json")],
    format: options.Format = "terminal",
    output: options.Output = None,
    redact: options.Redact = False,
    color: options.Colour = "auto",
    ascii: options.Ascii = False,
) -> int:
    """Render a stored report."""
    wanted = checked(Faces(format, tuple(output or ()), redact, color, ascii))
    show(read_report(path), wanted)
    return Exit.OK


def _grade(report: Report) -> str:
    score = "" if report.grade.score is None or not report.grade.letter else f" {report.grade.score:.0f}"
    return f"{report.grade.letter or 'not graded'}{score}, {report.grade.coverage:.0%} checked"
