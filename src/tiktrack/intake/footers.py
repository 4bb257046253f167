"""The totals that a report gives of itself in its last row, against the rows that were read.

Ads Manager's totals match the body exactly (facts: genuine exports); where they do not, rows are missing, doubled or
misread. Counts must be equal; money may differ by the rounding of its rows.
"""

from __future__ import annotations

from tiktrack.engine.duckdb import DuckDB
from tiktrack.sources.ads_headers import MONEY, NUMBERS
from tiktrack.sources.ads_table import FOOTER
from tiktrack.sources.base import quoted

_IS_FOOTER = f"starts_with(reject, {quoted(FOOTER)})"


def check(engine: DuckDB) -> None:
    """Create ``ads_totals``: for each file and field what the footer says, what the rows add up to, and whether they
    agree; and ``ads_totals_state``, agree or differ for each file with a footer."""
    said = f"try_cast(regexp_extract(reject, '{FOOTER}([0-9]+) results', 1) as double)"
    fields = [
        f"select file_id, '{field}' as field, sum({field}) filter (where {_IS_FOOTER}) as said, "
        f"coalesce(sum({field}) filter (where reject is null), 0) as found from ads_store group by file_id"
        for field in NUMBERS
    ]
    fields.append(
        f"select file_id, 'rows' as field, sum({said}) filter (where {_IS_FOOTER}) as said, "
        "count(*) filter (where reject is null) as found from ads_store group by file_id"
    )
    money = ", ".join(f"'{field}'" for field in sorted(MONEY))
    allowed = f"case when field in ({money}) then greatest(0.01, abs(said) / 10000) else 0.5 end"
    engine.run(
        f"create table ads_totals as select *, abs(said - found) <= {allowed} as agrees "
        f"from ({' union all '.join(fields)}) where said is not null"
    )
    engine.run(
        "create view ads_totals_state as select file_id, case when bool_and(agrees) then 'agree' else 'differ' end "
        "as totals_state from ads_totals group by file_id"
    )


def notes(engine: DuckDB, file_id: int) -> tuple[str, ...]:
    """What does not add up in a file."""
    wrong = engine.rows(
        f"select field, said, found from ads_totals where file_id = {file_id} and not agrees order by field"
    ).rows
    told = "; ".join(f"{field} {_figure(said)} said, {_figure(found)} read" for field, said, found in wrong)
    return (f"does not add up to its own totals: {told}",) if told else ()


def _figure(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
