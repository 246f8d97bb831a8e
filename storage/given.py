"""Given rows: any number of values, handed to one statement as one parameter.

The statement reads the same for one row and for a thousand, so that it is compiled once, prepared once, and sent once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, String, TableValuedAlias, bindparam, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnClause
from sqlalchemy.sql.functions import FunctionElement

Value: TypeAlias = str | int | bool | None


def given(parameter: str, /, *columns: Column[Any]) -> TableValuedAlias:
    """A table of the rows in a parameter (see `rows`), with the names and types of these columns."""
    shape = [column(each.name, each.type) for each in columns]
    return _Given(bindparam(parameter, type_=String), *shape).table_valued(*shape, name=parameter)


def among(expression: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """Whether this is one of the values in a parameter (see `values`)."""
    shape: ColumnClause[Any] = column("value", expression.type)
    table = _Given(bindparam(parameter, type_=String), shape).table_valued(shape, name=parameter)
    return expression.in_(select(table.c.value))


def rows(every: Iterable[Mapping[str, Value]]) -> str:
    """What `given` takes."""
    return _text(list(every))


def values(every: Iterable[Value]) -> str:
    """What `among` takes."""
    return _text([{"value": value} for value in every])


def _text(every: Sequence[Mapping[str, Value]]) -> str:
    text = json.dumps(every, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in text and any("\0" in value for row in every for value in row.values() if isinstance(value, str)):
        # PostgreSQL refuses it; SQLite would quietly cut the text there.
        raise ValueError("a text holds the character NUL, which cannot be kept")
    return text


class _Given(FunctionElement[Any]):
    """The parameter, and the columns to read from it."""

    name = "given"
    inherit_cache = True


@compiles(_Given, "sqlite")
def _sqlite(element: _Given, compiler: SQLCompiler, **kw: Any) -> str:
    parameter, *shape = element.clauses
    read = ", ".join(f"json_extract(value, '$.{each.name}') AS {_quoted(each, compiler)}" for each in shape)
    return f"(SELECT {read} FROM json_each({compiler.process(parameter, **kw)}))"


@compiles(_Given, "postgresql")
def _postgresql(element: _Given, compiler: SQLCompiler, **kw: Any) -> str:
    parameter, *shape = element.clauses
    types = compiler.dialect.type_compiler_instance
    typed = ", ".join(f"{_quoted(each, compiler)} {types.process(each.type)}" for each in shape)
    return f"(SELECT * FROM json_to_recordset(CAST({compiler.process(parameter, **kw)} AS JSON)) AS read ({typed}))"


def _quoted(each: Any, compiler: SQLCompiler) -> str:
    return compiler.preparer.quote(each.name)
