"""Columns in and out over the Arrow C Data Interface. pyarrow is needed here and nowhere else."""

from __future__ import annotations

import ctypes
import importlib
import numbers
import os
import sys
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from typing import Any

from ._library import CArrowArray, CArrowOptions, CArrowSchema, Handle, InputError, bands, check, encode, library, remedy_for_ids, remedy_for_texts

LABELS, EVIDENCE = 1, 2
# Rows of one call of the library, which cannot be interrupted: a second at most on one thread, with evidence.
PIECE = 16384
# Threads that have enough to do with one such piece; more get larger ones.
BUSY = 8
# Names of columns that an error may say. Others it only counts: of a file without a header they are its first message.
USUAL = frozenset(
    "author author_id body channel chat chat_id content conversation conversation_id conversation_key created_at date from id isi key lang language message message_id "
    "messages msg name nama pengirim percakapan pesan room room_id sender sender_id sent sent_at session session_id speaker teks text thread thread_id time timestamp "
    "to user user_id waktu who".split())
OUTPUTS = ("arrow", "pandas", "polars", "same")


def need(name: str, extra: str | None) -> Any:
    """The module, or an ImportError that says what to install: an extra of this package, or the module by itself."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        wanted = name if extra is None else f"'jaga[{extra}]'"
        raise ImportError(f"this needs {name}; install it with: pip install {wanted}") from error


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


def column(values: Any, *, ids: bool = False) -> Any:
    """A pyarrow ChunkedArray of text out of whatever holds text; None, NaN of pandas and NaT are null. Whole numbers are text when they are ids.

    What Arrow holds already is not copied. Raises TypeError for what holds no text.
    """
    pa = pyarrow()
    if isinstance(values, (str, bytes, bytearray, Mapping, Set)):
        raise TypeError(f"many texts are a list or a column, and this is {type(values).__name__}; for one text use score()")
    if _is(values, "polars", "LazyFrame"):
        raise TypeError("a LazyFrame has no rows yet; collect() it first")
    if isinstance(values, pa.ChunkedArray):
        made = values
    elif isinstance(values, pa.Array):
        made = pa.chunked_array([values])
    elif _is(values, "pandas", "Series", "Index"):
        # What pandas holds as Arrow, or as numbers, goes as it is. All else goes value by value: Arrow's errors about it would quote a text.
        is_plain = "pyarrow" in repr(values.dtype) or getattr(values.dtype, "kind", "O") in "iufcbmM"
        made = pa.chunked_array(pa.array(values, from_pandas=True)) if is_plain else _from_python(values.tolist(), pa, True, ids)
        if made.null_count == len(made):
            # pandas says float64 of a column without a single value.
            return pa.chunked_array([pa.nulls(len(made), pa.large_string())])
    elif _is(values, "polars", "Series"):
        made = pa.chunked_array([values.to_arrow()])
    elif hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        made = pa.chunked_array(values)
    else:
        made = _from_python(_listed(values), pa, _is(values, "numpy", "ndarray"), ids)
    kind = made.type.value_type if pa.types.is_dictionary(made.type) else made.type
    if pa.types.is_null(kind) or (ids and pa.types.is_integer(made.type)):
        return made.cast(pa.large_string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        raise TypeError(f"a column of {'ids' if ids else 'text'} is needed, and this is one of {made.type}{remedy_for_ids(str(made.type)) if ids else ''}")
    return made


def _listed(values: Any) -> list[Any]:
    try:
        found = values.tolist() if hasattr(values, "tolist") else list(values)
    except TypeError:
        raise TypeError(f"many texts are a list or a column, and this is {type(values).__name__}") from None
    if not isinstance(found, list):
        raise TypeError("texts lie in one dimension")
    return found


def _from_python(values: list[Any], pa: Any, from_pandas: bool, ids: bool) -> Any:
    """Arrow finds the kind itself, which tells bytes and numbers from text."""
    made, is_encodable = None, True
    try:
        made = pa.array(values, from_pandas=from_pandas)
    except UnicodeEncodeError:
        is_encodable = False
    except (ValueError, TypeError, pa.ArrowNotImplementedError, OverflowError):
        # Arrow's own, and what a value says itself, as NaT does.
        pass
    # After the exception is gone: it holds the text.
    if not is_encodable:
        return _from_python([encode(one).decode() if isinstance(one, str) else one for one in values], pa, from_pandas, ids)
    if made is not None:
        if made.null_count == len(made):
            return pa.chunked_array([pa.nulls(len(made), pa.large_string())])
        if pa.types.is_string(made.type) or pa.types.is_large_string(made.type) or (ids and pa.types.is_integer(made.type)):
            return made if isinstance(made, pa.ChunkedArray) else pa.chunked_array([made])

    def fits(one: Any) -> bool:
        return one is None or isinstance(one, str) or (ids and isinstance(one, numbers.Integral) and not isinstance(one, bool))

    place, other = next(((place, one) for place, one in enumerate(values) if not fits(one)), (0, None))
    if ids and other is None:
        raise TypeError("ids are text, or whole numbers of 64 bits, and these are both or larger; make ids text first, with str() of each")
    # Arrow's own message quotes the value, which may be a message.
    kinds = "id is a str, an int" if ids else "text is a str"
    if other is None:
        raise TypeError(f"every {kinds} or None, and one of these is another kind")
    remedy = remedy_for_ids(other) if ids else remedy_for_texts(other)
    raise TypeError(f"every {kinds} or None, and the one at index {place} is {type(other).__name__}{remedy}")


def columns_there(names: Iterable[Any]) -> str:
    """The columns of a table, for an error: how many, and those names that no message can be."""
    told = list(names)
    usual = [name for name in told if isinstance(name, str) and name.lower() in USUAL]
    among = f", among them {', '.join(usual)}" if usual else ""
    return f"the table has {len(told)} column{'' if len(told) == 1 else 's'}{among}; if it comes from a file without a header, give the columns names first"


def is_table(data: Any) -> bool:
    pa = pyarrow()
    return isinstance(data, (pa.Table, pa.RecordBatch)) or _is(data, "pandas", "DataFrame") or _is(data, "polars", "DataFrame")


def pick(data: Any, name: Any, *, ids: bool = False) -> Any:
    """A column of a table by its name, or the column itself when it is one."""
    named = isinstance(name, str) or (isinstance(name, Hashable) and _is(data, "pandas", "DataFrame") and name in data.columns)
    if not named:
        return column(name, ids=ids)
    if not is_table(data):
        raise InputError(f"'{name}' names a column, and the texts are no table; give the column itself")
    names = list(data.column_names if hasattr(data, "column_names") else data.columns)
    if name not in names:
        raise InputError(f"there is no column '{name}'; {columns_there(names)}")
    if names.count(name) > 1:
        raise InputError(f"there are {names.count(name)} columns '{name}'; rename all but one")
    return column(data.column(name) if hasattr(data, "column_names") else data[name], ids=ids)


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


def piece(threads: int) -> int:
    """Rows of one call that so many threads share (0: one for each processor). Threads that have no processor of their own do not make it longer."""
    processors = os.cpu_count() or 1
    return PIECE * -(-min(threads or processors, processors) // BUSY)


def _pieces(chunks: Iterator[Any], rows: int = PIECE) -> Iterator[Any]:
    """Views of at most so many rows; Python looks between them whether somebody pressed Ctrl-C."""
    for chunk in chunks:
        for begin in range(0, len(chunk), rows):
            yield chunk.slice(begin, rows)


def score_column(model: Handle, tracker: Handle | None, texts: Any, conversations: Any, authors: Any, flags: int, threads: int) -> Any:
    """A table of as many rows as `texts`, piece by piece."""
    pa = pyarrow()
    if tracker is None:
        # Evidence takes one thread.
        rows = piece(1 if flags & EVIDENCE else threads)
        batches = [score_batch(model, None, part, flags, threads) for part in _pieces(iter(texts.chunks), rows)]
    else:
        named = {"text": texts, "conversation_id": conversations} | ({} if authors is None else {"author_id": authors})
        if len({len(one) for one in named.values()}) != 1:
            raise InputError(f"columns have as many rows as there are texts, and these have {', '.join(f'{name} {len(one)}' for name, one in named.items())}")
        batches = [score_batch(model, tracker, part, flags, threads) for part in _pieces(iter(pa.table(named).to_batches()))]
    if not batches:
        empty = pa.array([], pa.large_string())
        value = empty if tracker is None else pa.RecordBatch.from_arrays([empty, empty], ["text", "conversation_id"])
        batches = [score_batch(model, tracker, value, flags, threads)]
    return pa.Table.from_batches(batches)


def converted(table: Any, output: str, data: Any) -> Any:
    """The table as what was asked for; pandas keeps the index of its input."""
    kind = kind_of(data) if output == "same" else output
    if kind == "pandas":
        need("pandas", None)
        frame = table.to_pandas()
        for name in ("band", "conversation_band"):
            if name in frame:
                # From `none` to `high`, so that `frame["band"] >= "review"` means what it says.
                frame[name] = frame[name].cat.set_categories(bands(), ordered=True)
        if kind_of(data) == "pandas":
            frame.index = data.index
        return frame
    if kind == "polars":
        return need("polars", None).from_arrow(table)
    return table
