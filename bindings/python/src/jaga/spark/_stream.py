"""Conversations of a stream: what each remembers lies in Spark's state store between micro-batches.

The grouping key is a shard of conversations, not a conversation: rows of a shard are scored together as columns, and a shard can put its own state in order
without timers, so no batch runs for the clock's sake and no late message is dropped.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyspark.sql.streaming import StatefulProcessor, StatefulProcessorHandle
from pyspark.sql.types import BinaryType, LongType, StructField, StructType

from .. import _arrow
from .._library import InputError, StateError
from .._scorer import Scorer
from ._batch import Repetitions
from ._columns import Added
from ._model import ModelSource

# Names inside: Spark makes named tuples of rows, which would rename a user's `from` or `message id`.
SHARD, NOW, TIME, KEPT = "shard", "now", "time", "kept"
TEXT, CONVERSATION, AUTHOR, MESSAGE, LATE = "text", "conversation", "author", "message", "late"
NO_TIME = -(1 << 63)
HOUR = 3_600_000_000
DAY = 24 * HOUR
# A hash, so that neither checkpoints nor Spark's own error messages have ids.
KEY = StructType([StructField("conversation", BinaryType())])
VALUE = StructType([StructField("state", BinaryType()), StructField("last", LongType()), StructField("messages", BinaryType())])
CLOCK = StructType([StructField("latest", LongType()), StructField("swept", LongType()), StructField("shards", LongType())])
log = logging.getLogger("jaga.spark")


@dataclass(frozen=True)
class Rows:
    """Which of the columns inside there are: `carried` go on as they are, `order` decide among equal times."""

    carried: tuple[str, ...]
    order: tuple[str, ...]

    def sort(self) -> list[str]:
        """What rows go by; those that are equal in all of it may change places."""
        return [CONVERSATION, TIME, *self.order, *(name for name in (MESSAGE, AUTHOR, TEXT) if name in self.carried)]


@dataclass
class Known:
    """A conversation at hand: what was stored, and what comes to it."""

    key: bytes
    state: bytes | None
    last: int | None
    repetitions: Repetitions | None


class ConversationProcessor(StatefulProcessor):
    """Scores the rows of a shard after those before them in their conversations.

    Stored for each conversation: the library's state (about 1 KB), its latest time, and hashes of its last 512 message ids where they are given; for each shard
    its clock, the latest time of a message, which no message dated into the future moves. Cost: three exchanges with the state store for each
    conversation that has messages in a micro-batch.
    """

    def __init__(self, source: ModelSource, added: Added, rows: Rows, forget_after: int | None, shards: int) -> None:
        self._source, self._added, self._rows, self._forget_after, self._shards = source, added, rows, forget_after, shards

    def init(self, handle: StatefulProcessorHandle) -> None:
        """Called by Spark once for each task, and once on the driver."""
        self._store = handle.getMapState("conversations", KEY, VALUE)
        self._clock = handle.getValueState("clock", CLOCK)

    def close(self) -> None:
        """Called by Spark at the end of a task."""

    def handleInputRows(self, key: Any, rows: Iterator[Any], timerValues: Any) -> Iterator[Any]:
        """One shard's rows of a micro-batch, which all have to be in memory to be put in order."""
        import pandas

        frame = pandas.concat(list(rows), ignore_index=True)
        if len(frame):
            yield self._scored(frame.sort_values(self._rows.sort(), kind="stable", na_position="first", ignore_index=True))

    def _scored(self, frame: Any) -> Any:
        now = int(frame[NOW].iloc[0])
        latest, swept, shards = (self._clock.get() if self._clock.exists() else None) or (None, None, self._shards)
        if shards != self._shards:
            # Each conversation would look for its state in another shard, and begin afresh.
            raise InputError(f"the checkpoint was begun with shards={shards}, and this is shards={self._shards}; keep the first, or begin a new checkpoint")
        scorer = self._source.scorer()
        ids = frame[CONVERSATION].tolist()
        times = [None if time == NO_TIME else time for time in frame[TIME].tolist()]
        # A date in the future is a wrong one: it does not make other conversations old.
        dated = [time for time in times if time is not None and time <= now + DAY]
        # Without a date there is no time yet: that of today would make a backfill's conversations old.
        newest = max(dated, default=latest)
        messages = frame[MESSAGE].tolist() if MESSAGE in self._rows.carried else None
        names: list[str | None] = []  # what the tracker calls the row's conversation: the number of its run
        states: dict[int, bytes] = {}  # runs that go on from a state
        ends: dict[int, Known] = {}  # the last run of each conversation
        late, keep = [False] * len(ids), [True] * len(ids)
        here, current, run = None, None, -1
        for row, (name, time) in enumerate(zip(ids, times, strict=True)):
            if not name:
                names.append(None)
                continue
            if current is None or name != here:
                here, current = name, self._load(name, latest)
                run += 1
                first = current.last
                if current.state is not None:
                    states[run] = current.state
            if self._is_over(current.last, time):
                run += 1
                current.repetitions, first = None, None
            elif time is not None and first is not None and time < first:
                late[row] = True
            if messages is not None:
                current.repetitions = current.repetitions or Repetitions()
                keep[row] = current.repetitions.is_new(None if messages[row] is None else messages[row].encode("utf-8", "surrogatepass"))
            names.append(str(run))
            ends[run] = current
            reached = newest if time is None or time > now + DAY else time
            current.last = max((one for one in (current.last, reached) if one is not None), default=None)
        # Of one conversation only the last run goes on.
        last_runs = {id(known): number for number, known in ends.items()}
        table = self._score(frame, keep, names, states, {number: known for number, known in ends.items() if last_runs[id(known)] == number}, scorer)
        self._tick(max((one for one in (latest, newest) if one is not None), default=None), swept)
        return self._frame(frame, keep, late, table)

    def _load(self, name: str, latest: int | None) -> Known:
        key = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        # Asked for first: Spark writes a warning into its log for each key that it is asked for in vain.
        found = self._store.getValue((key,)) if self._store.containsKey((key,)) else None
        if found is None:
            return Known(key, None, None, None)
        state, last, messages = found
        if latest is not None and self._is_over(last, latest):
            return Known(key, None, None, None)
        return Known(key, bytes(state), last, None if messages is None else Repetitions(bytes(messages)))

    def _is_over(self, last: int | None, time: int | None) -> bool:
        return self._forget_after is not None and last is not None and time is not None and time - last > self._forget_after

    def _score(self, frame: Any, keep: list[bool], names: list[str | None], states: dict[int, bytes], ends: dict[int, Known], scorer: Scorer) -> Any:
        pa = _arrow.pyarrow()
        # Of 64 shards in the tracker any could have all of the conversations.
        tracker = scorer.conversations(64 * max(len(ends) + len(states), 1))
        afresh = 0
        for number, state in states.items():
            try:
                tracker.restore(str(number), state)
            except StateError:
                afresh += 1
        if afresh:
            log.warning("%d conversations begin afresh: their states are damaged, or of another model than %s", afresh, scorer.model_id)
        kept = frame[keep] if not all(keep) else frame
        author = _texts(kept[AUTHOR]) if AUTHOR in self._rows.carried else None
        table = scorer.score_many(
            _texts(kept[TEXT]), conversation=pa.array([one for one, is_kept in zip(names, keep, strict=True) if is_kept], pa.string()), author=author,
            labels=self._added.labels, evidence=self._added.evidence, tracker=tracker)
        for number, known in ends.items():
            now = tracker.state(str(number))
            # Not known when the conversation has had no message with a text.
            if now is not None:
                self._store.updateValue((known.key,), (now, known.last, None if known.repetitions is None else bytes(known.repetitions)))
        return table

    def _tick(self, latest: int | None, swept: int | None) -> None:
        """Moves the shard's clock on and, from time to time, removes conversations that are over by it. It stands still until a message has a time."""
        swept = latest if swept is None else swept
        if self._forget_after is not None and latest is not None and swept is not None and latest - swept > max(self._forget_after // 8, HOUR):
            over = [key for key, (_, last, _) in self._store.iterator() if self._is_over(last, latest)]
            for key in over:
                self._store.removeKey((bytes(key[0]),))
            swept = latest
        self._clock.update((latest, swept, self._shards))

    def _frame(self, frame: Any, keep: list[bool], late: list[bool], table: Any) -> Any:
        made = frame[list(self._rows.carried)].copy(deep=False)
        made[LATE] = late
        made = made[keep] if not all(keep) else made
        for (name, _), array in zip(self._added.kinds(), self._added.arrays(table), strict=True):
            made["new_" + name] = array.to_pandas().to_numpy()
        return made


def _texts(series: Any) -> Any:
    pa = _arrow.pyarrow()
    return pa.array(series, type=pa.large_string(), from_pandas=True)
