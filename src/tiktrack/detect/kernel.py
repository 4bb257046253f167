"""What may move a daily count while nothing is broken, written as covariances of its logarithm.

A Gaussian-process prior: level, weekday, elasticity, slow drift and trend are "structure"; day-to-day shocks
that fade (overdispersion ``phi`` with autocorrelation ``rho``) are "weather". Conditioning on the past then
does at once what fitting factors, weighing recency and adding parameter variances do by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiktrack.detect.frame import Frame
from tiktrack.detect.records import Floats

LEVEL_SD = 2.0
DRIFT_SD = 0.014  # random walk a day
TREND_SD = 0.004  # straight line a day: slow decay and growth
PHI, RHO = 0.025, 0.35
WEEKDAY_SD = 0.15


@dataclass(frozen=True, slots=True)
class Noise:
    """Scales that the account teaches: extra-Poisson variance, its lag-1 correlation, s.d. of weekday
    effects."""

    phi: float = PHI
    rho: float = RHO
    weekday_sd: float = WEEKDAY_SD


def structure(f: Frame, noise: Noise) -> Floats:
    """Covariance (n, n) of what is systematic."""
    age = f.age
    same_weekday = f.weekday[:, None] == f.weekday[None, :]
    out: Floats = LEVEL_SD**2 + noise.weekday_sd**2 * same_weekday
    out += DRIFT_SD**2 * np.minimum.outer(age, age) + TREND_SD**2 * np.outer(age, age)
    if len(f.lean):
        out += (f.lean.T * f.slope_sd**2) @ f.lean
    return out


def weather(f: Frame, noise: Noise) -> Floats:
    """Covariance (n, n) of the fading shocks, and of the doubt that holidays have on top."""
    gap = np.abs(f.age[:, None] - f.age[None, :])
    out: Floats = (noise.phi + np.outer(f.doubt, f.doubt)) * noise.rho**gap
    return out
