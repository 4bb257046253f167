"""What was sent as the value of an order, held against the order: one word for each pair.

``basis``: the total without tax, shipping or both; ``cents``: about a hundred times too much or too little;
``unit_price``: the order is a whole multiple of it, as when the price of one item is sent.
"""

from __future__ import annotations

_CENT = 0.015
_MOST_PIECES = 20


def value_match(value: str, sent_in: str) -> str:
    """SQL of the word for a row with ``total``, ``subtotal``, ``tax``, ``shipping`` and ``currency`` of its order;
    NULL where one of the two is not known.
    """
    bases = (
        "subtotal", "total - tax", "total - shipping", "total - coalesce(tax, 0) - coalesce(shipping, 0)",
        "subtotal - tax", "subtotal + shipping",
    )  # fmt: skip
    near = " or ".join(f"abs({value} - ({basis})) <= {_CENT}" for basis in bases)
    pieces = " or ".join(
        f"(round({whole} / {value}) between 2 and {_MOST_PIECES} "
        f"and abs({whole} - round({whole} / {value}) * {value}) <= {_CENT} * round({whole} / {value}))"
        for whole in ("subtotal", "total")
    )
    hundred = f"{value} between 95 * total and 105 * total or total between 95 * {value} and 105 * {value}"
    return (
        f"case when {value} is null or total is null then null "
        f"when {sent_in} is not null and currency is not null and lower({sent_in}) <> lower(currency) then 'currency' "
        f"when abs({value} - total) <= greatest({_CENT}, 0.001 * total) then 'equal' "
        f"when {near} then 'basis' when {value} > 0 and total > 0 and ({hundred}) then 'cents' "
        f"when {value} > 0 and ({pieces}) then 'unit_price' else 'other' end"
    )
