"""Shopify's orders export: 79 columns, newest first, one row more for each further line of an order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tools.samples.formats.text import csv_text, money
from tools.samples.records import Account, Line, Order

FIRST_LINE = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,"
    "Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,"
    "Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,"
    "Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,"
    "Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,"
    "Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,"
    "Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,"
    "Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,"
    "Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,"
    "Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
)
HEADER = FIRST_LINE.split(",")

FINANCIAL = {"test": "paid", "cancelled": "refunded"}
"""How Shopify shows what the simulator calls by another name."""

FIRST_ID, ID_STEP = 6_104_500_000_000, 32_768


def local(account: Account, ms: int) -> str:
    """``2026-10-12 14:03:11 +0200``."""
    return f"{datetime.fromtimestamp(ms // 1000, account.zone):%Y-%m-%d %H:%M:%S %z}"


def line_cells(line: Line) -> dict[str, str]:
    """The columns that every row of an order fills."""
    return {"Lineitem quantity": str(line.quantity), "Lineitem name": line.product.name,
            "Lineitem price": money(line.product.price), "Lineitem sku": line.product.sku,
            "Lineitem requires shipping": "true", "Lineitem taxable": "true",
            "Lineitem fulfillment status": "fulfilled", "Lineitem discount": "0.00"}  # fmt: skip


def refund(order: Order) -> int:
    """How much went back."""
    parts = {"refunded": 1, "cancelled": 1, "partially_refunded": 3}
    return order.total // parts[order.status] if order.status in parts else 0


def head_cells(account: Account, order: Order) -> dict[str, str]:
    """The columns that only the first row of an order fills."""
    person, paid, test = order.person, order.status != "pending", order.status == "test"
    name = f"{person.first_name} {person.last_name}"
    cancelled = local(account, order.ms + int(timedelta(hours=20).total_seconds()) * 1000)
    return {
        "Email": person.email, "Financial Status": FINANCIAL.get(order.status, order.status),
        "Paid at": local(account, order.ms + 2000) if paid else "",
        "Fulfillment Status": "fulfilled" if paid else "unfulfilled",
        "Currency": account.currency, "Subtotal": money(order.subtotal), "Shipping": money(order.shipping),
        "Taxes": "0.00", "Total": money(order.total), "Discount Code": "WELCOME10" if order.discount else "",
        "Discount Amount": money(order.discount), "Shipping Method": "Standard", "Billing Name": name,
        "Billing Country": account.country, "Billing Phone": person.phone if person.gives_phone else "",
        "Cancelled at": cancelled if order.status == "cancelled" else "",
        "Payment Method": "bogus" if test else "Bank Deposit" if not paid else "Shopify Payments",
        "Refunded Amount": money(refund(order)), "Vendor": account.title,
        "Outstanding Balance": "0.00" if paid else money(order.total),
        "Id": str(FIRST_ID + order.number * ID_STEP), "Tags": "test" if test else "", "Source": order.origin,
    }  # fmt: skip


def order_rows(account: Account, order: Order) -> Iterator[list[str]]:
    """The rows of one order."""
    shared = {"Name": f"#{order.number}", "Created at": local(account, order.ms)}
    for number, line in enumerate(order.lines):
        once = head_cells(account, order) if number == 0 else {"Email": order.person.email}
        cells = shared | line_cells(line) | once
        yield [cells.get(column, "") for column in HEADER]


def shopify_orders(account: Account, orders: tuple[Order, ...]) -> str:
    """The whole export."""
    return csv_text(HEADER, [row for order in reversed(orders) for row in order_rows(account, order)])
