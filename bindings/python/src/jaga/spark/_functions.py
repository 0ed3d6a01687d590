"""The functions that a job calls; they check and plan, and nothing is scored before Spark runs the plan."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pyspark.sql import DataFrame, functions
from pyspark.sql.types import MapType, StructType, VariantType

from .._library import InputError
from .._scorer import Path
from ._batch import ConversationMapper, MessageMapper
from ._columns import TEXT, TIME, Added, check_frame, check_new, place, plain
from ._model import ship
from ._stream import SHARD, ConversationProcessor
from ._streamplan import ORDER, StreamPlan

STORE = "spark.sql.streaming.stateStore.providerClass"
ROCKS = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"


def score_messages(
    df: DataFrame, text: str = "text", *, labels: bool = False, evidence: bool = False, prefix: str = "",
    model: Path | None = None, base_rate: float | None = None, lexicon: Path | None = None,
) -> DataFrame:
    """Each row scored as a conversation of its own; the frame with more columns. Streams too: there is no state.

    text       the column of texts, of type string; null gives nulls
    labels     add the probabilities of all 20 moves, in the order of `jaga.LABELS`
    evidence   add the spans that speak for the result
    prefix     what the names of the new columns begin with
    model, base_rate, lexicon   as for `jaga.Scorer`; files are shipped to each executor once

    Columns: `score`, `disclosure` (double), `band`, `label`, `lang` (string); `labels` (array of 20 doubles); `evidence` (array of struct: `begin` and `end` in
    UTF-8 bytes, `label`, `logit`, `source`).

    Raises TypeError for what is no Spark frame, InputError for columns that are missing, of another type, twice there or taken, ModelError for a model that
    cannot be opened. Cost: that of `score_many` with one thread in each task; rows go through Arrow to a Python worker and back.
    """
    check_frame(df, "score_messages")
    column = place(df, text, "the text", TEXT)
    added = Added(False, labels, evidence, prefix)
    check_new(df, [field.name for field in added.fields()])
    return _mapped(df, MessageMapper(ship(df.sparkSession, model, base_rate, lexicon), added, column), added)


def score_conversations(
    df: DataFrame, text: str = "text", *, conversation: str, author: str | None = None, time: str | None = None, order: str | Sequence[str] = (),
    message: str | None = None, forget_after: datetime.timedelta | None = None, partitions: int | None = None, labels: bool = False, evidence: bool = False,
    prefix: str = "", model: Path | None = None, base_rate: float | None = None, lexicon: Path | None = None,
) -> DataFrame:
    """Each row scored after those before it in its conversation, as `jaga score` does with messages in that order.

    conversation  the column of ids, string; a row whose id is null or empty is alone
    author        who wrote it, string; null or empty is unknown
    time          when it was written, timestamp; rows go by it, those without a time first
    order         columns that decide among equal times, or, without `time`, the order itself, such as a running number
    message       the column of message ids, string: of the last 512 ids of a conversation, one that comes again is left out, as `jaga score` leaves it out
    forget_after  a conversation begins anew when its times have a gap that is longer
    partitions    into how many parts the conversations are divided; None leaves it to Spark
    text, labels, evidence, prefix, model, base_rate, lexicon   as for `score_messages`

    Adds the columns of `score_messages` and `conversation_score` (double), `conversation_band`, `conversation_label` (string), `support_needed` (boolean). Rows
    that `time` and `order` leave equal go by message id, author and text, so that the result never depends on how Spark ran the job.

    Raises what `score_messages` raises, and InputError for a stream. Cost: one shuffle and a sort within each partition (which goes to disk where memory
    ends), then scoring; one conversation is in memory at a time, and of it some KB, however long it is.
    """
    check_frame(df, "score_conversations", streaming=False)
    names = _names(order)
    if time is None and not names:
        raise InputError("rows of a Spark frame have no order; name the column of times (time=…), or what the order is by (order=…)")
    gap = _gap(forget_after, time)
    places = _places(df, text, conversation, author, message)
    when = None if time is None else place(df, time, "the time", TIME)
    by = [place(df, name, "the order", ()) for name in names]
    added = Added(True, labels, evidence, prefix)
    check_new(df, [field.name for field in added.fields()])
    if partitions is not None:
        _check_count("partitions", partitions, (1 << 31) - 1)
    source = ship(df.sparkSession, model, base_rate, lexicon)
    for number in by:
        if isinstance(df.schema[number].dataType, (MapType, VariantType)):
            raise InputError(f"the column '{df.columns[number]}' cannot be put in order; name another one")
    # Rows that are alone are spread by their text: all under one id would be one task.
    ids, texts = plain(df, places["conversation"]), plain(df, places["text"])
    keys = [ids, functions.when(ids.isNull() | (ids == ""), functions.xxhash64(texts))]
    spread = df.repartition(*keys) if partitions is None else df.repartition(partitions, *keys)
    last = [places[name] for name in ("message", "author", "text") if name in places]
    sort = [plain(df, number) for number in dict.fromkeys([places["conversation"], *([] if when is None else [when]), *by, *last])]
    mapper = ConversationMapper(source, added, places["text"], places["conversation"], places.get("author"), when, places.get("message"), gap)
    return _mapped(spread.sortWithinPartitions(*sort), mapper, added)


def score_conversation_stream(
    df: DataFrame, text: str = "text", *, conversation: str, time: str, author: str | None = None, order: str | Sequence[str] = (),
    message: str | None = None, forget_after: datetime.timedelta | None = datetime.timedelta(days=30), shards: int = 256, labels: bool = False,
    evidence: bool = False, prefix: str = "", model: Path | None = None, base_rate: float | None = None, lexicon: Path | None = None,
) -> DataFrame:
    """The same for a stream: what a conversation has come to is kept between micro-batches, in the checkpoint of the query.

    time          when a message was written, timestamp; rows of a micro-batch go by it
    forget_after  a conversation is dropped when its last message is this much older than the newest of its shard (dates in the future do not count), and begins anew
                  when its times have such a gap; None keeps all for ever
    shards        into how many groups conversations are divided; stays what it was at the first start of a query, and bounds how many cores it can use
    everything else as for `score_conversations`

    No message is dropped for being late: it is scored when it comes, after those that were there before, and the added column `late` (boolean) says so. A message id that
    comes again among the last 512 of its conversation is left out, if `message` is given. States of another model are not read: conversations begin afresh under a new
    one, and the worker's log counts them.

    Needs RocksDB as the state store, which the session has to be told, and append mode. Raises what `score_messages` raises, and InputError for a frame that is no stream, a session with another state store, or columns of intervals and other types that JSON cannot hold. Cost: three exchanges with the
    state store for each conversation of a micro-batch; about 1 KB of state a conversation, and 8 bytes for each of the message ids.
    """
    check_frame(df, "score_conversation_stream", streaming=True)
    gap = _gap(forget_after, time)
    places = _places(df, text, conversation, author, message)
    when = place(df, time, "the time", TIME)
    by = [place(df, name, "the order", ORDER) for name in _names(order)]
    added = Added(True, labels, evidence, prefix)
    check_new(df, [*(field.name for field in added.fields()), prefix + "late"])
    _check_count("shards", shards, 1 << 20)
    plan = StreamPlan(df, added, places, when, by, shards)
    if not str(df.sparkSession.conf.get(STORE, "")).endswith("RocksDBStateStoreProvider"):
        raise InputError(f"state of conversations needs RocksDB; set spark.conf.set('{STORE}', '{ROCKS}') before")
    processor = ConversationProcessor(ship(df.sparkSession, model, base_rate, lexicon), added, plan.rows, gap, shards)
    return plan.unpacked(plan.packed().groupBy(SHARD).transformWithStateInPandas(processor, plan.schema(), "Append", "None"))


def _mapped(df: DataFrame, mapper: MessageMapper | ConversationMapper, added: Added) -> DataFrame:
    # Spark looks at the parameters of a function, so it gets one.
    return df.mapInArrow(lambda batches: mapper(batches), StructType([*df.schema.fields, *added.fields()]))


def _places(df: DataFrame, text: str, conversation: str, author: str | None, message: str | None) -> dict[str, int]:
    """Of columns that are not named there is no entry."""
    places = {"text": place(df, text, "the text", TEXT), "conversation": place(df, conversation, "the conversation", TEXT)}
    if author is not None:
        places["author"] = place(df, author, "the author", TEXT)
    if message is not None:
        places["message"] = place(df, message, "the message id", TEXT)
    return places


def _names(order: str | Sequence[str]) -> list[str]:
    if isinstance(order, str):
        return [order]
    if not isinstance(order, (list, tuple)):
        raise TypeError(f"order is the name of a column or a list of names, and this is {type(order).__name__}")
    return list(order)


def _check_count(name: str, value: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is an int, and this is {type(value).__name__}")
    if not 0 < value <= most:
        raise InputError(f"{name} is a number from 1 to {most}, and this is {value}")


def _gap(forget_after: datetime.timedelta | None, time: str | None) -> int | None:
    """In microseconds."""
    if forget_after is None:
        return None
    if not isinstance(forget_after, datetime.timedelta):
        raise TypeError(f"forget_after is a datetime.timedelta, and this is {type(forget_after).__name__}")
    if time is None:
        raise InputError("forget_after needs the column of times; give time=…")
    if forget_after < datetime.timedelta(minutes=1):
        raise InputError(f"forget_after is a minute or more, and this is {forget_after}")
    return forget_after // datetime.timedelta(microseconds=1)
