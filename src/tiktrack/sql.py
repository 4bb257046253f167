"""The portable subset of SQL that rules may use: the one door to SQLGlot.

A rule file may come from a stranger. What it says is parsed, every node must stand on the list below and every column
in the schema; then the text is printed anew from the tree. Nothing that is not on the list ever reaches an engine.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tiktrack.model.rule import Predicate
from tiktrack.nearest import did_you_mean
from tiktrack.schema import TABLES, Table

_DIALECT = "duckdb"

_PLAIN: tuple[type[exp.Expr], ...] = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Null,
    exp.Boolean,
    exp.Paren,
    exp.And,
    exp.Or,
    exp.Not,
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Is,
    exp.In,
    exp.Between,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.Neg,
    exp.Coalesce,
    exp.Nullif,
    exp.Case,
    exp.If,
    exp.Lower,
    exp.Length,
    exp.Like,
    exp.Abs,
)
_AGGREGATES: tuple[type[exp.Expr], ...] = (
    exp.Count,
    exp.CountIf,
    exp.Sum,
    exp.Min,
    exp.Max,
    exp.ApproxQuantile,
    exp.Star,
    exp.Distinct,
)
_QUERY: tuple[type[exp.Expr], ...] = (
    *_PLAIN,
    *_AGGREGATES,
    exp.Select,
    exp.From,
    exp.Join,
    exp.Where,
    exp.Group,
    exp.Having,
    exp.With,
    exp.CTE,
    exp.TableAlias,
    exp.Table,
    exp.Alias,
    exp.Subquery,
    exp.Union,
    exp.Window,
    exp.Order,
    exp.Ordered,
    exp.RowNumber,
    exp.Lag,
    exp.Lead,
    exp.Filter,
    exp.Greatest,
    exp.Least,
    exp.Cast,
    exp.DataType,
    exp.Tuple,
    exp.DPipe,
    exp.Floor,
    exp.Interval,
    exp.Var,
    exp.Sign,
    exp.WindowSpec,
    exp.Date,
    exp.TsOrDsToDate,
    exp.IntDiv,
)
_ALLOWED_WORDS = (
    "comparisons, and/or/not, in, between, is null, + - * /, coalesce, nullif, case, lower, length, like, abs"
)
_AGGREGATE_WORDS = "count, count_if, count(distinct …), sum, min, max, approx_quantile"


class RefusedError(Exception):
    """The text is outside the subset; ``hint`` says what is inside."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def predicate(text: str, table: Table, *, aggregate: bool = False) -> Predicate:
    """Check an expression over ``table``; with ``aggregate`` it may (and must) aggregate.

    Raises RefusedError with the reason.
    """
    tree = _parsed(text)
    _check_nodes(tree, (*_PLAIN, *_AGGREGATES) if aggregate else _PLAIN, aggregate=aggregate)
    columns = frozenset(column.name for column in tree.find_all(exp.Column))
    _check_columns(tree, columns, table)
    if aggregate and not tree.find(exp.AggFunc):
        raise RefusedError("nothing is aggregated here", f"use {_AGGREGATE_WORDS}")
    return Predicate(_text(tree), columns)


def _parsed(text: str) -> exp.Expr:
    try:
        trees = sqlglot.parse(text, dialect=_DIALECT)
    except SqlglotError as error:
        raise RefusedError(
            f"not readable as SQL: {str(error).splitlines()[0]}", f"allowed are {_ALLOWED_WORDS}"
        ) from error
    if len(trees) != 1 or trees[0] is None:
        raise RefusedError("more than one statement (a semicolon)", "write one condition")
    return trees[0]


def _text(tree: exp.Expr) -> str:
    """The text printed anew from a tree."""
    return tree.sql(dialect=_DIALECT, copy=False)


