"""What cannot be told from the log, as an upper limit: never part of a count."""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.ledger.merge import DROP_MS

# Events of one channel alone that nothing ties to another one (see actions.py): where both channels have some on one
# day, the smaller side could be copies of the larger one under another id.
_LOOSE = """
    select pixel_code, event, day, least(
        count_if(browser > 0 and server = 0), count_if(server > 0 and browser = 0)) as n
    from tally where order_hash is null and (person is null or event_class <> 'conversion') group by all having n > 0
"""

# Events API without an id, after another of the same browser cookie within 48 hours.
_COOKIE = f"""
    select pixel_code, event, day, count_if(gap <= {DROP_MS}) as n from (
      select pixel_code, event, day,
        at_ms - lag(at_ms) over (partition by pixel_code, event_raw, ttp_hash order by at_ms) as gap
      from arrivals where event_id_hash is null and channel = 'server' and ttp_hash is not null
    ) group by all having n > 0
"""


def find_hints(engine: DuckDB) -> None:
    """Create ``hints``: pixel, event, day, ``what`` (``loose_copies``, ``cookie_repeats``) and ``n``."""
    engine.run(
        f"create or replace table hints as select *, 'loose_copies' as what from ({_LOOSE}) "
        f"union all select *, 'cookie_repeats' as what from ({_COOKIE})"
    )
