"""How the rows of a stream go through the operator with state, and come out as they went in.

That operator makes Python tuples of rows and guesses types from them again: a long beside a null would lose its last digits, a time its hour twice a year. So
only what scoring reads goes as columns, under names of ours; everything else goes as JSON, which holds it exactly.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, functions
from pyspark.sql.types import (
    ArrayType, BinaryType, BooleanType, DataType, DateType, DecimalType, FractionalType, IntegralType, LongType, MapType, StringType, StructField, StructType,
    TimestampNTZType, TimestampType)

from .._library import InputError
from ._columns import Added, plain
from ._stream import AUTHOR, CONVERSATION, KEPT, LATE, MESSAGE, NO_TIME, NOW, SHARD, TEXT, TIME, Rows

FLAT = (StringType, BinaryType, BooleanType, IntegralType, FractionalType, DecimalType, DateType, TimestampType, TimestampNTZType)
ORDER = FLAT
JSON = {
    "timeZone": "UTC", "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx", "timestampNTZFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSS", "mode": "FAILFAST"}


class StreamPlan:
    """Packs a frame for the operator with state, and unpacks what comes out.

    places  numbers of the columns of `text`, `conversation`, `author` and `message`; no entry for one that is not there
    when    number of the column of times;  by: those that decide among equal times
    """

    def __init__(self, df: DataFrame, added: Added, places: dict[str, int], when: int, by: list[int], shards: int) -> None:
        self._df, self._added, self._when, self._by, self._shards = df, added, when, by, shards
        # Two of them may be one column; it then goes twice.
        self._read = {name: places[name] for name in (TEXT, CONVERSATION, AUTHOR, MESSAGE) if name in places}
        self._others = [number for number in range(len(df.columns)) if number not in self._read.values()]
        for number in self._others:
            field = df.schema[number]
            if not _is_held(field.dataType):
                raise InputError(
                    f"the column '{field.name}' is of type {field.dataType.simpleString()[:60]}, which does not go through a stream with state unchanged; "
                    "cast it, take it apart, or drop it")
        carried = [*self._read, *([KEPT] if self._others else [])]
        self.rows = Rows(tuple(carried), tuple(f"order{number}" for number in range(len(by))))

    def packed(self) -> DataFrame:
        """What goes in, under the names inside."""
        df = self._df
        columns = [functions.make_valid_utf8(plain(df, number)).alias(name) for name, number in self._read.items()]
        if self._others:
            held = functions.struct(*(df[df.columns[number]].alias(f"c{number}") for number in self._others))
            columns.append(functions.to_json(held, JSON).alias(KEPT))
        ids, text = (functions.make_valid_utf8(plain(df, self._read[name])) for name in (CONVERSATION, TEXT))
        key = functions.when(ids.isNull() | (ids == ""), functions.xxhash64(text)).otherwise(functions.xxhash64(ids))
        columns += [_sortable(self._df, number).alias(name) for name, number in zip(self.rows.order, self._by, strict=True)]
        return df.select(
            *columns, functions.pmod(key, functions.lit(self._shards)).cast("int").alias(SHARD),
            functions.coalesce(_micros(df, self._when), functions.lit(NO_TIME)).alias(TIME), functions.unix_micros(functions.current_timestamp()).alias(NOW))

    def schema(self) -> StructType:
        """What comes out of the operator, under the names inside."""
        carried = [StructField(name, StringType()) for name in self.rows.carried]
        return StructType([*carried, StructField(LATE, BooleanType()), *(StructField(name, kind) for name, kind in self._inside())])

    def unpacked(self, scored: DataFrame) -> DataFrame:
        """The frame's own columns in their order, then the new ones."""
        df = self._df
        if self._others:
            kept = StructType([StructField(f"c{number}", df.schema[number].dataType) for number in self._others])
            scored = scored.withColumn(KEPT, functions.from_json(scored[KEPT], kept, JSON))
        names = {number: name for name, number in self._read.items()}
        own = []
        for number, field in enumerate(df.schema):
            column = scored[names[number]].cast(field.dataType) if number in names else scored[KEPT][f"c{number}"]
            own.append(column.alias(field.name))
        prefix = self._added.prefix
        new = [scored[inside].alias(prefix + name) for (inside, _), (name, _) in zip(self._inside(), self._added.kinds(), strict=True)]
        return scored.select(*own, scored[LATE].alias(prefix + "late"), *new)

    def _inside(self) -> list[tuple[str, DataType]]:
        return [(f"new_{name}", kind) for name, kind in self._added.kinds()]


def _is_held(kind: DataType) -> bool:
    if isinstance(kind, StructType):
        return all(_is_held(field.dataType) for field in kind)
    if isinstance(kind, ArrayType):
        return _is_held(kind.elementType)
    if isinstance(kind, MapType):
        return isinstance(kind.keyType, StringType) and _is_held(kind.valueType)
    return isinstance(kind, FLAT)


def _micros(df: DataFrame, number: int) -> Column:
    column = df[df.columns[number]]
    return functions.unix_micros(column if isinstance(df.schema[number].dataType, TimestampType) else functions.to_timestamp_ltz(column))


def _sortable(df: DataFrame, number: int) -> Column:
    """Without nulls where pandas would make numbers with fractions of whole ones; the least number stands for null, which comes first."""
    kind = df.schema[number].dataType
    if isinstance(kind, StringType):
        return functions.make_valid_utf8(plain(df, number))
    if isinstance(kind, (TimestampType, TimestampNTZType)):
        return functions.coalesce(_micros(df, number), functions.lit(NO_TIME))
    if isinstance(kind, IntegralType):
        return functions.coalesce(df[df.columns[number]].cast(LongType()), functions.lit(NO_TIME))
    return df[df.columns[number]]