def _check_nodes(tree: exp.Expr, allowed: tuple[type[exp.Expr], ...], *, aggregate: bool) -> None:
    for node in tree.walk():
        if isinstance(node, exp.Column) and (node.table or node.args.get("db")):
            raise RefusedError(f"'{_text(node)}' names a table", "write the column alone")
        if isinstance(node, exp.In) and (node.args.get("query") or node.args.get("unnest")):
            raise RefusedError("a sub-select is refused", "list the values: x in ('a', 'b')")
        if isinstance(node, exp.Select | exp.Subquery | exp.Exists | exp.Union):
            raise RefusedError("a sub-select is refused", "what needs a join is a measure in rules/measures/*.sql")
        if type(node) not in allowed:
            shown = _text(node)
            words = f"{_ALLOWED_WORDS}; {_AGGREGATE_WORDS}" if aggregate else _ALLOWED_WORDS
            raise RefusedError(f"'{shown[:60]}' is refused: {_kind(node)}", f"allowed are {words}")


def _kind(node: exp.Expr) -> str:
    if isinstance(node, exp.AggFunc):
        return "an aggregate has no place here"
    return (
        "this function may not be called"
        if isinstance(node, exp.Func)
        else f"{type(node).__name__} is not in the subset"
    )


def _check_columns(tree: exp.Expr, columns: frozenset[str], table: Table) -> None:
    for column in sorted(columns):
        if column not in table.by_name:
            hint = did_you_mean(column, table.by_name, f"see docs/schema.md for the columns of {table.name}")
            raise RefusedError(f"there is no column '{column}' in {table.name}", hint)
    for node in tree.find_all(exp.EQ, exp.NEQ, exp.In):
        _check_states(node, table)


def _check_states(node: exp.Expr, table: Table) -> None:
    """A status column compared with a state that it never has would silently match nothing."""
    sides = [node.this, node.args.get("expression"), *node.args.get("expressions", [])]
    names = [side.name for side in sides if isinstance(side, exp.Column)]
    if len(names) != 1:
        return
    states = table.by_name[names[0]].values
    for side in sides:
        if states and isinstance(side, exp.Literal) and side.name not in states:
            hint = did_you_mean(side.name, states, f"its states are {', '.join(states)}")
            raise RefusedError(f"{names[0]} is never '{side.name}'", hint)


def query(text: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Check a measure: a SELECT over canonical tables. Returns its text, its tables, and the columns that it names.

    Raises RefusedError with the reason.
    """
    tree = _parsed(text)
    if not isinstance(tree, exp.Select | exp.Union):
        raise RefusedError("a measure is a SELECT", "begin with SELECT or WITH")
    made = {cte.alias for cte in tree.find_all(exp.CTE)}
    for node in tree.walk():
        if isinstance(node, exp.Table) and node.args.get("db"):
            shown = _text(node)
            raise RefusedError(f"'{shown}' is refused", "only canonical tables can be read")
        if type(node) not in _QUERY:
            raise RefusedError(f"'{_text(node)[:60]}' is refused: {_kind(node)}", "see docs/rules-format.md")
    tables = {node.name for node in tree.find_all(exp.Table)} - made
    for name in sorted(tables):
        if name not in TABLES:
            raise RefusedError(f"there is no table '{name}'", f"the tables are {', '.join(TABLES)}")
    columns = frozenset(column.name for column in tree.find_all(exp.Column))
    return _text(tree), frozenset(tables), columns


def weighted(aggregate: str, where: str | None) -> str:
    """An aggregate over rows that stand for ``w`` rows each, as in the cube, under a condition."""
    tree = _parsed(aggregate).copy()
    # Only the outermost aggregates change: what was rewritten holds aggregates of its own.
    for node in [node for node in tree.find_all(exp.AggFunc) if not node.find_ancestor(exp.AggFunc)]:
        if node is tree:
            return _text(_weighed(node, where))
        node.replace(_weighed(node, where))
    return _text(tree)


def _weighed(node: exp.AggFunc, where: str | None) -> exp.Expr:
    if isinstance(node, exp.CountIf):
        return _parsed(f"coalesce(sum(case when ({_text(node.this)}) and ({where or 'true'}) then w end), 0)")
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
        return _parsed(f"coalesce(sum(case when {where or 'true'} then w end), 0)")
    return exp.Filter(this=node.copy(), expression=exp.Where(this=_parsed(where))) if where else node


def adds_up(aggregate: str) -> bool:
    """Whether the aggregate only counts, so that it can be read off the cube."""
    tree = _parsed(aggregate)
    return all(
        isinstance(node, exp.CountIf) or (isinstance(node, exp.Count) and isinstance(node.this, exp.Star))
        for node in tree.find_all(exp.AggFunc)
    )
