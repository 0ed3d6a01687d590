"""What runs in the workers of a batch job: Arrow batches in, the same batches with scores out."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import _arrow
from ._columns import Added
from ._model import ModelSource

WINDOW = 512
DIGEST = 8


class Repetitions:
    """The last 512 message ids of a conversation, as hashes of 8 bytes: what the moderation service remembers, too."""

    def __init__(self, kept: bytes = b"") -> None:
        self._order = deque(kept[place : place + DIGEST] for place in range(0, len(kept), DIGEST))
        self._known = set(self._order)

    def is_new(self, message_id: bytes | None) -> bool:
        """Whether it did not come before, and remembers it. A message without an id is always new."""
        if message_id is None:
            return True
        digest = hashlib.blake2b(message_id, digest_size=DIGEST).digest()
        if digest in self._known:
            return False
        if len(self._order) >= WINDOW:
            self._known.discard(self._order.popleft())
        self._order.append(digest)
        self._known.add(digest)
        return True

    def __bytes__(self) -> bytes:
        return b"".join(self._order)


@dataclass(frozen=True)
class MessageMapper:
    """Scores each row as a conversation of its own. `text` is the number of its column."""

    source: ModelSource
    added: Added
    text: int

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        scorer = self.source.scorer()
        for batch in batches:
            # Spark runs a task on each core already.
            table = scorer.score_many(batch.column(self.text), labels=self.added.labels, evidence=self.added.evidence, threads=1)
            yield joined(batch, self.added, table)


@dataclass(frozen=True)
class ConversationMapper:
    """Scores rows in the light of those before them; they come by conversation and in order.

    One conversation is remembered at a time, so memory does not grow with a partition or with a conversation. Numbers are those of columns.
    """

    source: ModelSource
    added: Added
    text: int
    conversation: int
    author: int | None
    time: int | None
    message: int | None
    forget_after: int | None
    """Microseconds without a message after which a conversation begins anew."""

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        pa = _arrow.pyarrow()
        scorer = self.source.scorer()
        # The shards of a tracker hold one conversation each; the one at hand is the newest of its shard.
        tracker = scorer.conversations(64)
        tracker.is_told = False
        run = Runs(self.forget_after)
        repetitions, repeated_in = Repetitions(), -1
        for batch in batches:
            ids = known(batch.column(self.conversation))
            times = None if self.time is None else microseconds(batch.column(self.time))
            runs = run.numbers(ids, times)
            if self.message is not None:
                keep = []
                # As bytes: Spark's strings may hold what is no UTF-8.
                messages = batch.column(self.message).cast(pa.large_binary()).to_pylist()
                for number, is_alone, message in zip(runs.tolist(), ids.is_null().to_pylist(), messages, strict=True):
                    if number != repeated_in:
                        repetitions, repeated_in = Repetitions(), number
                    keep.append(is_alone or repetitions.is_new(message))
                kept = pa.array(keep, pa.bool_())
                batch, ids, runs = batch.filter(kept), ids.filter(kept), runs[kept.to_numpy(zero_copy_only=False)]
            table = scorer.score_many(
                batch.column(self.text), conversation=named(runs, ids), author=None if self.author is None else batch.column(self.author),
                labels=self.added.labels, evidence=self.added.evidence, tracker=tracker)
            yield joined(batch, self.added, table)


class Runs:
    """Numbers the runs of rows that are read together: a new conversation begins one, and so does a gap of `forget_after` in its times."""

    def __init__(self, forget_after: int | None) -> None:
        self._forget_after = forget_after
        self._number = 0
        self._before: Any = None
        self._time: int | None = None

    def numbers(self, ids: Any, times: Any) -> Any:
        """A number for each row, as numpy has them; goes on from the rows before. A time without a value ends nothing.

        ids    a pyarrow array of strings; null for a row that is alone
        times  a pyarrow array of int64, microseconds; or None
        """
        import numpy

        pa = _arrow.pyarrow()
        import pyarrow.compute as pc

        count = len(ids)
        if count == 0:
            return numpy.zeros(0, numpy.int64)
        before = pa.concat_arrays([pa.nulls(1, ids.type) if self._before is None else self._before, ids.slice(0, count - 1)])
        starts = pc.fill_null(pc.not_equal(ids, before), True).to_numpy(zero_copy_only=False)
        if times is not None and self._forget_after is not None:
            starts = starts | self._gaps(times, starts, self._forget_after)
        numbers = self._number + numpy.cumsum(starts)
        self._number, self._before = int(numbers[-1]), pa.concat_arrays([ids.slice(count - 1)])
        return numbers

    def _gaps(self, times: Any, starts: Any, most: int) -> Any:
        import numpy

        gaps = numpy.zeros(len(starts), bool)
        # The last time that is known: rows are in the order of time, those without one first.
        last = self._time
        for row, (begins, now) in enumerate(zip(starts.tolist(), times.to_pylist(), strict=True)):
            if begins:
                last = None
            if now is None:
                continue
            gaps[row] = last is not None and now - last > most
            last = now if last is None else max(last, now)
        self._time = last
        return gaps


def known(ids: Any) -> Any:
    """Conversation ids with null in place of the empty one, which stands for a conversation of its own, too."""
    import pyarrow.compute as pc

    pa = _arrow.pyarrow()
    return pc.if_else(pc.equal(ids, pa.scalar("", ids.type)), pa.scalar(None, ids.type), ids)


def named(runs: Any, ids: Any) -> Any:
    """Ids for the tracker: the number of the run; null stays null. What a conversation is called has no part in its scores."""
    pa = _arrow.pyarrow()
    import pyarrow.compute as pc

    return pc.if_else(pc.is_null(ids), pa.scalar(None, pa.string()), pa.array(runs).cast(pa.string()))


def microseconds(times: Any) -> Any:
    """Timestamps as int64."""
    pa = _arrow.pyarrow()
    kind = pa.timestamp("us", times.type.tz)
    return (times if times.type == kind else times.cast(kind)).view(pa.int64())


def joined(batch: Any, added: Added, table: Any) -> Any:
    """The batch with the new columns after its own."""
    pa = _arrow.pyarrow()
    arrays = added.arrays(table)
    fields = [*batch.schema, *(pa.field(one.name, array.type) for one, array in zip(added.fields(), arrays, strict=True))]
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays], schema=pa.schema(fields))
