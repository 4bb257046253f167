"""What columns of reports may be called in languages whose wording nobody confirmed.

Plain words, and only for the map that is offered to be corrected: no file is read by them.
"""

from __future__ import annotations

MAYBE: dict[str, tuple[str, ...]] = {
    "day": (
        "nach tag", "tag", "datum", "par jour", "jour", "per giorno", "giorno", "data", "por dia", "dia",
        "fecha",
        "per dag", "według dnia", "data dnia", "güne göre", "tarih", "по дням", "дата", "日別", "日付",
        "按天", "日期", "날짜",
        "รายวัน", "วันที่", "theo ngày", "ngày", "menurut hari", "tanggal", "حسب اليوم", "التاريخ",
    ),
    "campaign": (
        "kampagnenname", "kampagne", "nom de la campagne", "campagne", "nome campagna", "nome della campagna",
        "campagnenaam", "nazwa kampanii", "kampanya adı", "название кампании", "キャンペーン名",
        "推广系列名称", "广告系列名称",
        "行銷活動名稱", "ชื่อแคมเปญ", "tên chiến dịch", "اسم الحملة",
    ),
    "adgroup": (
        "anzeigengruppenname", "name der anzeigengruppe", "nom du groupe d'annonces", "nome gruppo di annunci",
        "nombre del grupo de anuncios", "nome do grupo de anúncios", "naam advertentiegroep",
        "nazwa grupy reklam",
        "reklam grubu adı", "название группы объявлений", "広告グループ名", "广告组名称", "ชื่อกลุ่มโฆษณา",
        "tên nhóm quảng cáo",
        "nama grup iklan", "اسم المجموعة الإعلانية",
    ),
    "ad": (
        "anzeigenname", "nom de l'annonce", "nome annuncio", "nome do anúncio", "advertentienaam",
        "nazwa reklamy",
        "reklam adı", "название объявления", "広告名", "广告名称", "ชื่อโฆษณา", "tên quảng cáo",
        "nama iklan", "اسم الإعلان",
    ),
    "spend": (
        "kosten", "ausgaben", "coût", "dépenses", "costo", "spesa", "koszt", "wydatki", "maliyet",
        "harcama", "затраты",
        "расходы", "コスト", "消化金額", "費用", "消耗", "花费", "成本", "ต้นทุน", "ค่าใช้จ่าย", "chi phí",
        "belanja", "التكلفة",
        "الإنفاق",
    ),
    "impressions": (
        "impressionen", "impressioni", "weergaven", "wyświetlenia", "gösterimler", "gösterim sayısı", "показы",
        "インプレッション", "インプレッション数", "展示量", "展示次数", "曝光次数", "การแสดงผล",
        "lượt hiển thị", "impresi", "tayangan",
        "مرات الظهور",
    ),
    "clicks": (
        "klicks (ziel)", "clics (destination)", "clic (destinazione)", "klikken (bestemming)",
        "kliknięcia (miejsce docelowe)", "tıklamalar (hedef)", "клики (целевая страница)", "クリック数(遷移先)",
        "クリック数(リンク先)", "点击量(目标页面)", "点击次数(目标页面)", "จำนวนคลิก (ปลายทาง)",
        "klik (tujuan)", "klik (destinasi)",
        "النقرات (الوجهة)",
    ),
    "conversions": (
        "conversions", "conversioni", "conversões", "conversies", "konwersje", "dönüşümler", "конверсии",
        "コンバージョン", "コンバージョン数", "转化量", "转化数", "คอนเวอร์ชัน", "lượt chuyển đổi",
        "konversi", "التحويلات",
    ),
    "currency": (
        "währung", "devise", "valuta", "moeda", "waluta", "para birimi", "валюта", "通貨", "货币", "สกุลเงิน",
        "đơn vị tiền tệ", "العملة",
    ),
}  # fmt: skip
"""Field of a report → names that its column may have."""
