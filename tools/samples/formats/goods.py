"""The goods of an event: content ids, contents, value; alike in both channels."""

from __future__ import annotations

from typing import Any

from tools.samples.formats.text import without_blanks
from tools.samples.records import Copy

ITEMISED = ("InitiateCheckout", "Purchase")
"""Events that list quantities and prices; the earlier ones name the product only."""


def properties(copy: Copy) -> dict[str, Any]:
    """The ``properties`` object."""
    contents = [
        {"content_id": line.product.sku, "quantity": line.quantity, "price": line.product.price / 100}
        for line in copy.lines
        if copy.event in ITEMISED
    ]
    return without_blanks({
        "value": copy.value, "currency": copy.currency, "order_id": copy.order_id,
        "content_type": "product" if copy.lines else "",
        "content_ids": [line.product.sku for line in copy.lines], "contents": contents,
    })  # fmt: skip
