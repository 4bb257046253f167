"""Currencies that TikTok lists as supported (Events API reference and help page "About parameters"), and signs."""

_LISTED = """
AED ARS AUD BDT BHD BIF BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GTQ HKD HNL HUF IDR
ILS INR ISK JPY KES KHR KRW KWD KZT MAD MOP MXN MYR NGN NIO NOK NZD OMR PEN PHP PKR PLN PYG QAR RON
RUB SAR SEK SGD THB TRY TWD UAH USD VES VND ZAR
"""
CURRENCIES = tuple(_LISTED.split())

SIGNS = {
    "US$": "USD", "R$": "BRL", "A$": "AUD", "CA$": "CAD", "C$": "CAD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD",
    "MX$": "MXN", "NZ$": "NZD", "€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR", "฿": "THB", "₱": "PHP",
    "₺": "TRY", "₪": "ILS", "Rp": "IDR", "RM": "MYR", "zł": "PLN",
}  # fmt: skip
"""Signs that name one currency."""
OPEN_SIGNS = ("$", "¥", "kr")
"""Signs that name several currencies and say nothing."""
