"""Names that both the shop and its faults speak of."""

from __future__ import annotations

MAIN = ("www.emberoak.example", "CT8P4LJC77U9E1SDQ6F0")
OUTLET = ("outlet.emberoak.example", "D1M5WXBC77UA04RJHKZG")
"""Host and pixel code of each store."""

OUTLET_CAMPAIGN = "US | Outlet | Purchase"
VIRAL = "US | Spark viral | Purchase"
