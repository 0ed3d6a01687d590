"""Functions for DuckDB, over Arrow.

>>> import duckdb, jaga.duckdb
>>> connection = duckdb.connect()
>>> jaga.duckdb.register(connection)
>>> connection.sql("SELECT jaga_band('umur berapa dek?')").fetchone()
('watch',)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _arrow
from ._scorer import Scorer

# Function after the prefix → column of score_many, type in SQL.
FUNCTIONS = {
    "score": ("score", "DOUBLE"), "disclosure": ("disclosure", "DOUBLE"), "band": ("band", "VARCHAR"),
    "label": ("label", "VARCHAR"), "language": ("lang", "VARCHAR")}
RESULT = "STRUCT(score DOUBLE, band VARCHAR, label VARCHAR, disclosure DOUBLE, lang VARCHAR)"


def register(connection: Any, scorer: Scorer | None = None, *, prefix: str = "jaga_") -> None:
    """Adds `jaga_score(text)`, `jaga_disclosure`, `jaga_band`, `jaga_label`, `jaga_language`, and `jaga_result`, which gives all of them as a STRUCT.

    Each text is a conversation of its own; NULL gives NULL. DuckDB calls a function once for some thousands of rows, and each function scores by itself:
    ask `jaga_result` once where several figures are wanted. Without a scorer the default model is opened. Needs duckdb and pyarrow. Raises duckdb's own
    error when a function of that name is there already.
    """
    _arrow.need("duckdb", "duckdb")
    _arrow.pyarrow()
    if scorer is not None and not isinstance(scorer, Scorer):
        raise TypeError(f"a scorer is a jaga.Scorer, and this is {type(scorer).__name__}")
    used = Scorer() if scorer is None else scorer
    for name, (column, kind) in FUNCTIONS.items():
        connection.create_function(prefix + name, _one(used, column), ["VARCHAR"], kind, type="arrow")
    connection.create_function(prefix + "result", _all(used), ["VARCHAR"], RESULT, type="arrow")


def _plain(values: Any) -> Any:
    pa = _arrow.pyarrow()
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def _one(scorer: Scorer, column: str) -> Callable[[Any], Any]:
    def function(texts: Any) -> Any:
        return _plain(scorer.score_many(texts, threads=1).column(column))

    return function


def _all(scorer: Scorer) -> Callable[[Any], Any]:
    def function(texts: Any) -> Any:
        pa = _arrow.pyarrow()
        names = ["score", "band", "label", "disclosure", "lang"]
        table = scorer.score_many(texts, threads=1)
        columns = [_plain(table.column(name)) for name in names]
        return pa.StructArray.from_arrays(columns, names=names, mask=columns[0].is_null())

    return function
