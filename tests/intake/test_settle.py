"""The same rows in any encoding, packing and frame give the same counts; what was damaged is counted and said."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from tests.helpers import purchase, request, taken_in
from tiktrack.model.report import InputRead

REQUESTS = [request(purchase(number)) for number in range(5)]
LINES = "".join(json.dumps(r) + "\n" for r in REQUESTS)
HEADER = "Campaign name,Ad Group Name,Date,Ad Name,Cost,Impression,Clicks (Destination),Conversions,Currency\n"
ROWS = "".join(f"봄 세일,g,2024-04-0{i},a{i},12.5,1000,20,1,KRW\n" for i in range(1, 6))
TABLE = HEADER + ROWS


EMPTY_ZIP = b"PK\x05\x06" + b"\0" * 18


def read(tmp_path: Path, name: str, content: bytes) -> InputRead:
    path = tmp_path / name
    path.write_bytes(content)
    with taken_in(path) as (_, intake):
        (found,) = intake.inputs
    assert found.path == str(path)
    return found


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode("utf-16"), TABLE.encode("utf-16-be"), TABLE.encode("utf-16-le"), TABLE.encode("utf-32"),
        TABLE.encode("utf-8-sig"), TABLE.encode("cp949"), TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(), TABLE.replace("\n", "\r\n", 3).encode(), gzip.compress(TABLE.encode("cp949")),
    ],
    ids=["utf-16", "utf-16-be", "utf-16-le", "utf-32", "bom", "cp949", "crlf", "cr", "mixed ends", "cp949 in gzip"],
)  # fmt: skip
def test_encodings_of_a_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with taken_in(path) as (engine, intake):
        assert [(r.kind, r.rows, r.rejected) for r in intake.inputs] == [("ads-manager-csv", 5, 0)]
        assert engine.rows("select distinct campaign from ads").rows == [("봄 세일",)]


@pytest.mark.parametrize("sign", ["£", "€", "¥"])
def test_signs_of_money_tell_a_western_page(tmp_path: Path, sign: str) -> None:
    for campaign in ("A", "Frühling"):
        rows = "".join(f"2026-11-0{day};{campaign};{sign}{day}1,50;100\n" for day in range(1, 6))
        table = f"By Day;Campaign name;Cost;Impressions\n{rows}".encode("cp1252")
        found = read(tmp_path, "export.csv", table)
        assert (found.rows, found.rejected) == (5, 0)
        assert "code page cp1252" in found.notes[0]


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "cp1252"])
def test_the_name_of_a_file_tells_its_days_in_any_encoding(tmp_path: Path, code: str) -> None:
    table = "Date;Campaign name;Cost;Impressions\n06/07/2026;Été;1,50;100\n08/07/2026;Été;1,50;100\n"
    found = read(tmp_path, "Ads_20260701-20260731.csv", table.encode(code))
    assert (found.first, found.last, found.rejected) == ("2026-07-06", "2026-07-08", 0)


@pytest.mark.parametrize(
    ("code", "text"),
    [("cp1252", "Campaña de otoño – España"), ("cp932", "春のセール"), ("gb18030", "春季促销活动 新客 老客"),
     ("cp1251", "Весенняя распродажа")],
)  # fmt: skip
def test_code_pages_are_told_by_their_bytes(tmp_path: Path, code: str, text: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(TABLE.replace("봄 세일", text).encode(code))
    with taken_in(path) as (engine, intake):
        assert code in intake.inputs[0].notes[0]
        assert engine.rows("select distinct campaign from ads").rows == [(text,)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.gz", gzip.compress), ("packed.log", gzip.compress), ("not_packed.gz", bytes), ("a.bz2", bz2.compress),
     ("a.xz", lzma.compress), ("a.zst", zstandard.compress)],
)  # fmt: skip
def test_packings(tmp_path: Path, name: str, pack: object) -> None:
    found = read(tmp_path, name, pack(LINES.encode()))  # type: ignore[operator]
    assert (found.kind, found.rows, found.rejected, found.notes) == ("events-api-2.0", 5, 0, ())


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(REQUESTS), json.dumps(REQUESTS, indent=2), "".join(map(json.dumps, REQUESTS)),
        "\n".join(json.dumps(r, indent=4) for r in REQUESTS), "[\n" + ",\n".join(map(json.dumps, REQUESTS)) + "\n]",
        json.dumps({"made": 1, "result": {"items": REQUESTS}}), json.dumps({"logs": REQUESTS}, indent=1),
        "".join(f"2026-11-25T10:00:0{i}Z INFO sent {json.dumps(r)}\n" for i, r in enumerate(REQUESTS)),
    ],
    ids=["array", "pretty", "concatenated", "pretty ones", "array of lines", "inside", "inside pretty", "after words"],
)  # fmt: skip
def test_frames_of_json(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, "log.json", content.encode())
    assert (found.kind, found.rows, found.rejected) == ("events-api-2.0", 5, 0)
    assert "JSON objects" in found.notes[0]


def test_a_broken_object_costs_itself_and_no_other(tmp_path: Path) -> None:
    broken = json.dumps(REQUESTS, indent=2).replace('"quantity": 1\n', '"quantity": 1\n ]', 1)
    found = read(tmp_path, "log.json", broken.encode())
    assert (found.rows, found.rejected, found.rejects[0].row) == (4, 1, 1)


def test_an_array_that_ends_in_the_middle(tmp_path: Path) -> None:
    found = read(tmp_path, "log.json", json.dumps(REQUESTS).encode()[:-30])
    assert (found.rows, found.rejected, found.rejects[0].row) == (4, 1, 5)
    assert any("breaks off after object 4" in note for note in found.notes)


@pytest.mark.parametrize(
    ("old", "new", "rejected", "note"),
    [
        (b"shop.example", b"sh\0op.example", 0, "rows with NUL bytes, which were dropped: 5"),
        (b"shop.example", "é".encode() + b"sh\xffop.example", 0, "rows with bytes that are not text, shown as �: 5"),
        (b'"Purchase"', b'"' + b"z" * (18 << 20) + b'"', 5, "rows longer than 16 MB, which were rejected: 5"),
    ],
)
def test_damaged_rows_are_counted(tmp_path: Path, old: bytes, new: bytes, rejected: int, note: str) -> None:
    good = (json.dumps(request(purchase(9))).encode() + b"\n") * 9
    found = read(tmp_path, "log.jsonl", good + LINES.encode().replace(old, new))
    assert (found.rows, found.rejected, found.notes) == (14 - rejected, rejected, (note,))


def test_a_row_that_is_too_long_costs_itself_alone_whatever_ends_the_lines(tmp_path: Path) -> None:
    rows = [b"event,time,event_id,value", *(b"Purchase,2026-09-21T14:13:2%dZ,e%d,5" % (n, n) for n in range(9))]
    table = b"\r\n".join([*rows[:5], b"z" * (18 << 20) + b",1,2,3", *rows[5:]]) + b"\r\n"
    found = read(tmp_path, "events.csv", table)
    assert (found.rows, found.rejected, found.rejects[0].row) == (9, 1, 6)


def test_a_log_that_is_mostly_words(tmp_path: Path) -> None:
    found = read(tmp_path, "server.log", "".join(f"started\nwaiting\n{line}\n" for line in LINES.splitlines()).encode())
    assert (found.kind, found.rows, found.rejected) == ("events-api-2.0", 5, 10)


def test_a_row_of_nothing_but_nul_is_rejected(tmp_path: Path) -> None:
    found = read(tmp_path, "log.jsonl", LINES.encode() + b"\0" * 400 + b"\n" + LINES.encode())
    assert (found.rows, found.rejected, found.rejects[0].row) == (10, 1, 6)


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    found = read(tmp_path, "log.gz", gzip.compress((LINES * 500).encode())[:-100])
    assert 1000 < found.rows < 2500
    assert found.rejected == 1
    assert "cut off" in found.notes[0]


def test_members_of_an_archive(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/log.jsonl", LINES)
        archive.writestr("ads.csv", TABLE.encode("utf-16"))
        archive.writestr("deep.json.gz", gzip.compress(LINES.encode() * 2))
        archive.writestr("__MACOSX/ads.csv", b"\0")
        archive.writestr("bomb.csv", b"0" * (120 << 20))
        archive.writestr("inner.zip", EMPTY_ZIP)
    path = tmp_path / "files.zip"
    path.write_bytes(packed.getvalue())
    with taken_in(path) as (_, intake):
        assert {(r.path, r.kind, r.rows) for r in intake.inputs} == {
            (f"{path}/in/log.jsonl", "events-api-2.0", 5), (f"{path}/ads.csv", "ads-manager-csv", 5),
            (f"{path}/deep.json.gz", "events-api-2.0", 10),
        }  # fmt: skip
        assert {Path(u.what).name: u.why.split(" to more")[0] for u in intake.unknowns} == {
            "bomb.csv": "unpacks", "inner.zip": "is an archive within an archive"
        }  # fmt: skip


def test_an_object_without_the_list_of_the_others_is_a_rejected_row(tmp_path: Path) -> None:
    pages = [{"rows": REQUESTS[:2]}, {"entries": REQUESTS[2:3]}, {"rows": REQUESTS[3:]}]
    found = read(tmp_path, "log.json", "".join(json.dumps(page) + "\n" for page in pages).encode())
    assert (found.rows, found.rejected, [reject.row for reject in found.rejects]) == (4, 1, [3])
