"""Random draws, built on ``random()`` and ``gauss()`` alone so that every Python draws the same."""

from __future__ import annotations

import hashlib
import math
from random import Random


def stream(account: str, stage: str) -> Random:
    """A generator of its own for each stage, so that a change in one leaves the others as they were."""
    return Random(f"tiktrack/{account}/{stage}")


def poisson(rng: Random, mean: float) -> int:
    """A count; Knuth's product for small means, the normal approximation above 40."""
    if mean > 40:
        return max(0, round(mean + math.sqrt(mean) * rng.gauss(0, 1)))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def wobble(rng: Random, sigma: float) -> float:
    """A factor around 1 (lognormal with mean 1): the day-to-day noise that a Poisson count does not have."""
    return math.exp(rng.gauss(0, sigma) - sigma * sigma / 2)


def fate(key: str) -> float:
    """A number in [0, 1) that belongs to ``key``: both copies of one action meet the same fate."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32


def token(rng: Random, length: int, alphabet: str) -> str:
    """A random word over ``alphabet``."""
    return "".join(alphabet[int(rng.random() * len(alphabet))] for _ in range(length))
