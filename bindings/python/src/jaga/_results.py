"""What scoring gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import _library
from ._library import CConversation, CScore

BENIGN = 21
LISTED = 0.05


@dataclass(frozen=True)
class Score:
    """What is said of one message. Probabilities lie between 0 and 1 and are the doubles behind the six decimals of `jaga score`."""

    score: float
    """Probability that the message is a move in any track; from 0.5 on it counts as one."""
    band: str
    """How soon a person should look: `none`, `watch`, `review`, `high`."""
    track: str
    """Track of the most likely move."""
    stage: str
    """Stage of the most likely move."""
    labels: dict[str, float] = field(hash=False)
    """Moves of at least 0.05 and always the largest, most likely first, by `track.stage`."""
    disclosure: float
    """Probability that somebody tells of harm or asks for help."""
    lang: str
    """`id`, `en`, `mix` or `other`."""
    probabilities: tuple[float, ...] = field(repr=False)
    """Of all 20 moves, in the order of `jaga.LABELS`."""

    @property
    def label(self) -> str:
        """The most likely move, `track.stage`."""
        return f"{self.track}.{self.stage}"


@dataclass(frozen=True)
class ConversationScore:
    """What is said of a conversation so far."""

    score: float
    """Probability that the conversation holds an escalating pattern."""
    band: str
    track: str
    """Empty while there is no move."""
    stage: str
    support_needed: bool
    """Whether somebody in it asked for help."""
    messages: int
    first_alert_index: int | None
    """Index, from 0, of the first message at which it reached `review`."""


def score_of(made: CScore) -> Score:
    names = _library.labels()
    probabilities = tuple(made.labels)
    listed = sorted((number for number, share in enumerate(probabilities) if share >= LISTED or number == made.top), key=lambda number: -probabilities[number])
    track, _, stage = names[made.top].partition(".")
    return Score(
        score=made.score, band=_library.bands()[made.band], track=track, stage=stage,
        labels={names[number]: probabilities[number] for number in listed},
        disclosure=made.disclosure, lang=_library.languages()[made.language], probabilities=probabilities)


def conversation_of(made: CConversation) -> ConversationScore:
    track, _, stage = ("", "", "") if made.top == BENIGN else _library.labels()[made.top].partition(".")
    return ConversationScore(
        score=made.score, band=_library.bands()[made.band], track=track, stage=stage, support_needed=bool(made.support),
        messages=made.messages, first_alert_index=None if made.first_alert < 0 else made.first_alert)
