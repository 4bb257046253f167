"""Words of shops for what became of an order and where it came from, and the columns they stand in.

Sources: Shopify's order export, WooCommerce's export suite and order statuses, BigCommerce's order statuses and export,
Magento's order grid and statuses; each shop's own documentation.
"""

from __future__ import annotations

Fields = dict[str, tuple[str, ...]]

SHOPIFY: Fields = {
    "order_id": ("name",),
    "order_name": ("id",),
    "email": ("email",),
    "phone": ("phone",),
    "status": ("financial status", "display financial status", "payment: status"),
    "paid": ("paid at",),
    "created": ("created at",),
    "cancelled": ("cancelled at",),
    "total": ("total", "total price", "total price set.shop money.amount", "price: total"),
    "subtotal": ("subtotal", "subtotal price", "subtotal price set.shop money.amount", "price: subtotal"),
    "tax": ("taxes", "total tax", "tax: total"),
    "shipping": ("shipping", "price: total shipping"),
    "refunded": ("refunded amount", "price: total refund"),
    "currency": ("currency", "currency code", "total price set.shop money.currency code"),
    "source": ("source", "source name"),
    "tags": ("tags",),
    "test": ("test",),
    "payment": ("payment method",),
    "line": ("lineitem name", "line: type"),
}
"""The export, and with the same meaning the orders of the API (REST and GraphQL), of warehouses, and of Matrixify."""
WOOCOMMERCE: Fields = {
    "order_id": ("order_number", "order number", "order_id", "order id", "order #", "number"),
    "order_name": ("order_id", "order id", "id"),
    "email": ("customer_email", "billing_email", "email (billing)", "billing.email"),
    "phone": ("billing_phone", "phone (billing)", "billing.phone"),
    "status": ("status", "order_status", "order status"),
    "paid": ("paid_date", "date_paid_gmt", "date_paid", "paid date"),
    "created": ("order_date", "date_created_gmt", "date_created", "order date", "date"),
    "total": ("order_total", "order total amount", "order total", "n. revenue (formatted)", "total"),
    "subtotal": ("order_subtotal", "order subtotal amount", "net sales", "n. revenue"),
    "tax": ("tax_total", "order total tax amount", "total_tax"),
    "shipping": ("shipping_total", "order shipping amount"),
    "refunded": ("refunded_total", "order refund amount"),
    "currency": ("order_currency", "currency", "order currency"),
    "source": ("created_via",),
    "payment": ("payment_method", "payment method title"),
}
BIGCOMMERCE: Fields = {
    "order_id": ("order id",),
    "email": ("customer email", "billing email"),
    "phone": ("customer phone", "billing phone"),
    "status": ("order status", "status"),
    "created": ("order date", "date created"),
    "clock": ("order time",),
    "total": ("order total (inc tax)", "total inc tax", "order total"),
    "subtotal": ("subtotal (ex tax)", "subtotal ex tax", "subtotal (inc tax)", "subtotal inc tax"),
    "tax": ("tax total", "total tax", "subtotal tax"),
    "shipping": ("shipping cost (ex tax)", "shipping cost ex tax", "shipping cost (inc tax)"),
    "refunded": ("refund amount", "refunded amount"),
    "currency": ("order currency code", "currency code"),
    "source": ("order source",),
    "payment": ("payment method",),
}
MAGENTO: Fields = {
    "order_id": ("increment_id", "order #", "id"),
    "order_name": ("entity_id",),
    "email": ("customer email", "customer_email"),
    "phone": ("billing telephone", "telephone"),
    "status": ("status",),
    "created": ("purchase date", "purchased on", "created_at"),
    "total": ("grand total (purchased)", "g.t. (purchased)", "grand_total", "grand total (base)", "g.t. (base)"),
    "subtotal": ("subtotal",),
    "tax": ("tax_amount",),
    "shipping": ("shipping and handling", "shipping_amount"),
    "refunded": ("total refunded", "total_refunded"),
    "currency": ("order_currency_code", "order currency code"),
    "payment": ("payment method",),
}
STRIPE: Fields = {
    "order_id": ("id",),
    "order_name": ("order_id (metadata)", "order (metadata)", "orderid (metadata)", "order_number (metadata)"),
    "email": ("customer email",),
    "status": ("status",),
    "created": ("created date (utc)", "created (utc)"),
    "total": ("amount",),
    "refunded": ("amount refunded",),
    "currency": ("currency",),
}
ANY: Fields = {
    "order_id": (
        "order_number", "order number", "order_id", "order id", "orderid", "order no", "order_no", "order #", "order",
        "invoiceno", "invoice_no", "transaction_id", "transaction id", "order_ref", "order_reference", "order_name",
        "id",
    ),
    "order_name": ("order_id", "order id", "order_name", "order name", "order_reference", "reference"),
    "email": ("email", "customer_email", "customer email", "billing_email", "billing email", "e-mail", "contact email"),
    "phone": ("phone", "customer_phone", "billing_phone", "billing phone", "telephone"),
    "status": ("status", "order_status", "order status", "financial_status", "financial status", "payment_status",
               "payment status", "state"),
    "paid": ("paid_at", "paid at", "paid_date", "date_paid", "payment_date"),
    "created": ("created_at", "created at", "order_date", "order date", "date_created", "date created", "placed_at",
                "order_created_at", "order_created", "purchase_date", "purchase date", "ordered_at", "order_date_time",
                "order_time", "timestamp", "date", "created", "time"),
    "clock": ("time", "order_time", "order time"),
    "cancelled": ("cancelled_at", "canceled_at", "cancelled at"),
    "total": ("total", "order_total", "order total", "grand_total", "grand total", "total_price", "total price",
              "total_amount", "total amount", "amount_total", "order_value", "gross_total", "net_total",
              "revenue", "amount", "value"),
    "subtotal": ("subtotal", "sub_total", "subtotal_price", "order_subtotal"),
    "tax": ("tax", "taxes", "total_tax", "tax_total"),
    "shipping": ("shipping", "shipping_total", "shipping_cost", "total_shipping"),
    "refunded": ("refunded", "refunded_amount", "refunded amount", "total_refunded", "refund_amount"),
    "currency": ("currency", "currency_code", "order_currency", "currency code", "ccy"),
    "source": ("source", "source_name", "sales_channel", "sales channel", "channel", "order_source", "order source"),
    "tags": ("tags",),
    "test": ("test", "is_test"),
    "payment": ("payment_method", "payment method", "gateway"),
}  # fmt: skip

ORIGIN: dict[str, tuple[str, ...]] = {
    "pos": ("pos", "point of sale", "square", "retail"),
    "draft": ("draft", "manual", "admin"),
    "subscription": ("subscription", "recurring"),
    "marketplace": ("amazon", "ebay", "etsy", "walmart", "tiktok", "marketplace"),
}
"""Where an order came from → parts of words; all else is the web shop."""
