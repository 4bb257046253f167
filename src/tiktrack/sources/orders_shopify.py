"""Shopify's orders export: one row a line item, the order's own cells only on its first row.

Rows that repeat ``Name`` with blank money cells are further lines of the order above. Statuses follow Shopify's
``Financial Status``; point of sale, drafts and subscriptions are told by ``Source``.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.csvfile import cell, columns, mapping, number, read_csv, sheet, text
from tiktrack.sources.times import instant_ms, offset_minutes

ALIASES: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "id": ("id",),
    "email": ("email",),
    "phone": ("phone",),
    "financial": ("financial status",),
    "paid": ("paid at",),
    "created": ("created at",),
    "cancelled": ("cancelled at",),
    "total": ("total",),
    "subtotal": ("subtotal",),
    "tax": ("taxes",),
    "shipping": ("shipping",),
    "refunded": ("refunded amount",),
    "currency": ("currency",),
    "source": ("source",),
    "tags": ("tags",),
    "lineitem": ("lineitem name",),
}


class ShopifyOrders:
    """Shopify orders CSV."""

    name = "shopify-orders"
    table = "orders"
    about = "Shopify's orders export: Name, Financial Status, Created at, Total, Lineitem name, …"

    def sniff(self, head: Head) -> int:
        table = sheet(head)
        if table is None:
            return 0
        found = columns(table, ALIASES)
        return 95 if {"name", "financial", "created", "lineitem"} <= set(found) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = sheet(head)
        if table is None:
            raise AssertionError("sniffed as a table")
        found = columns(table, ALIASES)
        source = read_csv(head, table)
        return Reading(_select(source, found), mapping=mapping(table, found), first_row=table.header_line + 1, csv=True)


def _select(source: str, found: dict[str, int]) -> str:
    t = {field: text(cell(found[field])) if field in found else "null::varchar" for field in ALIASES}
    amounts = {
        field: number(cell(found[field])) if field in found else "null::double"
        for field in ("total", "subtotal", "tax", "shipping", "refunded")
    }
    money, refunded = f"coalesce({amounts['total']}, {amounts['subtotal']})", amounts["refunded"]
    created, paid = (instant_ms(t[field]) for field in ("created", "paid"))
    email = f"sha256(lower(trim({t['email']})))"
    phone = f"sha256('+' || regexp_replace({t['phone']}, '[^0-9]', '', 'g'))"
    label = f"ltrim({t['name']}, '#')"
    columns = {
        "order_id": label,
        "order_name": t["id"],
        "order_hash": f"hash({label})",
        "order_name_hash": f"case when {t['id']} is not null then hash({t['id']}) end",
        "created_ms": created,
        "offset_minutes": offset_minutes(t["created"]),
        "paid_ms": paid,
        "status": _status(t, refunded, money),
        "total": money,
        **{field: amounts[field] for field in ("subtotal", "tax", "shipping")},
        "currency": t["currency"],
        "email_hash": f"case when {t['email']} is not null then hash({email}) end",
        "phone_hash": f"case when {t['phone']} is not null then hash({phone}) end",
        "origin": _origin(t),
        "reject": (
            f"case when {t['name']} is null and {t['lineitem']} is null then 'no order name' "
            f"when {money} is null and {t['lineitem']} is not null then '#further line of an order' "
            f"when {created} is null then 'no time of creation' end"
        ),
    }
    chosen = ", ".join(f"{sql} as {field}" for field, sql in columns.items())
    return f"select {chosen} from {source}"


def _status(t: dict[str, str], refunded: str, money: str) -> str:
    financial = f"lower({t['financial']})"
    return (
        f"case when contains(lower(coalesce({t['tags']}, '')), 'test') then 'test' "
        f"when {t['cancelled']} is not null or {financial} = 'voided' then 'cancelled' "
        f"when {financial} = 'refunded' or coalesce({refunded}, 0) >= {money} and {money} > 0 then 'refunded' "
        f"when {financial} in ('paid', 'partially_refunded') then 'paid' else 'pending' end"
    )


def _origin(t: dict[str, str]) -> str:
    source = f"lower(coalesce({t['source']}, 'web'))"
    return (
        f"case when {source} = 'pos' then 'pos' when contains({source}, 'draft') then 'draft' "
        f"when contains({source}, 'subscription') then 'subscription' else 'web' end"
    )
