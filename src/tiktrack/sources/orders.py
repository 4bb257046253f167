"""The shop systems whose orders are read: one line each."""

from __future__ import annotations

from tiktrack.sources.orders_languages import ANY_LANGUAGE
from tiktrack.sources.orders_table import Shop
from tiktrack.sources.orders_words import BIGCOMMERCE, MAGENTO, SHOPIFY, STRIPE, WOOCOMMERCE

_NO_ORDERS = frozenset({
    "event", "event_name", "event name", "event_type", "event type", "pixel_code", "ttclid", "event_id", "impressions",
    "impression", "cost", "spend", "clicks",
})  # fmt: skip
"""Columns of event logs and ads reports: a table with one of them is no list of orders."""

SHOPS = (
    Shop(
        "shopify-orders",
        "Shopify's orders export: Name, Financial Status, Created at, Total, Lineitem name, …",
        SHOPIFY,
        (
            frozenset({"name", "financial status", "created at", "lineitem name"}),
            frozenset({"name", "financial_status", "created_at", "total_price"}),
            frozenset({"name", "displayfinancialstatus", "createdat"}),
            frozenset({"name", "created at", "price: total"}),
        ),
        words={"authorized": "pending", "expired": "cancelled"},
    ),
    Shop(
        "woocommerce-orders",
        "WooCommerce's orders export: order_id, order_number, order_date, status, order_total, order_currency, …",
        WOOCOMMERCE,
        (
            frozenset({"order_date", "order_total"}),
            frozenset({"order number", "order date", "order total amount"}),
            frozenset({"date", "order #", "n. revenue (formatted)"}),
            frozenset({"number", "date_created_gmt", "total"}),
        ),
        not_with=_NO_ORDERS,
    ),
    Shop(
        "bigcommerce-orders",
        "BigCommerce's orders export: Order ID, Order Status, Order Date, Order Total (inc tax), …",
        BIGCOMMERCE,
        (frozenset({"order id", "order status", "order date", "order total (inc tax)"}),),
        not_with=_NO_ORDERS,
    ),
    Shop(
        "magento-orders",
        "Magento's order grid (ID, Purchase Date, Grand Total (Purchased), …) or table (increment_id, grand_total, …)",
        MAGENTO,
        (
            frozenset({"status", "purchase date", "grand total (purchased)"}),
            frozenset({"increment_id", "created_at", "grand_total"}),
        ),
        words={"closed": "refunded", "suspected-fraud": "cancelled"},
        not_with=_NO_ORDERS,
    ),
    Shop(
        "stripe-payments",
        "Stripe's payments: id, Created date (UTC), Amount, Currency, Captured, …",
        STRIPE,
        (
            frozenset({"id", "created date (utc)", "amount", "currency", "captured"}),
            frozenset({"id", "created (utc)", "amount", "currency", "captured"}),
        ),
        words={"succeeded": "paid"},
        payments=True,
    ),
    Shop(
        "orders-csv",
        "Any table of orders: a column for the order's number, one for its time and one for its total",
        ANY_LANGUAGE,
        (frozenset(),),
        not_with=_NO_ORDERS,
        sure=60,
    ),
)
