"""Why a text has its score, as terms and as HTML on the words."""

from __future__ import annotations

import ctypes
import html
from dataclasses import dataclass, field
from typing import NamedTuple

from ._library import CScore, CTerm, Handle, check, encode, labels, library
from ._results import Score, score_of

EVIDENCE, CONTRIBUTIONS = 0, 1
SHOWN = 12

# Translucent over whatever the page has, with the page's own ink, so light and dark both keep their contrast; the underline says it without colour.
STYLE = """<style>
.jaga-text{font-size:1.1em;line-height:2;overflow-wrap:anywhere;white-space:pre-wrap}
.jaga-text mark{color:inherit;padding:.1em 0;border-bottom:solid #b3541e;background:rgba(230,120,20,var(--jaga))}
.jaga-terms{border-collapse:collapse;text-align:left}.jaga-terms td,.jaga-terms th{padding:.1em .8em .1em 0;text-align:left}
.jaga-terms td:first-child{text-align:right;font-variant-numeric:tabular-nums}
</style>"""


class Term(NamedTuple):
    """One term of a sum."""

    head: str
    """`move`, `disclosure` or a label."""
    label: str
    """What evidence speaks for; the head of a contribution."""
    source: str
    """`word`, `lexicon:ID`, `rule:ID`, `prior`, …"""
    logit: float
    begin: int | None
    """First byte of its place in the text's UTF-8; None for what has no place."""
    end: int | None
    words: str
    """The text at its place."""


@dataclass(frozen=True)
class Explanation:
    """Evidence and contributions of one text; a notebook shows them on the words, with everything that comes from the text escaped."""

    text: str = field(repr=False)
    score: Score
    evidence: tuple[Term, ...] = field(repr=False)
    """Spans that speak for the most likely move, strongest first."""
    contributions: tuple[Term, ...] = field(repr=False)
    """Every term; those of a head add up to its logit."""
    json: str = field(repr=False)
    """The record of `jaga score --explain`."""

    def head(self, name: str) -> tuple[Term, ...]:
        """The contributions of a head (`move`, `disclosure`, a label), strongest first."""
        return tuple(sorted((one for one in self.contributions if one.head == name), key=lambda term: -abs(term.logit)))

    def _repr_html_(self) -> str:
        said = self.score
        rows = "".join(
            f"<tr><td>{term.logit:+.4f}</td><td><code>{html.escape(term.source)}</code></td><td>{html.escape(term.words)}</td></tr>"
            for term in self.head("move")[:SHOWN])
        quiet = said.band == "none" and max(said.score, said.disclosure) < 0.5
        note = "<p>Nothing here calls for a look. Marked is what spoke for the most likely move all the same.</p>" if quiet and self.evidence else ""
        rest = max(0, len(self.head("move")) - SHOWN)
        return (
            f'{STYLE}<div class="jaga"><p><strong>band {said.band}</strong> · score {said.score:.3f} · most likely move {said.label} · '
            f'disclosure {said.disclosure:.3f} · language {said.lang}</p><p class="jaga-text">{self._marked()}</p>{note}'
            f'<details><summary>Is it a move? The strongest terms</summary><table class="jaga-terms"><thead><tr><th scope="col">logit</th>'
            f'<th scope="col">source</th><th scope="col">words</th></tr></thead><tbody>{rows}</tbody></table><p>{rest} smaller terms</p></details></div>')

    def _marked(self) -> str:
        data = self.text.encode("utf-8")
        placed = [(term.begin, term.end, term) for term in self.evidence if term.begin is not None and term.end is not None]
        cuts = sorted({0, len(data), *(begin for begin, _, _ in placed), *(end for _, end, _ in placed)})
        strengths = [sum(term.logit for begin, end, term in placed if begin <= left and end >= right) for left, right in zip(cuts, cuts[1:])]
        strongest = max(strengths, default=0) or 1
        parts = []
        for left, right, strength in zip(cuts, cuts[1:], strengths):
            words = html.escape(data[left:right].decode("utf-8", "replace"))
            here = [term for begin, end, term in placed if begin <= left and end >= right]
            if not here:
                parts.append(words)
                continue
            share = max(0.0, strength / strongest)
            title = html.escape("; ".join(f"{term.logit:+.2f} {term.source}" for term in here), quote=True)
            parts.append(f'<mark title="{title}" style="--jaga:{0.1 + 0.25 * share:.2f};border-bottom-width:{1 + round(2 * share)}px">{words}</mark>')
        return "".join(parts)


def _terms(made: Handle, kind: int, data: bytes) -> tuple[Term, ...]:
    # Hundreds of terms a text: what every one of them needs is looked up once.
    loaded, pointer, names, term = library(), made.pointer, labels(), CTerm()
    found = []
    for index in range(loaded.jaga_explanation_count(pointer, kind)):
        check(loaded.jaga_explanation_term(pointer, kind, index, term))
        begin, end, number, head = term.begin, term.end, term.label, term.head.decode()
        placed = begin >= 0
        found.append(Term(
            head, names[number] if number >= 0 else head, term.source.decode(), term.logit, begin if placed else None, end if placed else None,
            data[begin:end].decode("utf-8", "replace") if placed else ""))
    return tuple(found)


def explain(model: Handle, text: str) -> Explanation:
    data, pointer, made = encode(text), ctypes.c_void_p(), CScore()
    check(library().jaga_explain(model.pointer, data, len(data), pointer))
    assert pointer.value is not None
    explanation = Handle(pointer.value, "jaga_explanation_free")
    check(library().jaga_explanation_score(explanation.pointer, made))
    return Explanation(
        text=data.decode("utf-8"), score=score_of(made), evidence=_terms(explanation, EVIDENCE, data),
        contributions=_terms(explanation, CONTRIBUTIONS, data),
        json=library().jaga_explanation_json(explanation.pointer).decode("utf-8"))
