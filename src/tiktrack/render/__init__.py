"""The faces of a report: each module has ``render(report) -> str`` and is imported only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import cast

from tiktrack.errors import UsageError
from tiktrack.model.report import Report
from tiktrack.nearest import did_you_mean

Render = Callable[[Report], str]

MODULES = {name: f"tiktrack.render.{module}" for name, module in {
    "json": "json",
    "md": "markdown",
    "html": "html",
    "csv": "csv",
    "junit": "junit",
    "sarif": "sarif",
    "github": "github",
}.items()}  # fmt: skip
"""Format name → module."""

SUFFIXES = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".csv": "csv",
    ".xml": "junit",
    ".sarif": "sarif",
}
"""Suffix of an output file → format name."""


def renderer(name: str) -> Render:
    """The ``render`` of a format, imported now; an unknown name is the user's error."""
    if name not in MODULES:
        hint = did_you_mean(name, MODULES, f"known formats: {', '.join(MODULES)}")
        raise UsageError(f"there is no format {name!r}", hint=hint)
    return cast(Render, import_module(MODULES[name]).render)


def format_of(path: str) -> str:
    """The format that a file's name asks for."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"cannot tell the format of {path!r}", hint=f"use one of {' '.join(SUFFIXES)}")
    return SUFFIXES[suffix]
