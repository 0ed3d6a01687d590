"""Chat files of every format that `jaga score` reads, through the library."""

from __future__ import annotations

import ctypes
import importlib
import operator
import os
import threading
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from . import _arrow
from ._library import CArrowArray, CArrowSchema, Handle, InputError, check, encode, encode_path, library


class Transcript:
    """An open chat file: an iterator over pyarrow record batches. Use it in a `with` block. Threads take turns: each batch goes to one of them.

    Columns: `conversation_id` (null for a message without one), `message_id`, `author_id`, `text`, `timestamp` (milliseconds, UTC; null when unknown).

    conversation_prefix  stands before every conversation id. Files without ids of their own (WhatsApp, some of Telegram and Discord) say `chat-1`, each of
                         them: give every file another prefix before tables are joined, or their conversations are one

    Malformed records are skipped, and messages whose conversation and message ids came before are left out, as `jaga score` does; `skipped` and `repeated`
    count them. Where a file cannot be read on, all messages before that place come before the ReadError.
    """

    def __init__(self, path: str | os.PathLike[str], format: str = "auto", *, rows: int = 65536, conversation_prefix: str = "") -> None:
        rows = operator.index(rows)
        if rows <= 0:
            raise InputError(f"rows is a number from 1 on, and this is {rows}")
        if not isinstance(format, str):
            raise TypeError(f"a format is a str, and this is {type(format).__name__}")
        if not isinstance(conversation_prefix, str):
            raise TypeError(f"a conversation_prefix is a str, and this is {type(conversation_prefix).__name__}")
        self._prefix = encode(conversation_prefix).decode()
        name = encode_path(path)
        if "\0" in format:
            raise InputError("a format holds a zero byte")
        made = ctypes.c_void_p()
        check(library().jaga_reader_open(name, None if format == "auto" else encode(format), made))
        assert made.value is not None
        self._handle: Handle | None = Handle(made.value, "jaga_reader_close")
        self._rows = rows
        self._turn = threading.Lock()

    def _open(self) -> Handle:
        handle = self._handle
        if handle is None:
            raise ValueError("the transcript is closed; open it again")
        return handle

    def __iter__(self) -> Iterator[Any]:
        while True:
            schema, array = CArrowSchema(), CArrowArray()
            # The name keeps the reader until the call is done, whoever closes meanwhile.
            handle = self._open()
            with self._turn:
                check(library().jaga_reader_next(handle.pointer, self._rows, schema, array))
            batch = _arrow.import_batch(schema, array)
            if batch.num_rows == 0:
                return
            yield self._named(batch)

    def _named(self, batch: Any) -> Any:
        if not self._prefix:
            return batch
        # A message without a conversation stays without one.
        ids = importlib.import_module("pyarrow.compute").binary_join_element_wise(self._prefix, batch.column("conversation_id"), "")
        place = batch.schema.get_field_index("conversation_id")
        return batch.set_column(place, batch.schema.field(place), ids)

    @property
    def skipped(self) -> int:
        """Malformed records that were skipped so far."""
        handle = self._open()
        with self._turn:
            return int(library().jaga_reader_skipped(handle.pointer))

    @property
    def warnings(self) -> int:
        """Things that were repaired so far."""
        handle = self._open()
        with self._turn:
            return int(library().jaga_reader_warnings(handle.pointer))

    @property
    def repeated(self) -> int:
        """Messages that were left out so far, since their ids came before."""
        handle = self._open()
        with self._turn:
            return int(library().jaga_reader_repeated(handle.pointer))

    def close(self) -> None:
        """Closes the file; closing twice is fine."""
        self._handle = None

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open transcript cannot be copied or pickled; open the file again")

    def __enter__(self) -> Transcript:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_transcript(path: str | os.PathLike[str], format: str = "auto", *, conversation_prefix: str = "") -> Any:
    """A whole chat file as a pyarrow Table, with the columns of `Transcript`.

    format               auto, jsonl, csv, chatml, whatsapp, telegram, discord, convokit, pan12; `.gz` and `.zst` are decompressed
    conversation_prefix  stands before every conversation id. Two exports without ids of their own both say `chat-1`: give each a prefix before you join their
                         tables, or their messages are one conversation

    Malformed records are skipped, messages whose ids came before are left out, bytes that are no UTF-8 are repaired, times that cannot be read are null, and warnings
    say how many of each; the program, `jaga score FILE`, says line and cause. Raises ReadError when the file cannot be read, InputError when its format is not known. Needs pyarrow. The table lies in memory: for large files use `Transcript`.
    """
    pa = _arrow.pyarrow()
    with Transcript(path, format, conversation_prefix=conversation_prefix) as transcript:
        batches = list(transcript)
        for count, what in (
            (transcript.skipped, "malformed records were skipped; 'jaga score' of this file says line and cause"),
            (transcript.repeated, "messages were left out, whose ids came before"),
            (transcript.warnings, "things were repaired or left out, such as bytes that are no UTF-8 and times that cannot be read; 'jaga score' of this file says which"),
        ):
            if count:
                warnings.warn(f"{os.fsdecode(path)}: {count} {what}", stacklevel=2)
    if batches:
        return pa.Table.from_batches(batches)
    names = ("conversation_id", "message_id", "author_id", "text")
    return pa.schema([*((name, pa.string()) for name in names), ("timestamp", pa.timestamp("ms", "UTC"))]).empty_table()
