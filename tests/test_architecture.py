"""The floors and the doors: data flows one way, one library has one door, rooms stay small."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.helpers import ROOT

SRC = ROOT / "src" / "tiktrack"
FLOORS = {
    "cli": 9, "trial": 8, "audit": 7, "intake": 6, "gates": 6, "pull": 5, "render": 5, "compare": 5, "ledger": 6,
    "rules": 4, "sources": 4, "engine": 4, "detect": 4, "config": 4, "column_maps": 4, "webhook": 4, "sql": 3, "yamlfile": 3, "settings": 2,
    "schema": 2, "model": 2, "nearest": 1, "public_holidays": 1, "personal": 1, "resources": 1, "errors": 1, "__init__": 0, "__main__": 10,
}  # fmt: skip
DOORS = {
    "typer": ("cli/",), "rich": ("render/terminal/", "cli/"), "httpx": ("pull/client.py", "webhook.py"), "duckdb": ("engine/duckdb.py",),
    "sqlglot": ("sql.py",), "yaml": ("yamlfile.py",), "tenacity": ("pull/",), "python_calamine": ("sources/workbook.py",),
    "holidays": ("public_holidays.py",), "ijson": ("sources/har_entries.py",),
    "zstandard": ("sources/compressed.py",), "charset_normalizer": ("intake/encoding.py",),
}  # fmt: skip
MOST_LINES, MOST_FUNCTION_LINES = 350, 60


@cache
def _files() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SRC.rglob("*.py"))}


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def _module(path: Path) -> str:
    parts = path.relative_to(SRC.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_arrows_point_down() -> None:
    wrong = []
    for path, tree in _files().items():
        for name in _imports(tree):
            parts = name.split(".")
            if parts[0] == "tiktrack" and len(parts) > 1 and parts[1] in FLOORS and parts[1] != _room(path):
                upward = FLOORS[parts[1]] > FLOORS[_room(path)]
                wrong += [f"{path.relative_to(SRC)} imports {name}"] if upward else []
    assert not wrong


def test_every_room_has_a_floor() -> None:
    assert {_room(path) for path in _files()} <= set(FLOORS)


def test_one_library_one_door() -> None:
    wrong = [
        f"{path.relative_to(SRC)} imports {library}"
        for path, tree in _files().items()
        for library in {name.split(".")[0] for name in _imports(tree)} & set(DOORS)
        if not str(path.relative_to(SRC)).startswith(DOORS[library])
    ]
    assert not wrong


def test_the_network_and_the_audit_meet_in_the_cli_only() -> None:
    """What pulls knows nothing of what judges, and the other way round: their contract is the folder."""
    ground = {"pull", "errors", "schema", "model", "settings", "nearest", "resources", "__init__"}
    for path, tree in _files().items():
        rooms = {
            name.split(".")[1]
            for name in _imports(tree)
            if name.startswith("tiktrack.") and name.split(".")[1] in FLOORS
        }
        if _room(path) == "pull":
            assert rooms <= ground, path
        elif _room(path) != "cli":
            assert "pull" not in rooms, path


def test_no_circle() -> None:
    modules = {_module(path): tree for path, tree in _files().items()}
    arrows = {
        name: {
            target
            for target in _top_level(tree)
            if target in modules and target != name and not name.startswith(target)
        }
        for name, tree in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for target in arrows[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in arrows:
        visit(name, ())


def _top_level(tree: ast.Module) -> set[str]:
    return _imports(
        ast.Module(body=[n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)], type_ignores=[])
    )


def test_rooms_and_functions_stay_small() -> None:
    wrong = []
    for path, tree in _files().items():
        lines = path.read_text(encoding="utf-8").count("\n")
        wrong += [f"{path.relative_to(SRC)}: {lines} lines"] if lines > MOST_LINES else []
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and path.parent.name != "cli":
                length = (node.end_lineno or 0) - node.lineno + 1
                wrong += (
                    [f"{path.relative_to(SRC)}:{node.lineno} {node.name}: {length}"]
                    if length > MOST_FUNCTION_LINES
                    else []
                )
    assert not wrong
