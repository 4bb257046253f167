"""What can go wrong, and with which exit code the command ends.

TiktrackError                   message, hint, place; printed once, in ``cli``
├── UsageError          2       a flag or an argument that makes no sense
├── ConfigError         2       tiktrack.yaml, a map or an environment variable
├── RuleError           2       a rule file: carries every problem found in it
├── InputError          3       a file that cannot be read or understood
├── EngineError         3       the engine cannot go on: disk full, memory too small
│   └── UnreadableError 3       the engine cannot read one file; the others go on
└── PullError           4       TikTok or the network

Anything else that escapes is our own bug and ends with 70.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING_AUDITED = 3
    NETWORK = 4
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and, where known, a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class TiktrackError(Exception):
    """A problem that the user can understand and mend."""

    exit_code = Exit.BUG

    def __init__(self, message: str, *, hint: str | None = None, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def lines(self) -> list[str]:
        """The error as printed: place and message first, the remedy below."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return [head, f"  → {self.hint}"] if self.hint else [head]


class UsageError(TiktrackError):
    """A flag or an argument that makes no sense."""

    exit_code = Exit.USAGE


class ConfigError(TiktrackError):
    """A settings file, a column map or an environment variable is wrong."""

    exit_code = Exit.USAGE


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a rule file."""

    place: Place
    key: str
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        head = f"{self.place}: {self.key}: {self.message}"
        return f"{head}\n  → {self.hint}" if self.hint else head


class RuleError(TiktrackError):
    """A rule file is wrong; carries every problem found, not only the first."""

    exit_code = Exit.USAGE

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, hint=first.hint, place=first.place)
        self.problems = tuple(problems)

    def lines(self) -> list[str]:
        return [line for problem in self.problems for line in str(problem).splitlines()]


class InputError(TiktrackError):
    """An input that cannot be read or understood, or nothing that could be audited."""

    exit_code = Exit.NOTHING_AUDITED


class EngineError(TiktrackError):
    """The engine cannot go on: the disk is full, or the memory limit is too small."""

    exit_code = Exit.NOTHING_AUDITED


class UnreadableError(EngineError):
    """The engine cannot read a file, or run a query over it: the rest may go on."""


class PullError(TiktrackError):
    """TikTok or the network."""

    exit_code = Exit.NETWORK
