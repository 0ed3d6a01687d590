"""The figures of `jaga score`, from every way into the library, for every message of the checkout."""

import json

import jaga
import pyarrow as pa
import pytest
from conftest import rows_of, said


def test_there_are_messages(chats, records):
    assert len(chats) > 30_000
    assert len(records["alone"]) == len(records["tracked"]) == len(chats)


def test_one_by_one(chats, records, scorer):
    for text, record in zip(chats.column("text").to_pylist(), records["alone"], strict=True):
        made = scorer.score(text)
        assert (round(made.score, 6), round(made.disclosure, 6), made.band, made.label, made.lang) == said(record)
        assert {name: round(share, 6) for name, share in made.labels.items()} == record["labels"]
        assert list(made.labels) == list(record["labels"])


@pytest.mark.parametrize("threads", [1, 7])
def test_many(chats, records, scorer, threads):
    assert rows_of(scorer.score_many(chats, threads=threads)) == [said(record) for record in records["alone"]]


def test_in_conversations(chats, records, scorer):
    table = scorer.score_many(chats, conversation="conversation_id", author="author_id")
    assert rows_of(table) == [said(record) for record in records["tracked"]]
    told = [
        (round(row["conversation_score"], 6), row["conversation_band"], row["support_needed"]) for row in table.to_pylist()]
    assert told == [
        (record["conversation"]["score"], record["conversation"]["band"], record["conversation"]["support_needed"])
        for record in records["tracked"]]


def test_evidence(chats, records, scorer):
    """Span by span, as the records have them: place, what it speaks for, weight, source."""
    spans = 0
    evidence = scorer.score_many(chats, evidence=True).column("evidence").to_pylist()
    for row, record in zip(evidence, records["alone"], strict=True):
        made = [(one["begin"], one["end"], one["label"], round(one["logit"], 4), one["source"]) for one in row]
        assert made == [(one["begin"], one["end"], one["label"], one["logit"], one["source"]) for one in record["evidence"]]
        spans += len(made)
    assert spans > len(chats)


def test_evidence_in_conversations(chats, records, scorer):
    table = scorer.score_many(chats, conversation="conversation_id", author="author_id", evidence=True)
    for row, record in zip(table.column("evidence").to_pylist(), records["tracked"], strict=True):
        made = [(one["begin"], one["end"], one["label"], round(one["logit"], 4), one["source"]) for one in row]
        assert made == [(one["begin"], one["end"], one["label"], one["logit"], one["source"]) for one in record["evidence"]]


def test_explanations(run_jaga, scorer):
    for text in ("gw isiin 50rb, asal kirim foto yg kmrn dulu yaa", "who is at home now? 😀", "", "kak tolong, ada yang ancam"):
        if text:
            expected = json.loads(run_jaga("explain", "--output", "json", text))
            expected.pop("text", None)
            made = json.loads(scorer.explain(text).json)
            made.pop("text", None)
            assert made == expected
        else:
            assert scorer.explain(text).score == scorer.score(text)
