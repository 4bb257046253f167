"""A YAML document of a rule while it is read: its keys, and every mistake with file, line, key and remedy."""

from __future__ import annotations

from typing import Any

from tiktrack.errors import Place, Problem
from tiktrack.model.rule import Predicate
from tiktrack.nearest import did_you_mean
from tiktrack.rules.keys import BY_NAME, Key
from tiktrack.schema import Table
from tiktrack.yamlfile import Mapping


class Document:
    """One document; ``problems`` holds what is wrong with it. ``check`` also checks the SQL inside."""

    def __init__(self, content: Any, path: str, *, check: bool) -> None:
        self.content = content if isinstance(content, Mapping) else Mapping()
        self.path, self.check = path, check
        self.problems: list[Problem] = []
        if not isinstance(content, Mapping):
            self.problem("document", "a rule must be a mapping of keys", "see `tiktrack rules new ID` for a template")

    def problem(self, key: str, message: str, hint: str | None = None, *, inside: Mapping | None = None) -> None:
        """Note a mistake at ``key`` of the document, or of a mapping ``inside`` it."""
        mapping = self.content if inside is None else inside
        self.problems.append(Problem(Place(self.path, mapping.line_of(key)), key, message, hint))

    def values(self) -> dict[str, Any]:
        """Key → value as written, None where it is absent or wrong; keys that do not exist are noted."""
        for key in self.content:
            if key not in BY_NAME:
                self.problem(key, "there is no such key", did_you_mean(key, BY_NAME, "see `tiktrack rules schema`"))
        return {key.name: self._read(key) for key in BY_NAME.values()}

    def _read(self, key: Key) -> Any:
        value = self.content.get(key.name)
        if value is None or value == "":
            if key.required:
                self.problem(key.name, "is missing", f"{key.name}: {key.about}")
            return None
        if key.kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if key.kind in ("text", "one_of") and isinstance(value, int | float):
            value = str(value).lower() if isinstance(value, bool) else str(value)
        if not isinstance(value, {"text": str, "one_of": str, "list": list, "mapping": Mapping}.get(key.kind, float)):
            self.problem(key.name, f"must be a {key.kind.replace('one_of', 'word')}", key.about)
            return None
        if isinstance(value, list) and key.name != "examples" and not all(isinstance(item, str) for item in value):
            self.problem(key.name, "contains something that is not text", "put items with a colon in quotes")
            return None
        if key.choices and value not in key.choices:
            hint = did_you_mean(str(value), key.choices, f"one of {', '.join(key.choices)}")
            self.problem(key.name, f"'{value}' is not known", hint)
            return None
        return value

    def predicate(
        self, key: str, text: Any, table: Table | None, *, aggregate: bool = False, inside: Mapping | None = None
    ) -> Predicate | None:
        """A condition, or with ``aggregate`` an aggregate, over ``table``."""
        if text is None or table is None:
            return None
        if not self.check:
            return Predicate(str(text), frozenset())
        from tiktrack import sql

        try:
            return sql.predicate(str(text), table, aggregate=aggregate)
        except sql.RefusedError as refused:
            self.problem(key, refused.message, refused.hint, inside=inside)
            return None

    def columns(self, key: str, names: Any, table: Table | None) -> tuple[str, ...]:
        """Columns of ``table`` that a list names."""
        if not names or table is None:
            return ()
        for name in names:
            if name not in table.by_name:
                hint = did_you_mean(str(name), table.by_name, "see docs/schema.md")
                self.problem(key, f"there is no column '{name}' in {table.name}", hint)
        return tuple(names)
