"""What happens to files on their way from a shop to us. Every mutation is a function of the bytes and a seeded chance."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

Mutation = Callable[[bytes, Random], bytes]

_WORDS = ("Ausgaben", "비용", "費用", "Расход", "Coût", "Día", "x", "", "名前", "Ärger", "value (€)", "a" * 300)
_ODD = (
    b"\x00",
    b"\xff",
    b"\xef\xbf\xbd",
    b'"',
    b"'",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\x1a",
)
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 2**70, "", "null", "NaN", "-", [], {}, [[]], [1, "a"], {"a": 1}, "\ud7ff\u0000", "=1+1",
    "1.234,56", "31/12/2026", "é" * 50,
)  # fmt: skip


def flip_bytes(data: bytes, chance: Random) -> bytes:
    """Bits that fell over."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def insert_odd(data: bytes, chance: Random) -> bytes:
    """Signs that mean something to somebody."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_ODD) * chance.choice((1, 1, 2, 40)) + data[at:]
    return data


def cut_off(data: bytes, chance: Random) -> bytes:
    """A download that stopped."""
    return data[: chance.randrange(1, len(data) + 1)]


def lose_lines(data: bytes, chance: Random) -> bytes:
    """Lines that are gone, twice there, or in another place."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        match chance.randrange(3):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case _:
                lines.insert(chance.randrange(len(lines)), lines.pop(at))
    return b"".join(lines)


def cut_lines(data: bytes, chance: Random) -> bytes:
    """Lines cut in the middle."""
    lines = data.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
    return b"\n".join(lines) + b"\n"


def blank_lines(data: bytes, chance: Random) -> bytes:
    """Blank lines in between."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice((b"\n", b"  \n", b"\r\n", b"\t\n")))
    return b"".join(lines)


def line_ends(data: bytes, chance: Random) -> bytes:
    """Other line ends, in all or in some places."""
    end, share = chance.choice((b"\r\n", b"\r", b"\n\n", b"\r\r\n")), chance.choice((0.2, 1))
    return re.sub(rb"\r?\n", lambda match: end if chance.random() < share else match[0], data)


def other_encoding(data: bytes, chance: Random) -> bytes:
    """Saved by another program."""
    text = data.decode("utf-8", errors="replace")
    code = chance.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp949", "cp932", "gb18030")
    )
    return text.encode(code, errors="replace")


def drop_columns(data: bytes, chance: Random) -> bytes:
    """Columns of a table, or keys of its objects, that are gone."""
    return (
        _each_row(data, lambda row: [cell for i, cell in enumerate(row) if i != at], chance)
        if (at := chance.randrange(6)) >= 0 and not _is_json(data)
        else _each_object(data, lambda o: o.pop(chance.choice(list(o)), None) if o else None)
    )


def rename_columns(data: bytes, chance: Random) -> bytes:
    """Headers in another language."""
    if _is_json(data):

        def rename(o: dict[str, Any]) -> None:
            if o:
                o[chance.choice(_WORDS)] = o.pop(chance.choice(list(o)))

        return _each_object(data, rename)
    head, _, rest = data.partition(b"\n")
    delimiter = max(b",;\t|", key=lambda d: head.count(bytes([d])))
    cells = head.split(bytes([delimiter]))
    for _ in range(chance.randint(1, 3)):
        cells[chance.randrange(len(cells))] = chance.choice(_WORDS).encode()
    return bytes([delimiter]).join(cells) + b"\n" + rest


def other_numbers(data: bytes, chance: Random) -> bytes:
    """Numbers as another country, or nobody, writes them."""
    ways = (lambda n: n.replace(b".", b","), lambda n: b"1." + n, lambda n: b'"' + n + b'"', lambda n: b"-" + n,
            lambda n: n + b"%", lambda n: n + b"e400", lambda n: b"NaN", lambda n: n * 12, lambda n: b"")  # fmt: skip
    way, share = chance.choice(ways), chance.choice((0.05, 0.5, 1))
    return re.sub(rb"\d+(\.\d+)?", lambda match: way(match[0]) if chance.random() < share else match[0], data)


def other_types(data: bytes, chance: Random) -> bytes:
    """Values of another type somewhere inside."""
    if not _is_json(data):
        return _each_row(
            data, lambda row: [str(chance.choice(_VALUES)) if chance.random() < 0.1 else c for c in row], chance
        )
    return _each_object(data, lambda o: _change(o, chance))


def deep(data: bytes, chance: Random) -> bytes:
    """One line of brackets without end."""
    return data.rstrip(b"\n") + b"\n" + chance.choice((b"[", b'{"a":', b"{")) * chance.choice((500, 100_000)) + b"\n"


def wide(data: bytes, chance: Random) -> bytes:
    """One very long line."""
    return data.rstrip(b"\n") + b"\n" + chance.choice((b"x", b"1,", b'"a",')) * 300_000 + b"\n" + data


def packed(data: bytes, chance: Random) -> bytes:
    """Packed, perhaps not to the end."""
    pack = chance.choice((gzip.compress, bz2.compress))(data)
    return pack if chance.random() < 0.6 else pack[: chance.randrange(4, len(pack))]


def reframed(data: bytes, chance: Random) -> bytes:
    """The same objects in another frame."""
    objects = [o for line in data.splitlines() if isinstance(o := _loaded(line), dict)]
    match chance.randrange(5):
        case _ if not objects:
            return data
        case 0:
            return json.dumps(objects).encode()
        case 1:
            return json.dumps(objects, indent=2).encode()
        case 2:
            return "".join(json.dumps(o) for o in objects).encode()
        case 3:
            return json.dumps({"made": 1, "rows": objects}, indent=1).encode()
        case _:
            return b"[\n" + b",\n".join(json.dumps(o).encode() for o in objects) + b"\n]\n"


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, insert_odd, cut_off, lose_lines, cut_lines, blank_lines, line_ends, other_encoding, drop_columns,
    rename_columns, other_numbers, other_types, deep, wide, packed, reframed,
)  # fmt: skip


def _is_json(data: bytes) -> bool:
    return data.lstrip()[:1] in (b"{", b"[")


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _each_object(data: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    lines = []
    for line in data.splitlines():
        value = _loaded(line)
        if isinstance(value, dict):
            change(value)
            line = json.dumps(value).encode()
        lines.append(line)
    return b"\n".join(lines) + b"\n"


def _each_row(data: bytes, change: Callable[[list[str]], list[str]], chance: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    try:
        writer.writerows(change(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return data
    return out.getvalue().encode("utf-8", errors="replace")


def _change(value: Any, chance: Random) -> None:
    """Put something else somewhere into an object."""
    while isinstance(value, dict | list) and value:
        key: Any = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        if not isinstance(value[key], dict | list) or not value[key] or chance.random() < 0.4:
            value[key] = chance.choice(_VALUES)
            return
        value = value[key]
