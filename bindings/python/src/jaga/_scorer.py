"""The scorer: a model, opened once, for any number of threads."""

from __future__ import annotations

import ctypes
import numbers
import operator
import os
import warnings
from typing import Any

from . import _arrow
from ._conversations import Conversations
from ._explanation import Explanation, explain
from ._library import CModelOptions, CScore, Handle, InputError, check, encode, encode_path, library
from ._results import Score, score_of

Path = str | os.PathLike[str]
# Conversations of a tracker when nobody names a number; its shards, and the most that the library takes.
CAPACITY, SHARDS, MOST = 65536, 64, 2**31 - 1


def _bytes(path: Path | None) -> bytes | None:
    if path is None:
        return None
    made = encode_path(path)
    if not made:
        raise InputError("a path is empty; for the default model leave it out")
    return made


class Scorer:
    """Scores messages with a model.

    >>> import jaga
    >>> jaga.Scorer().score("gw isiin 50rb, asal kirim foto yg kmrn dulu yaa").band
    'high'

    model      a model file; None takes $JAGA_MODEL, then the one that the package carries
    base_rate  share of moves among messages where this runs, above 0 and below 1; probabilities follow it, bands do not
    lexicon    an overlay, a file of `jaga lexicon compile`

    Raises ModelError when one cannot be opened, InputError for a base rate out of its range. Cost: milliseconds; the model is mapped, not copied.
    Any number of threads may use one scorer, and so may processes after fork; pickling it stores what it was made from. close(), or leaving a
    `with` block, gives the model back once calls under way are done.
    """

    _model: Handle | None = None

    def __init__(self, model: Path | None = None, *, base_rate: float | None = None, lexicon: Path | None = None) -> None:
        self._made_from = (model, base_rate, lexicon)
        self._model = None
        if base_rate is not None and not isinstance(base_rate, numbers.Real):
            raise TypeError(f"a base rate is a number, and this is {type(base_rate).__name__}")
        if base_rate is not None and not 0 < base_rate < 1:
            raise InputError(f"a base rate lies above 0 and below 1, and this is {base_rate}")
        options = CModelOptions(ctypes.sizeof(CModelOptions), _bytes(model), _bytes(lexicon), base_rate or 0.0)
        opened = ctypes.c_void_p()
        check(library().jaga_model_open_options(options, opened))
        assert opened.value is not None
        self._model = Handle(opened.value, "jaga_model_close")

    def _handle(self) -> Handle:
        model = self._model
        if model is None:
            raise ValueError("the scorer is closed; make a new one")
        return model

    @property
    def model_id(self) -> str:
        """The model's id, as records carry it."""
        model = self._handle()
        return str(library().jaga_model_id(model.pointer).decode())

    def score(self, text: str) -> Score:
        """Scores one text as a conversation of its own. Cost: some microseconds, and as much again for Python's side."""
        model, data, made = self._handle(), encode(text), CScore()
        check(library().jaga_score_text(model.pointer, data, len(data), made))
        return score_of(made)

    def score_many(
        self, texts: Any, *, text: str = "text", conversation: Any = None, author: Any = None, labels: bool = False,
        evidence: bool = False, threads: int = 0, output: str = "arrow", tracker: Conversations | None = None,
    ) -> Any:
        """Scores many texts; a row for each, in their order.

        texts         a list or other iterable of str or None, a numpy array, a pandas or polars Series, a pyarrow Array or ChunkedArray; or a
                      table (pyarrow Table or RecordBatch, pandas or polars DataFrame)
        text          which column of a table is the text
        conversation  a column's name, or a column, of text or whole numbers: rows of one id are one conversation, in the order of the rows. Without it,
                      each row is alone
        author        likewise: who wrote it
        labels        add the probabilities of all 20 moves, in the order of `jaga.LABELS`
        evidence      add the spans that speak for the result
        threads       0: one for each processor; 256 at most. Results do not depend on it. Conversations and evidence take one
        output        "arrow", "pandas", "polars", or "same" for the kind that came in
        tracker       goes on with the conversations of earlier calls; needs `conversation`. A UserWarning says how many it gave up for want of room.
                      Without one, all conversations of the column are remembered, about 1 KB each

        Columns: `score`, `disclosure` (float64), `band`, `label` (`track.stage`), `lang` (dictionary); with conversations `conversation_score`,
        `conversation_band`, `conversation_label` and `support_needed`; `labels` (list of 20 float64); `evidence` (list of struct: `begin` and `end` in
        UTF-8 bytes, `label`, `logit`, `source`). A null text gives nulls. A message that comes twice counts twice, so drop repetitions before.

        Needs pyarrow. Raises TypeError for what is no text, InputError for a column that is not there. Text that Arrow, polars or pandas
        with Arrow types hold is not copied. Ctrl-C ends it within a second or so; a tracker has then seen the rows before.
        """
        model = self._handle()
        if output not in _arrow.OUTPUTS:
            raise InputError(f"output is one of {', '.join(_arrow.OUTPUTS)}, and this is '{output}'")
        if conversation is None and (author is not None or tracker is not None):
            raise InputError("author and tracker need a conversation")
        threads = operator.index(threads)
        if not 0 <= threads < 1 << 31:
            raise InputError(f"threads is a number from 0 on, and this is {threads}")
        rows = _arrow.pick(texts, text) if _arrow.is_table(texts) else _arrow.column(texts)
        flags = (_arrow.LABELS if labels else 0) | (_arrow.EVIDENCE if evidence else 0)
        if conversation is None:
            table = _arrow.score_column(model, None, rows, None, None, flags, threads)
        else:
            ids = _arrow.pick(texts, conversation, ids=True)
            authors = None if author is None else _arrow.pick(texts, author, ids=True)
            if tracker is None:
                # Room for as many conversations as there are rows in each of the 64 shards, any of which could have all of them; memory is taken as they come.
                tracker = self.conversations(min(max(CAPACITY, SHARDS * len(rows)), MOST))
            if not isinstance(tracker, Conversations):
                raise TypeError(f"a tracker is what conversations() gives, and this is {type(tracker).__name__}")
            with tracker.held() as handle:
                before = library().jaga_tracker_evictions(handle.pointer)
                table = _arrow.score_column(model, handle, rows, ids, authors, flags, threads)
                given_up = library().jaga_tracker_evictions(handle.pointer) - before
            if given_up and tracker.is_told:
                warnings.warn(
                    f"the tracker gave up {given_up} conversations, which begin anew at their next message; give it more room with "
                    "scorer.conversations(capacity=…), twice the conversations under way", stacklevel=2)
        return _arrow.converted(table, output, texts)

    def explain(self, text: str) -> Explanation:
        """Why a text has its score: evidence and every term of every sum; shown on the words in a notebook. Cost: some milliseconds."""
        return explain(self._handle(), text)

    def conversations(self, capacity: int = CAPACITY) -> Conversations:
        """A tracker, which reads each message in the light of those before it. It remembers at most `capacity` conversations, about 1 KB each."""
        return Conversations(self._handle(), capacity)

    def close(self) -> None:
        """Gives the model back; calls under way, trackers and explanations go on. Closing twice is fine."""
        self._model = None

    def __enter__(self) -> Scorer:
        self._handle()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, self._made_from

    def __repr__(self) -> str:
        return "<jaga.Scorer, closed>" if self._model is None else f"<jaga.Scorer, model {self.model_id}>"


def _reopened(model: Path | None, base_rate: float | None, lexicon: Path | None) -> Scorer:
    return Scorer(model, base_rate=base_rate, lexicon=lexicon)
