"""The figures of `jaga score`, from every way into the library, for every message of the checkout."""

import json

import duckdb
import jaga
import jaga.duckdb
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


@pytest.mark.parametrize("threads", [1, 2, 7])
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
    some = chats.slice(0, 6000)
    for row, record in zip(scorer.score_many(some, evidence=True).to_pylist(), records["alone"]):
        made = [(one["begin"], one["end"], one["label"], round(one["logit"], 4), one["source"]) for one in row["evidence"]]
        assert made == [(one["begin"], one["end"], one["label"], one["logit"], one["source"]) for one in record["evidence"]]


def test_duckdb(chats, records):
    connection = duckdb.connect()
    jaga.duckdb.register(connection)
    connection.register("chats", chats.append_column("place", pa.array(range(len(chats)))))
    found = connection.sql("SELECT jaga_result(text) FROM chats ORDER BY place").fetchall()
    assert [
        (round(row["score"], 6), round(row["disclosure"], 6), row["band"], row["label"], row["lang"]) for (row,) in found
    ] == [said(record) for record in records["alone"]]


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
