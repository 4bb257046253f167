"""What a quiet detector is worth for this account: the drops that would have been seen."""

from __future__ import annotations

from datetime import date

from tiktrack.audit.incidents import Store
from tiktrack.audit.watched import watched
from tiktrack.detect.power import power
from tiktrack.model.report import Power


def powers(store: Store, as_of: date | None) -> tuple[Power, ...]:
    """One record for each of the heaviest series that the drop detectors watch."""
    return tuple(
        Power(
            what=item.what,
            segment=item.segment,
            a_day=round(item.a_day, 1),
            smallest_drop={str(days): drop for days, drop in power(item.daily).items()},
        )
        for item in watched(store, as_of)
    )
