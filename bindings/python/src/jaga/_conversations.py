"""Conversations: messages read in the light of those before them."""

from __future__ import annotations

import contextlib
import ctypes
import operator
import threading
from collections.abc import Iterator
from typing import NoReturn

from ._library import CConversation, CScore, Handle, InputError, check, encode, encode_id, library
from ._results import ConversationScore, Score, conversation_of, score_of


class Conversations:
    """Remembers conversations as `jaga score` does; made by `Scorer.conversations`.

    At most `capacity` of them; of those that share a shard (64, by the hash of their id) the one longest without a message gives way, and `evictions`
    counts it. Threads take turns. After fork, use it in the child only if no other thread was inside it.
    """

    def __init__(self, model: Handle, capacity: int = 65536) -> None:
        capacity = operator.index(capacity)
        if not 0 < capacity < 1 << 40:
            raise InputError(f"capacity is a number from 1 on, and this is {capacity}")
        made = ctypes.c_void_p()
        check(library().jaga_tracker_new(model.pointer, capacity, made))
        assert made.value is not None
        self._handle = Handle(made.value, "jaga_tracker_free")
        self._turn = threading.Lock()
        self.is_told = True
        """Whether score_many warns of conversations that gave way; not where that is how a tracker is meant to be used."""

    @contextlib.contextmanager
    def held(self) -> Iterator[Handle]:
        """The handle, for one thread at a time."""
        with self._turn:
            yield self._handle

    def score(self, conversation_id: str | int | None, text: str, author: str | int | None = "") -> tuple[Score, ConversationScore]:
        """Scores a message after those that came before in its conversation.

        Ids are as in columns: a whole number is the text of its digits, None or an empty conversation id makes a conversation of its own, None or an empty
        author is nobody known.
        """
        name, who = (b"" if one is None else encode_id(one) for one in (conversation_id, author))
        data = encode(text)
        made, so_far = CScore(), CConversation()
        with self._turn:
            check(library().jaga_tracker_score(
                self._handle.pointer, name, len(name), who, len(who), data, len(data), made, so_far))
        return score_of(made), conversation_of(so_far)

    def summary(self, conversation_id: str | int) -> ConversationScore:
        """The conversation so far; of no messages when it is not known."""
        name, made = encode_id(conversation_id), CConversation()
        with self._turn:
            check(library().jaga_tracker_conversation(self._handle.pointer, name, len(name), made))
        return conversation_of(made)

    def state(self, conversation_id: str | int) -> bytes | None:
        """What is remembered of it, a few KB without any text, bound to the model's id; None when it is not known."""
        name, needed = encode_id(conversation_id), ctypes.c_size_t()
        with self._turn:
            check(library().jaga_tracker_state(self._handle.pointer, name, len(name), None, 0, needed))
            if needed.value == 0:
                return None
            buffer = ctypes.create_string_buffer(needed.value)
            check(library().jaga_tracker_state(self._handle.pointer, name, len(name), buffer, needed.value, needed))
        return buffer.raw[: needed.value]

    def restore(self, conversation_id: str | int, state: bytes) -> None:
        """Puts a state in place of what is known. Raises StateError when it is damaged or of another model; nothing is changed then."""
        name, state = encode_id(conversation_id), bytes(memoryview(state))
        with self._turn:
            check(library().jaga_tracker_restore(self._handle.pointer, name, len(name), state, len(state)))

    def forget(self, conversation_id: str | int) -> None:
        """Forgets a conversation, known or not."""
        name = encode_id(conversation_id)
        with self._turn:
            check(library().jaga_tracker_forget(self._handle.pointer, name, len(name)))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a tracker cannot be copied or pickled; carry its conversations over by state() and restore()")

    @property
    def evictions(self) -> int:
        """Conversations given up so far because there were too many."""
        with self._turn:
            return int(library().jaga_tracker_evictions(self._handle.pointer))
