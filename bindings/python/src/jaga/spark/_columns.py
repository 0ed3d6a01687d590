"""Which columns a frame has to have, and which it gets: checked on the driver before a job starts, made in the workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame, functions
from pyspark.sql.types import (
    ArrayType, BooleanType, CalendarIntervalType, DataType, DoubleType, IntegerType, StringType, StructField, StructType, TimestampNTZType, TimestampType,
    YearMonthIntervalType)

from .. import _arrow
from .._library import InputError

EVIDENCE = StructType([
    StructField("begin", IntegerType()), StructField("end", IntegerType()), StructField("label", StringType()),
    StructField("logit", DoubleType()), StructField("source", StringType())])
ALONE: list[tuple[str, DataType]] = [
    ("score", DoubleType()), ("disclosure", DoubleType()), ("band", StringType()), ("label", StringType()), ("lang", StringType())]
TRACKED: list[tuple[str, DataType]] = [
    ("conversation_score", DoubleType()), ("conversation_band", StringType()), ("conversation_label", StringType()),
    ("support_needed", BooleanType())]


@dataclass(frozen=True)
class Added:
    """The columns that scoring adds, after those that a frame has; `prefix` stands before each name."""

    tracked: bool
    labels: bool
    evidence: bool
    prefix: str

    def kinds(self) -> list[tuple[str, DataType]]:
        """Names without the prefix, and types."""
        found = ALONE + (TRACKED if self.tracked else [])
        found = found + ([("labels", ArrayType(DoubleType()))] if self.labels else [])
        return found + ([("evidence", ArrayType(EVIDENCE))] if self.evidence else [])

    def fields(self) -> list[StructField]:
        """What Spark is told of them."""
        return [StructField(self.prefix + name, kind) for name, kind in self.kinds()]

    def arrays(self, table: Any) -> list[Any]:
        """The columns of `score_many` as arrays that Spark reads: no dictionaries, no lists of fixed size. Cost: a copy of each."""
        return [_plain(table.column(name)) for name, _ in self.kinds()]


def _plain(column: Any) -> Any:
    pa = _arrow.pyarrow()
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    kind = array.type
    if pa.types.is_dictionary(kind):
        return array.dictionary_decode()
    if pa.types.is_fixed_size_list(kind):
        return array.cast(pa.list_(kind.value_type))
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        values = array.values
        parts = [_plain(values.field(place)) for place in range(kind.value_type.num_fields)]
        names = [kind.value_type.field(place).name for place in range(kind.value_type.num_fields)]
        return pa.ListArray.from_arrays(array.offsets, pa.StructArray.from_arrays(parts, names), mask=array.is_null() if array.null_count else None)
    return array


def check_frame(df: Any, function: str, *, streaming: bool | None = None) -> None:
    """Raises TypeError for what is no Spark frame, and InputError for one whose columns share a name or that streams where it must not (or the other way)."""
    if not isinstance(df, DataFrame):
        raise TypeError(f"{function} takes a Spark DataFrame, and this is {type(df).__module__}.{type(df).__qualname__}; make one with spark.createDataFrame")
    if streaming is False and df.isStreaming:
        raise InputError(f"this frame is a stream, and {function} sorts all of it; use score_conversation_stream, which keeps state")
    if streaming is True and not df.isStreaming:
        raise InputError(f"{function} needs a stream (spark.readStream), and this frame is none; use score_conversations")
    seen: set[str] = set()
    for number, name in enumerate(df.columns, 1):
        # By its place: of a file without a header the name may be a message.
        if name.lower() in seen:
            raise InputError(f"column {number} of {len(df.columns)} has the name of one before it, as Spark reads names; rename one of them, or drop it")
        seen.add(name.lower())
        if "." in name or "`" in name:
            raise InputError(f"column {number} of {len(df.columns)} has a dot or a backtick in its name, which Spark's Python functions cannot take; rename it")
        if isinstance(df.schema[name].dataType, (CalendarIntervalType, YearMonthIntervalType)):
            raise InputError(f"the column '{name}' is of type {df.schema[name].dataType.simpleString()}, which Arrow does not carry; cast it to string, or drop it")


def place(df: DataFrame, name: Any, what: str, kinds: tuple[type[DataType], ...]) -> int:
    """Which column of the frame is meant; its type has to be one of `kinds` (none: any that can be put in order).

    Raises InputError when it is not there, or is of another type.
    """
    if not isinstance(name, str):
        raise TypeError(f"{what} is the name of a column, a str, and this is {type(name).__name__}")
    names = df.columns
    found = [number for number, one in enumerate(names) if one == name] or [number for number, one in enumerate(names) if one.lower() == name.lower()]
    if not found:
        raise InputError(f"there is no column '{name}' for {what}; {_arrow.columns_there(names)}")
    kind = df.schema[found[0]].dataType
    if kinds and not isinstance(kind, kinds):
        wanted = " or ".join(one().simpleString() for one in kinds)
        raise InputError(f"the column '{name}' for {what} is of type {kind.simpleString()}, and {wanted} is needed; cast it first")
    return found[0]


TEXT = (StringType,)
TIME = (TimestampType, TimestampNTZType)


def check_new(df: DataFrame, names: Sequence[str]) -> None:
    """Raises InputError when a column that is added is there already."""
    there = {name.lower() for name in df.columns}
    taken = [name for name in names if name.lower() in there]
    if taken:
        raise InputError(f"the frame has a column '{taken[0]}' already; give a prefix for the new ones, as prefix='jaga_', or drop it")


def plain(df: DataFrame, number: int) -> Column:
    """A column that is compared by its bytes: two ids that a collation takes for one are two conversations."""
    name, kind = df.columns[number], df.schema[number].dataType
    return functions.collate(df[name], "UTF8_BINARY") if isinstance(kind, StringType) and kind != StringType() else df[name]
