"""What columns of orders are called in other languages: one line a language, field → names.

Plain words for the number, the time and the total of an order, as shops, their plugins and people write them.
"""

from __future__ import annotations

from tiktrack.sources.orders_words import ANY, Fields

_WORDS: dict[str, Fields] = {
    "de": {
        "order_id": ("bestellnummer", "bestellnr.", "bestellnr", "bestell-nr.", "bestell-nr", "bestell-id",
                     "auftragsnummer", "auftragsnr.", "bestellung #", "bestellung"),
        "created": ("bestelldatum", "bestellt am", "auftragsdatum", "kaufdatum", "erstellt am", "datum"),
        "clock": ("uhrzeit", "bestellzeit"),
        "total": ("gesamtbetrag", "gesamtsumme", "bestellwert", "bruttobetrag", "rechnungsbetrag", "summe", "gesamt",
                  "n. umsatz (formatiert)", "betrag"),
        "subtotal": ("zwischensumme",),
        "tax": ("mwst.", "mwst", "steuer"),
        "shipping": ("versandkosten",),
        "status": ("bestellstatus", "zahlungsstatus"),
        "paid": ("bezahlt am", "zahlungsdatum"),
        "currency": ("währung",),
        "email": ("e-mail-adresse", "e-mail adresse"),
        "phone": ("telefon", "telefonnummer"),
        "payment": ("zahlungsart", "zahlungsmethode"),
    },
    "fr": {
        "order_id": ("numéro de commande", "n° de commande", "n° commande", "id commande", "commande"),
        "order_name": ("référence",),
        "created": ("date de commande", "date de la commande", "date de création"),
        "total": ("montant total", "total ttc", "montant ttc", "montant"),
        "subtotal": ("sous-total",),
        "shipping": ("frais de port", "frais de livraison"),
        "status": ("statut", "statut de la commande", "état de la commande", "état"),
        "currency": ("devise",),
        "email": ("adresse e-mail", "courriel"),
        "phone": ("téléphone",),
        "payment": ("mode de paiement", "paiement"),
    },
    "es": {
        "order_id": ("número de pedido", "nº de pedido", "n.º de pedido", "id de pedido", "id del pedido", "pedido"),
        "order_name": ("referencia",),
        "created": ("fecha del pedido", "fecha de pedido", "fecha de compra", "fecha de creación", "fecha"),
        "clock": ("hora",),
        "total": ("importe total", "total del pedido", "importe"),
        "shipping": ("gastos de envío",),
        "status": ("estado del pedido", "estado de pago", "estado"),
        "currency": ("moneda", "divisa"),
        "email": ("correo electrónico", "correo"),
        "phone": ("teléfono",),
        "payment": ("método de pago", "forma de pago"),
    },
    "it": {
        "order_id": ("numero ordine", "numero d'ordine", "n. ordine", "id ordine", "ordine"),
        "order_name": ("riferimento",),
        "created": ("data ordine", "data dell'ordine", "data di creazione", "data"),
        "clock": ("ora",),
        "total": ("totale ordine", "importo totale", "totale", "importo"),
        "subtotal": ("subtotale",),
        "shipping": ("spese di spedizione",),
        "status": ("stato ordine", "stato dell'ordine", "stato del pagamento", "stato"),
        "currency": ("valuta",),
        "phone": ("telefono",),
        "payment": ("metodo di pagamento",),
    },
    "pt": {
        "order_id": ("número do pedido", "nº do pedido", "id do pedido", "número da encomenda", "nº da encomenda",
                     "encomenda", "pedido"),
        "created": ("data do pedido", "data da compra", "data da encomenda", "data de criação", "data"),
        "clock": ("hora",),
        "total": ("valor total", "total do pedido", "valor do pedido", "valor"),
        "shipping": ("frete", "portes"),
        "status": ("status do pedido", "status do pagamento", "situação", "estado da encomenda", "estado"),
        "currency": ("moeda",),
        "phone": ("telefone",),
        "payment": ("forma de pagamento", "método de pagamento"),
    },
    "nl": {
        "order_id": ("bestelnummer", "ordernummer", "bestelling"),
        "created": ("besteldatum", "orderdatum", "datum"),
        "total": ("totaalbedrag", "totaal", "bedrag"),
        "status": ("orderstatus", "bestelstatus", "betaalstatus"),
        "currency": ("valuta",),
        "email": ("e-mailadres",),
        "phone": ("telefoonnummer", "telefoon"),
        "payment": ("betaalmethode",),
    },
    "pl": {
        "order_id": ("numer zamówienia", "nr zamówienia", "id zamówienia", "zamówienie"),
        "created": ("data zamówienia", "data złożenia", "data utworzenia", "data"),
        "total": ("wartość zamówienia", "suma", "razem", "kwota", "wartość"),
        "status": ("status zamówienia", "stan"),
        "currency": ("waluta",),
        "phone": ("telefon",),
        "payment": ("sposób płatności", "metoda płatności"),
    },
    "sv": {
        "order_id": ("ordernummer", "beställningsnummer"),
        "created": ("orderdatum", "beställningsdatum", "datum"),
        "total": ("totalbelopp", "summa", "totalt", "belopp"),
        "currency": ("valuta",),
    },
    "tr": {
        "order_id": ("sipariş numarası", "sipariş no"),
        "created": ("sipariş tarihi", "tarih"),
        "total": ("toplam tutar", "toplam", "tutar"),
        "status": ("sipariş durumu", "durum"),
        "currency": ("para birimi",),
    },
    "ru": {
        "order_id": ("номер заказа", "заказ"),
        "created": ("дата заказа", "дата создания", "дата"),
        "total": ("сумма заказа", "сумма", "итого"),
        "status": ("статус заказа", "статус"),
        "currency": ("валюта",),
    },
    "ja": {
        "order_id": ("注文番号", "受注番号", "注文id"),
        "created": ("注文日時", "受注日時", "注文日", "受注日"),
        "total": ("合計金額", "注文金額", "請求金額", "総合計", "合計"),
        "status": ("注文ステータス", "受注ステータス", "ステータス", "支払い状況"),
        "currency": ("通貨",),
        "email": ("メールアドレス",),
        "phone": ("電話番号",),
    },
    "ko": {
        "order_id": ("주문번호", "주문 번호"),
        "created": ("주문일시", "주문일", "주문 일시"),
        "total": ("총 결제금액", "총결제금액", "결제금액", "총 주문금액", "합계"),
        "status": ("주문상태", "주문 상태"),
        "currency": ("통화",),
        "email": ("이메일",),
        "phone": ("전화번호", "휴대전화"),
    },
    "zh": {
        "order_id": ("订单号", "订单编号"),
        "created": ("下单时间", "订单创建时间", "创建时间"),
        "total": ("订单总金额", "实付金额", "订单金额", "总金额", "总计"),
        "status": ("订单状态",),
        "currency": ("币种", "货币"),
    },
}  # fmt: skip

ANY_LANGUAGE: Fields = {
    field: (*ANY.get(field, ()), *(name for words in _WORDS.values() for name in words.get(field, ()))) for field in ANY
}
"""Field → names in all languages, English first."""
