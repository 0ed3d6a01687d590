"""Jaga scores chat messages and conversations, Indonesian, English and mixed, for moves of grooming, sextortion, top-up bait and trade, and recognises
somebody who asks for help.

>>> import jaga
>>> scorer = jaga.Scorer()
>>> scorer.score("umur berapa dek?").label
'grooming.contact'

Results are the same bits as those of the program `jaga score`. They describe messages and conversations, never persons, and every one of them is a
prompt for a person to look. Further modules: `jaga.duckdb`, `jaga.sklearn`, `jaga.evaluate`, `jaga.spark`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _library
from ._conversations import Conversations
from ._explanation import Explanation, Term
from ._library import InputError, JagaError, ModelError, ReadError, StateError
from ._results import ConversationScore, Score
from ._scorer import Scorer
from ._transcripts import Transcript, read_transcript

if TYPE_CHECKING:
    LABELS: tuple[str, ...]
    BANDS: tuple[str, ...]
    LANGUAGES: tuple[str, ...]
    __version__: str

__all__ = [
    "BANDS", "LABELS", "LANGUAGES", "ConversationScore", "Conversations", "Explanation", "InputError", "JagaError", "ModelError", "ReadError",
    "Score", "Scorer", "StateError", "Term", "Transcript", "read_transcript"]


def __getattr__(name: str) -> Any:
    # Asked of the library when somebody wants to know, so that importing the package does not load it.
    if name == "LABELS":
        return _library.labels()[: _library.MOVES]
    if name == "BANDS":
        return _library.bands()
    if name == "LANGUAGES":
        return _library.languages()
    if name == "__version__":
        return _library.library().jaga_version().decode()
    raise AttributeError(f"module 'jaga' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
