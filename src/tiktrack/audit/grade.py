"""Losses → grade: weighted by severity inside a family and by family, with caps, range and coverage (design,
section 5).

Unknown rules leave the score, but the floor takes them at full loss with their caps and the ceiling at none, so that
hiding a result can never lift the floor.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiktrack.model.report import Cap, Deduction, FamilyScore, Grade, RuleResult
from tiktrack.model.words import JUDGED, Outcome
from tiktrack.rules.policy import Policy

_OUT = frozenset({Outcome.SUPPRESSED, Outcome.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class _Part:
    """A rule as the grade sees it: ``loss`` is None where it is not known."""

    rule: str
    family: str
    weight: float
    loss: float | None
    cap: str | None
    worst_cap: str | None


def grade(results: Sequence[RuleResult], policy: Policy) -> Grade:
    """The grade of these results."""
    parts = _parts(results, policy)
    coverage = _coverage(parts, policy)
    base = _base(parts, policy)
    caps = tuple(Cap(rule=p.rule, letter=p.cap) for p in parts if p.cap)
    score = min([base, *(_top(cap.letter, policy) for cap in caps)]) if base is not None else None
    provisional = coverage < policy.provisional_below
    warned = any(result.outcome in (Outcome.WARNED, Outcome.FAILED) for result in results)
    ceiling = _bound(parts, policy, 0.0)
    told = coverage >= policy.no_letter_below or _hopeless(ceiling, policy)
    return Grade(
        letter=_letter(score, coverage, policy, warned=warned, provisional=provisional) if told else None,
        score=None if score is None else round(score, 1),
        floor=round(_bound(parts, policy, 1.0), 1),
        ceiling=round(ceiling, 1),
        coverage=round(coverage, 4),
        provisional=provisional,
        caps=caps,
        families=tuple(_families(parts, policy)),
        deductions=tuple(_deductions(parts, policy, base, score, caps)),
    )


def points(results: Sequence[RuleResult], policy: Policy) -> dict[str, tuple[float, bool]]:
    """Rule → points of the uncapped score that fixing it gives, and whether it is one of those that hold the
    letter down.
    """
    now = _base(_parts(results, policy), policy) or 0.0
    held = min((_top(str(r.cap), policy) for r in results if r.cap and r.outcome not in _OUT), default=100.0)
    found = {}
    for i, result in enumerate(results):
        if result.outcome in (Outcome.WARNED, Outcome.FAILED):
            mended = replace(result, outcome=Outcome.PASSED, loss=0.0, cap=None)
            then = _base(_parts([*results[:i], mended, *results[i + 1 :]], policy), policy) or 0.0
            found[result.rule] = (round(then - now, 2), bool(result.cap) and _top(str(result.cap), policy) <= held)
    return found


def _parts(results: Sequence[RuleResult], policy: Policy) -> list[_Part]:
    return [_part(result, policy) for result in results if result.outcome not in _OUT]


def _part(result: RuleResult, policy: Policy) -> _Part:
    judged = result.outcome in JUDGED
    return _Part(
        result.rule, result.family, policy.severity[result.severity], result.loss if judged else None,
        result.cap if judged else None, result.worst_cap,
    )  # fmt: skip


def _family_score(parts: Sequence[_Part]) -> float | None:
    judged = [(p.weight, p.loss) for p in parts if p.loss is not None and p.weight > 0]
    total = sum(weight for weight, _ in judged)
    return 100 * (1 - sum(weight * loss for weight, loss in judged) / total) if total else None


def _by_family(parts: Sequence[_Part], policy: Policy) -> dict[str, list[_Part]]:
    return {family: [p for p in parts if p.family == family] for family in policy.family}


def _base(parts: Sequence[_Part], policy: Policy) -> float | None:
    scores = {family: _family_score(members) for family, members in _by_family(parts, policy).items()}
    known = {family: score for family, score in scores.items() if score is not None}
    total = sum(policy.family[family] for family in known)
    return sum(policy.family[family] * score for family, score in known.items()) / total if total else None


def _bound(parts: Sequence[_Part], policy: Policy, loss: float) -> float:
    filled = [replace(p, loss=loss, cap=p.worst_cap if loss else None) if p.loss is None else p for p in parts]
    base = _base(filled, policy)
    return min([100 * (1 - loss) if base is None else base, *(_top(p.cap, policy) for p in filled if p.cap)])


def _coverage(parts: Sequence[_Part], policy: Policy) -> float:
    judged = applicable = 0.0
    for family, members in _by_family(parts, policy).items():
        total = sum(p.weight for p in members)
        if total:
            applicable += policy.family[family]
            judged += policy.family[family] * sum(p.weight for p in members if p.loss is not None) / total
    return judged / applicable if applicable else 0.0


def _families(parts: Sequence[_Part], policy: Policy) -> list[FamilyScore]:
    found = []
    for family, members in _by_family(parts, policy).items():
        total = sum(p.weight for p in members)
        if not total:
            continue
        score = _family_score(members)
        known = sum(p.weight for p in members if p.loss is not None)
        found.append(FamilyScore(
            family=family, weight=policy.family[family], score=None if score is None else round(score, 1),
            coverage=round(known / total, 4),
        ))  # fmt: skip
    return found


def _deductions(
    parts: Sequence[_Part], policy: Policy, base: float | None, score: float | None, caps: Sequence[Cap]
) -> list[Deduction]:
    if base is None or score is None:
        return []
    families = {f: m for f, m in _by_family(parts, policy).items() if _family_score(m) is not None}
    share = sum(policy.family[family] for family in families)
    lines = []
    for family, members in families.items():
        total = sum(p.weight for p in members if p.loss is not None)
        for p in members:
            lost = 100 * policy.family[family] / share * p.weight * (p.loss or 0.0) / total if p.loss else 0.0
            if lost > 0:
                lines.append(Deduction(rule=p.rule, points=round(lost, 2), why=f"loss {p.loss:.0%} in {family}"))
    if score < base:
        cap = min(caps, key=lambda c: _top(c.letter, policy))
        lines.append(
            Deduction(rule=cap.rule, points=round(base - score, 2), why=f"cap: at most {cap.letter} while this fails")
        )
    return sorted(lines, key=lambda line: -line.points)


def _edges(policy: Policy) -> list[tuple[str, float, float]]:
    """Letters with their lower and upper ends, best first."""
    lows = sorted(policy.letters.items(), key=lambda item: -item[1])
    uppers = [100.0, *(low for _, low in lows[:-1])]
    return [(letter, low, upper) for (letter, low), upper in zip(lows, uppers, strict=True)]


def _top(letter: str, policy: Policy) -> float:
    """Best score that a letter allows: the last whole point below the next letter."""
    for name, low, upper in _edges(policy):
        if letter[0] == name:
            thirds = {"-": 1, "": 2, "+": 3}[letter[1:]]
            return math.ceil(low + thirds * (upper - low) / 3) - 1.0
    return math.ceil(min(policy.letters.values())) - 1.0


def _hopeless(ceiling: float, policy: Policy) -> bool:
    """Whether nothing unknown can lift the grade off its last letter: what is fatal hides most of the rest."""
    return ceiling < min(policy.letters.values())


def _letter(score: float | None, coverage: float, policy: Policy, *, warned: bool, provisional: bool) -> str | None:
    if score is None:
        return None
    if provisional:
        score = min(score, _top(policy.provisional_cap, policy))
    for name, low, upper in _edges(policy):
        if score >= low:
            third = int(min(2, (score - low) / ((upper - low) / 3)))
            mark = ("-", "", "+")[third]
            if name == "A":
                best = score >= policy.a_plus_score and not warned and coverage >= policy.a_plus_coverage
                return "A+" if best else "A-" if mark == "-" else "A"
            return f"{name}{mark}"
    return "F"
