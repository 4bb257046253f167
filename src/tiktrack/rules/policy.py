"""``rules/grade.yaml``: the weights and limits of the grade, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tiktrack.errors import ConfigError, Place
from tiktrack.resources import shipped
from tiktrack.yamlfile import read


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights by severity and family, lower ends of the letters, caps and limits of coverage (fractions)."""

    severity: dict[str, float]
    family: dict[str, float]
    letters: dict[str, float]
    critical_cap: str
    no_letter_below: float
    provisional_below: float
    provisional_cap: str
    a_plus_score: float
    a_plus_coverage: float


def load_policy() -> Policy:
    """The shipped policy. Raises ConfigError where a key is missing."""
    path = shipped("rules") / "grade.yaml"
    document: Any = read(path)[0]
    try:
        return Policy(
            severity={k: float(v) for k, v in document["severity"].items()},
            family={k: float(v) for k, v in document["family"].items()},
            letters={k: float(v) for k, v in document["letters"].items()},
            critical_cap=document["critical_cap"],
            no_letter_below=float(document["coverage"]["none"]),
            provisional_below=float(document["coverage"]["provisional"]),
            provisional_cap=document["coverage"]["provisional_cap"],
            a_plus_score=float(document["a_plus"]["score"]),
            a_plus_coverage=float(document["a_plus"]["coverage"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"the grade's policy lacks {error}",
            hint="compare it with the shipped rules/grade.yaml",
            place=Place(str(path)),
        ) from error
