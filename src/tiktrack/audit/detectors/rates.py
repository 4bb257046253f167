"""``rates``: purchases per click of a campaign against the account's other campaigns."""

from __future__ import annotations

import numpy as np

from tiktrack.audit.detectors.base import OUTCOMES, Judged, Present, unknown
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.series import Series
from tiktrack.detect.rates import Campaigns, RateVerdict, compare
from tiktrack.detect.records import Level
from tiktrack.model.rule import Rule
from tiktrack.model.words import Outcome

_IMMATURE_DAYS = 3


def rates(rule: Rule, every: list[Series], present: Present) -> Judged:
    """Judge the campaigns beside each other; ``unknown`` of a series holds impressions, so that CTR is known.

    Clicks of the newest days have not had the time to buy: they are left out.
    """
    mature = [int(max(0, len(s.days) - _IMMATURE_DAYS)) for s in every]
    names = tuple(" / ".join(str(part) for part in s.key) for s in every)
    seen, clicks, bought = (
        np.array([float(getattr(s, part)[:end].sum()) for s, end in zip(every, mature, strict=True)])
        for part in ("unknown", "n", "bad")
    )
    found = compare(Campaigns(names=names, impressions=seen, clicks=clicks, purchases=bought))
    return [(series, _judge(series, verdict)) for series, verdict in zip(every, found, strict=True)]


def _judge(series: Series, found: RateVerdict) -> Verdict:
    if found.level is Level.UNKNOWN:
        return unknown(found.expected, found.seen, "too few purchases expected to compare campaigns")
    outcome = OUTCOMES[found.level] if found.high_ctr else Outcome.PASSED
    interval = (found.ratio_low, found.ratio_high)
    if outcome is Outcome.PASSED:
        return Verdict(outcome, found.ratio, found.expected, found.seen, 0.0, interval)
    return Verdict(
        outcome,
        found.ratio,
        found.expected,
        found.seen,
        0.0,
        interval,
        since=series.days[int(np.flatnonzero(series.n > 0)[0])],
        loss=float(np.interp(1 - found.ratio, [0.3, 0.6, 0.9], LOSS_AT)),
        confidence="confirmed" if outcome is Outcome.FAILED else "suspected",
        reason=f"people click {found.ctr_ratio:.1f} times as often as in the others",
    )
