"""Expected counts from the past: a Poisson log-linear model with the prior of ``kernel``, fitted robustly.

Penalised iteratively reweighted least squares on the days older than the tested week. Days far off the
structure (promotions, an old outage) become as noisy as they look, so they neither move nor blunt the model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tiktrack.detect.frame import RECENT, Frame
from tiktrack.detect.kernel import PHI, RHO, WEEKDAY_SD, Noise, structure, weather
from tiktrack.detect.records import Bools, Floats

OUTLIER = 2.58  # as in Farrington's reweighting, in standard deviations
_PHI_FLOOR, _PHI_CEILING = 0.008, 0.6
_PHI_DAYS, _RHO_DAYS, _WEEKDAY_DAYS = 20.0, 25.0, 4.0  # how many days of data the priors weigh


@dataclass(frozen=True, slots=True)
class Fit:
    """``offset`` prior mean and ``eta`` fitted mean of the log count, ``extra`` variance of outlying days,
    all (n,) over every day of the frame; ``prior`` the covariance (n, n)."""

    noise: Noise
    offset: Floats
    eta: Floats
    extra: Floats
    prior: Floats


def fit(f: Frame) -> Fit:
    """Fit a frame with at least seven old days."""
    old = f.age >= RECENT
    base = f.slope @ f.lean + np.log(f.done)
    offset = base + np.log((f.count[old].sum() + 0.5) / np.exp(base[old]).sum())
    noise = replace(Noise(), weekday_sd=_weekday_sd(f, old, offset))
    first, residual, mu = _solve(f, old, offset, noise, rounds=3)
    noise = _learn(noise, f.age[old], residual, mu)
    return _solve(f, old, offset, noise, rounds=3, start=first)[0]


def _solve(
    f: Frame, old: Bools, offset: Floats, noise: Noise, rounds: int, start: Fit | None = None
) -> tuple[Fit, Floats, Floats]:
    solid, full = structure(f, noise), weather(f, noise)
    full += solid
    eta = offset.copy() if start is None else start.eta
    extra = np.zeros(len(offset)) if start is None else start.extra.copy()
    count, here = f.count[old], np.ix_(old, old)
    residual = mu_solid = count
    for _ in range(rounds):
        mu = np.exp(eta[old])
        working = eta[old] - offset[old] + (count - mu) / mu
        pull = np.linalg.solve(full[here] + np.diag(1.0 / mu + extra[old]), working)
        eta = offset + np.clip(full[:, old] @ pull, -4.0, 4.0)
        mu_solid = np.exp(offset[old] + np.clip(solid[np.ix_(old, old)] @ pull, -4.0, 4.0))
        residual = count / mu_solid - 1.0
        extra[old] = np.maximum(0.0, residual**2 - OUTLIER**2 * (1.0 / mu_solid + noise.phi))
    return Fit(noise, offset, eta, extra, full), residual, mu_solid


def _learn(noise: Noise, age: Floats, residual: Floats, mu: Floats) -> Noise:
    """Moments of the relative residuals, outliers pulled in, shrunk towards what real accounts show."""
    sd = np.sqrt(1.0 / mu + PHI)
    tame = np.clip(residual, -2.8 * sd, 2.8 * sd)
    weight = (PHI / (1.0 / mu + PHI)) ** 2  # a day tells of phi only as far as phi rules its variance
    used = min(5.0 + len(mu) / 10.0, len(mu) / 2.0)  # parameters the fit spent
    squares = tame**2 * len(mu) / (len(mu) - used) - 1.0 / mu
    phi = float((weight @ squares + _PHI_DAYS * PHI * 0.5) / (weight.sum() + _PHI_DAYS * 0.5))
    phi = min(max(phi, _PHI_FLOOR), _PHI_CEILING)
    next_day = np.diff(age) == -1.0
    products = (tame[:-1] * tame[1:])[next_day]
    pair_weight = np.sqrt(weight[:-1] * weight[1:])[next_day]
    rho = (float(pair_weight @ products) / phi + _RHO_DAYS * RHO * 0.5) / (
        float(pair_weight.sum()) + _RHO_DAYS * 0.5
    )
    return replace(noise, phi=phi, rho=min(max(rho, 0.0), 0.8))


def _weekday_sd(f: Frame, old: Bools, offset: Floats) -> float:
    """Spread of weekdays beyond noise, so that a shop that closes on Sundays is believed quickly."""
    seen = np.bincount(f.weekday[old].astype(int), f.count[old], 7)
    mean = np.bincount(f.weekday[old].astype(int), np.exp(offset[old]), 7)
    days = np.bincount(f.weekday[old].astype(int), minlength=7)
    there = days > 0
    effect = np.log((seen[there] + 0.5) / (mean[there] + 0.5))
    noise = 1.0 / np.maximum(mean[there], 0.5) + PHI / days[there]
    beyond = np.maximum(0.0, (effect - effect.mean()) ** 2 - noise)
    variance = (_WEEKDAY_DAYS * WEEKDAY_SD**2 + beyond.sum()) / (_WEEKDAY_DAYS + there.sum())
    return float(np.clip(np.sqrt(variance), 0.08, 0.9))
