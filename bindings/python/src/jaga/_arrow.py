"""Columns in and out over the Arrow C Data Interface. pyarrow is needed here and nowhere else."""

from __future__ import annotations

import ctypes
import importlib
import sys
from typing import Any

from ._library import CArrowArray, CArrowOptions, CArrowSchema, Handle, InputError, check, encode, library

LABELS, EVIDENCE = 1, 2
OUTPUTS = ("arrow", "pandas", "polars", "same")


def need(name: str, extra: str) -> Any:
    """The module, or an ImportError that says what to install."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}; install it with: pip install 'jaga[{extra}]'") from error


def pyarrow() -> Any:
    return need("pyarrow", "arrow")


def _is(value: Any, module: str, *names: str) -> bool:
    """Whether the value is of a class of a library that may not be installed."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, tuple(getattr(loaded, name) for name in names if hasattr(loaded, name)))


def kind_of(data: Any) -> str:
    """`pandas`, `polars` or `arrow`: what "same" means for this input."""
    if _is(data, "pandas", "Series", "DataFrame"):
        return "pandas"
    return "polars" if _is(data, "polars", "Series", "DataFrame") else "arrow"


def column(values: Any) -> Any:
    """A pyarrow ChunkedArray of text out of whatever holds text; None, NaN of pandas and NaT are null.

    What Arrow holds already is not copied. Raises TypeError for what holds no text.
    """
    pa = pyarrow()
    if isinstance(values, (str, bytes)):
        raise TypeError("many texts are a list or a column; for one text use score()")
    if isinstance(values, pa.ChunkedArray):
        made = values
    elif isinstance(values, pa.Array):
        made = pa.chunked_array([values])
    elif _is(values, "pandas", "Series", "Index"):
        made = _from_python(values.tolist(), pa, True) if values.dtype == object else pa.chunked_array(pa.array(values, from_pandas=True))
    elif _is(values, "polars", "Series"):
        made = pa.chunked_array([values.to_arrow()])
    elif hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        made = pa.chunked_array(values)
    else:
        made = _from_python(values.tolist() if hasattr(values, "tolist") else list(values), pa, _is(values, "numpy", "ndarray"))
    kind = made.type.value_type if pa.types.is_dictionary(made.type) else made.type
    if pa.types.is_null(kind):
        return made.cast(pa.large_string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        raise TypeError(f"a column of text is needed, and this is one of {made.type}")
    return made


def _from_python(values: Any, pa: Any, from_pandas: bool) -> Any:
    if not isinstance(values, list):
        raise TypeError("texts lie in one dimension")
    try:
        return pa.chunked_array([pa.array(values, type=pa.large_string(), from_pandas=from_pandas)])
    except UnicodeEncodeError:
        repaired = [encode(one).decode() if isinstance(one, str) else one for one in values]
        return pa.chunked_array([pa.array(repaired, type=pa.large_string(), from_pandas=from_pandas)])
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        wrong = next((type(one).__name__ for one in values if one is not None and not isinstance(one, str)), "another kind")
        # Arrow's own message quotes the value, which may be a message.
        raise TypeError(f"every text is a str or None, and one of these is {wrong}") from (None if error else error)


def is_table(data: Any) -> bool:
    pa = pyarrow()
    return isinstance(data, (pa.Table, pa.RecordBatch)) or _is(data, "pandas", "DataFrame") or _is(data, "polars", "DataFrame")


def pick(data: Any, name: Any) -> Any:
    """A column of a table by its name, or the column itself when it is one."""
    if not isinstance(name, str):
        return column(name)
    if not is_table(data):
        raise InputError(f"'{name}' names a column, and the texts are no table; give the column itself")
    names = list(data.column_names if hasattr(data, "column_names") else data.columns)
    if name not in names:
        raise InputError(f"there is no column '{name}'; there are {', '.join(map(str, names))}")
    return column(data.column(name) if hasattr(data, "column_names") else data[name])


def _export(value: Any) -> tuple[CArrowSchema, CArrowArray]:
    schema, array = CArrowSchema(), CArrowArray()
    value._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
    return schema, array


def score_batch(model: Handle, tracker: Handle | None, value: Any, flags: int, threads: int) -> Any:
    """One record batch, or one text column by itself, through the library; the text is not copied."""
    schema, array = _export(value)
    out_schema, out = CArrowSchema(), CArrowArray()
    options = CArrowOptions(size=ctypes.sizeof(CArrowOptions), flags=flags, threads=threads)
    check(library().jaga_score_arrow(
        model.pointer, tracker.pointer if tracker else None, schema, array, options, out_schema, out))
    return pyarrow().RecordBatch._import_from_c(ctypes.addressof(out), ctypes.addressof(out_schema))


def import_batch(out_schema: CArrowSchema, out: CArrowArray) -> Any:
    return pyarrow().RecordBatch._import_from_c(ctypes.addressof(out), ctypes.addressof(out_schema))


def score_column(model: Handle, tracker: Handle | None, texts: Any, conversations: Any, authors: Any, flags: int, threads: int) -> Any:
    """A table of as many rows as `texts`, chunk by chunk."""
    pa = pyarrow()
    if tracker is None:
        batches = [score_batch(model, None, chunk, flags, threads) for chunk in texts.chunks if len(chunk)]
    else:
        named = {"text": texts, "conversation_id": conversations} | ({} if authors is None else {"author_id": authors})
        if len({len(one) for one in named.values()}) != 1:
            raise InputError(f"columns have as many rows as there are texts, and these have {', '.join(f'{name} {len(one)}' for name, one in named.items())}")
        rows = pa.table(named)
        batches = [score_batch(model, tracker, batch, flags, threads) for batch in rows.to_batches() if len(batch)]
    if not batches:
        empty = pa.array([], pa.large_string())
        value = empty if tracker is None else pa.RecordBatch.from_arrays([empty, empty], ["text", "conversation_id"])
        batches = [score_batch(model, tracker, value, flags, threads)]
    return pa.Table.from_batches(batches)


def converted(table: Any, output: str, data: Any) -> Any:
    """The table as what was asked for; pandas keeps the index of its input."""
    kind = kind_of(data) if output == "same" else output
    if kind == "pandas":
        need("pandas", "evaluate")
        frame = table.to_pandas()
        if kind_of(data) == "pandas":
            frame.index = data.index
        return frame
    if kind == "polars":
        return need("polars", "arrow").from_arrow(table)
    return table
