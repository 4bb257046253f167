"""What the words of shops say became of an order.

Known words are those of Shopify, WooCommerce, BigCommerce, Magento and payment services. Of other words, in the
languages of most shops, parts decide: ``Awaiting bank wire payment`` is pending, ``Wurde storniert`` cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

STATUS: dict[str, tuple[str, ...]] = {
    "test": ("test",),
    "cancelled": (
        "cancelled", "canceled", "voided", "void", "failed", "declined", "expired", "abandoned", "trash", "fraud",
        "incomplete",
    ),
    "refunded": ("refunded", "fully-refunded", "returned", "charged-back", "chargeback"),
    "pending": (
        "pending", "pending-payment", "unpaid", "on-hold", "holded", "hold", "open", "new", "draft", "checkout-draft",
        "authorized", "authorised", "partially-paid", "awaiting-payment", "payment-review",
        "manual-verification-required",
    ),
    "paid": (
        "paid", "partially-refunded", "completed", "complete", "processing", "shipped", "partially-shipped",
        "fulfilled", "partially-fulfilled", "delivered", "awaiting-fulfillment", "awaiting-shipment", "awaiting-pickup",
        "success", "succeeded", "settled", "captured", "disputed", "closed", "confirmed", "invoiced", "done",
    ),
}  # fmt: skip
"""What became of an order → words, in lower case and with hyphens."""

_PARTS: dict[str, tuple[str, ...]] = {
    "refunded": (
        "refund", "chargeback", "erstatte", "rückerstatt", "rembours", "reembols", "rimbors", "devuelt", "terugbetaald",
        "återbetal", "zwrot", "zwróc", "возврат", "iade", "返金", "返品", "환불", "退款",
    ),
    "cancelled": (
        "incomplet", "incomplèt", "nicht-abgeschlossen",
        "cancel", "storn", "annul", "anulow", "annuller", "geannuleerd", "avbruten", "отмен", "iptal", "fail", "reject",
        "declin", "denied", "abgelehnt", "abgebrochen", "fehlgeschlagen", "échou", "refusé", "fallid", "rechazad",
        "recusad", "rifiutat", "fallit", "odrzuc", "mislukt", "キャンセル", "取消", "취소",
    ),
    "pending": (
        "pending", "await", "waiting", "unpaid", "on-hold", "requires-", "ausstehend", "wartend", "wartestellung",
        "offen", "nicht-bezahlt", "unbezahlt", "attente", "impay", "non-pay", "pendient", "no-pagad", "pendente",
        "aguardando", "não-pag", "in-attesa", "non-pagat", "openstaand", "niet-betaald", "in-afwachting", "oczekuj",
        "nieopłac", "ожида", "не-оплачен", "bekle", "ödenmedi", "未入金", "未払", "入金待", "입금대기", "입금-대기",
        "待付款", "未付款",
    ),
    "paid": (
        "paid", "payment-accepted", "complet", "processing", "fulfil", "shipped", "deliver", "bezahlt", "abgeschlossen",
        "bearbeitung", "versand", "versendet", "geliefert", "payé", "paiement-accepté", "terminé", "expédi", "livré",
        "en-cours", "pagad", "pago", "enviad", "entregad", "concluíd", "procesando", "processando", "aprovad", "pagat",
        "completat", "spedit", "consegnat", "evaso", "lavorazione", "betaald", "voltooid", "afgerond", "verzonden",
        "opłac", "zrealizow", "wysłan", "w-trakcie", "betald", "slutförd", "оплачен", "выполнен", "доставлен", "ödendi",
        "tamamland", "kargo", "入金済", "支払済", "発送", "出荷", "완료", "배송", "已付款", "已完成", "已发货",
    ),
}  # fmt: skip
"""State → parts of words. The first state that fits is taken, so that ``unpaid`` is not paid."""

_PARTLY = ("partial", "partiel", "parcial", "parzial", "teil", "gedeeltelijk", "częściow", "частич", "一部", "부분")
"""What is refunded in part is paid."""


def states(words: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """Each of the words as :func:`tidied` → the state, where it is known; ``own`` are words that mean something else in
    this shop."""
    known = {**{word: state for state, listed in STATUS.items() for word in listed}, **own}
    found = {}
    for word in {tidied(word) for word in words} - {""}:
        if state := known.get(word) or _by_part(word):
            found[word] = state
    return found


def _by_part(word: str) -> str | None:
    state = next((state for state, parts in _PARTS.items() if any(part in word for part in parts)), None)
    return "paid" if state == "refunded" and any(part in word for part in _PARTLY) else state


def tidied(word: str) -> str:
    """A word as it is compared: lower case, hyphens, without WooCommerce's ``wc-``."""
    return "-".join(word.strip().lower().replace("_", " ").split()).removeprefix("wc-")


def tidy(x: str) -> str:
    """SQL of :func:`tidied`."""
    return f"regexp_replace(regexp_replace(lower(trim({x})), '[\\s_]+', '-', 'g'), '^wc-', '')"
