"""Where a report goes: its faces on stdout and into files, checked before the work and written after it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tiktrack.cli.console import colour, needs_ascii, say, width
from tiktrack.errors import UsageError

if TYPE_CHECKING:
    from tiktrack.model.report import Report


@dataclass(frozen=True, slots=True)
class Faces:
    """What to write. ``color`` is auto, always or never; with ``redact`` every output is a copy for sharing."""

    format: str = "terminal"
    files: tuple[Path, ...] = ()
    redact: bool = False
    color: str = "auto"
    ascii: bool = False
    quiet: bool = False
    verbose: bool = False
    power: bool = False


def checked(wanted: Faces) -> Faces:
    """Raises UsageError for a format, a suffix, a folder or a colour that there is not: before the work, not after."""
    from tiktrack.render import format_of, renderer

    if wanted.format != "terminal":
        renderer(wanted.format)
    for path in wanted.files:
        format_of(str(path))
        if not path.parent.is_dir():
            raise UsageError(f"cannot write {path}: there is no folder {path.parent}", hint=f"mkdir -p {path.parent}")
    colour(wanted.color)
    return wanted


def show(report: Report, wanted: Faces) -> None:
    """Write the files, then stdout. Raises UsageError where a file cannot be written."""
    from tiktrack.render import format_of, renderer

    shown = _shareable(report) if wanted.redact else report
    for path in wanted.files:
        try:
            path.write_text(renderer(format_of(str(path)))(shown), encoding="utf-8")
        except OSError as error:
            hint = "check the folder and your permissions"
            raise UsageError(f"cannot write {path}: {error.strerror}", hint=hint) from error
        say(f"wrote {path}")
    if wanted.format == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
        _summarise(shown, Path(os.environ["GITHUB_STEP_SUMMARY"]))
    print(_terminal(shown, wanted) if wanted.format == "terminal" else renderer(wanted.format)(shown), end="")


def _summarise(report: Report, path: Path) -> None:
    """Add the report to the page that GitHub shows for the job."""
    from tiktrack.render.github import summary

    with path.open("a", encoding="utf-8") as page:
        page.write(summary(report))


def _terminal(report: Report, wanted: Faces) -> str:
    from tiktrack.render import terminal

    options = terminal.Options(
        width=width(),
        colour=colour(wanted.color),
        ascii=needs_ascii(wanted.ascii),
        quiet=wanted.quiet,
        verbose=wanted.verbose,
        power=wanted.power,
    )
    return terminal.render(report, options)


def _shareable(report: Report) -> Report:
    """The report redacted with a key that nobody keeps."""
    from tiktrack.render.redact import redact

    return redact(report, secrets.token_bytes(32))
